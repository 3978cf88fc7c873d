// The requests of a private check. No cookie, no cache, no redirect, no address but ours.
import { toHex } from "./bytes";
import { CannotAnswer } from "./cannot_answer";
import { type CarriedIndex, type Index, readIndex } from "./carried_index";
import { proofFor } from "./proof";

const TIMEOUT_MILLISECONDS = 20_000;
const BINARY = "application/octet-stream";
const PROOF_HEADER = "X-Gauge-Proof";
const TOO_MANY = 429;

/** Each throws CannotAnswer. */
export interface Transport {
  /** What is answered from now, and what is missing now. */
  index(): Promise<Index>;
  /** What the server makes of a question's 105 bytes. */
  evaluate(request: Uint8Array): Promise<Uint8Array>;
  /** One bucket of a build. */
  bucket(buildId: Uint8Array, number: number): Promise<Uint8Array>;
  /** The service's clock at its last evaluation, in milliseconds; 0 where it told none. */
  toldAt(): number;
}

/** Returns the transport to the service that the page came from.
 *  proofWorker: address of the script that earns a check where the network has had its free ones;
 *  carried: the index that came with the page. */
export function toThisService(proofWorker: string, carried: CarriedIndex): Transport {
  let evaluatedAt = 0;
  const answered = async (path: string, request: RequestInit): Promise<Uint8Array> => {
    let response = await sent(path, request);
    if (response.status === TOO_MANY) {
      const proof = await proofFor(response.body, proofWorker);
      if (proof) {
        const headers = { ...(request.headers as Record<string, string>), [PROOF_HEADER]: proof };
        response = await sent(path, { ...request, headers });
      }
    }
    if (response.status === TOO_MANY) {
      throw new CannotAnswer("limited", "too many checks", response.retryAfterSeconds);
    }
    if (response.status !== 200) throw new CannotAnswer("unreachable", `status ${response.status}`);
    if (request.method === "POST") evaluatedAt = response.at; // no cache answers that
    return response.body;
  };
  return {
    index: async () =>
      carried.whileFresh() ||
      readIndex(new TextDecoder().decode(await answered("/api/v1/index", {}))),
    evaluate: (request) =>
      answered("/api/v1/private/evaluations", {
        method: "POST",
        body: request as BodyInit,
        headers: { "Content-Type": BINARY },
      }),
    bucket: (buildId, number) =>
      answered(`/b/${toHex(buildId)}/${number.toString(16).padStart(8, "0")}`, {}),
    toldAt: () => evaluatedAt,
  };
}

async function sent(path: string, request: RequestInit) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MILLISECONDS);
  try {
    const response = await fetch(path, {
      ...request,
      cache: "no-store", // a bucket kept on the phone would narrow down whom it was asked about
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: patience.signal,
    });
    const body = new Uint8Array(await response.arrayBuffer());
    const retryAfterSeconds = Number(response.headers.get("Retry-After")) || 0;
    const at = Date.parse(response.headers.get("Date") ?? "") || 0;
    return { status: response.status, body, retryAfterSeconds, at };
  } catch {
    throw new CannotAnswer("unreachable", "network");
  } finally {
    clearTimeout(timer);
  }
}
