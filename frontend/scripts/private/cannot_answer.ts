export type Why =
  | "unreachable" // nothing came back, or a status that tells no more
  | "limited" // too many checks from this network
  | "expired" | "rolled_back" | "another_key" // a manifest that may not be used
  | "unproven"; // a signature, proof, path or length that does not hold

/** There is no answer, and least of all "not found". */
export class CannotAnswer extends Error {
  /** detail: for whoever looks into it; never a value. */
  constructor(readonly why: Why, detail: string, readonly retryAfterSeconds = 0) {
    super(`${why}: ${detail}`);
  }
}
