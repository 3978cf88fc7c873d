// What is answered from now: as /api/v1/index tells it, and as it comes along with the page.
import { type Missing, missingTold } from "./answer";
import { CannotAnswer } from "./cannot_answer";

const FRESH_MILLISECONDS = 10 * 60_000;

/** The manifests, as signed; missing: not signed, so it only ever adds to what is missing. */
export interface Index {
  manifests: unknown[];
  missing: Missing[];
}

/** Returns the index that a text in JSON tells. Throws CannotAnswer. */
export function readIndex(json: string): Index {
  try {
    const { manifests, missing } = JSON.parse(json) as {
      manifests: unknown;
      missing?: { authority: unknown; reason: unknown }[];
    };
    if (Array.isArray(manifests) && manifests.length) {
      return { manifests, missing: missingTold(missing || []) };
    }
  } catch {
    // told below
  }
  throw new CannotAnswer("unproven", "index");
}

/** The index that came with the page: one round trip less after "Check". It is believed as one that
 *  is fetched is, by its signatures, and no longer than a form takes to fill in: a page that was
 *  left open asks what is answered from by then. */
export class CarriedIndex {
  private readonly since = [Date.now(), performance.now()] as const;
  private json: string | null;

  constructor(json: string) {
    this.json = json;
  }

  /** Returns the index while it is fresh, else null. Throws CannotAnswer. */
  whileFresh(): Index | null {
    const [date, moment] = this.since;
    // the one stands still while a phone sleeps, the other is set by hand
    const ages = [Date.now() - date, performance.now() - moment];
    const fresh = ages.every((age) => age >= 0 && age < FRESH_MILLISECONDS);
    return this.json !== null && fresh ? readIndex(this.json) : null;
  }

  /** Forgets it, so that the next check asks anew: something did not hold. */
  drop(): void {
    this.json = null;
  }
}
