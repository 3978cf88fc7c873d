// The kiosk's calls of the server: docs/kiosk-protocol.md.
import { utf8 } from "../private/bytes";
import type { Clock } from "./clock";
import { signatureFields } from "./request_signature";
import type { Surroundings } from "./surroundings";

const API = "/api/v1/kiosk";
const NOT_MODIFIED = 304;
const TIMEOUT_MS = 20_000;
const NOTHING = new Uint8Array(0);
const PROBLEM_TYPE = "application/problem+json";
const JSON_TYPE = "application/json";

/** Why a call failed. code: of the problem document, "" where nobody answered; status: 0 likewise;
 *  byService: whether the service itself refused, not a proxy or somebody else's page. */
export class ServerFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfterMs: number | null = null,
    readonly byService = false,
  ) {
    super(`${status} ${code}`);
  }
}

/** Who signs: the kiosk's id and private key. */
export interface Signer {
  kiosk: string;
  key: CryptoKey;
}

export class KioskServer {
  constructor(private readonly surroundings: Surroundings, private readonly clock: Clock) {}

  /** Posts JSON and returns the JSON of the answer. Throws ServerFault. signer: null for enrolment. */
  async post(name: string, content: unknown, signer: Signer | null): Promise<unknown> {
    const path = `${API}/${name}`;
    const body = utf8(JSON.stringify(content));
    const answer = await this.call("POST", path, body, signer, { "Content-Type": JSON_TYPE });
    return json(answer);
  }

  /** Returns the file of the present table; null where it is still that of the id. */
  async roster(tableId: string | null, signer: Signer): Promise<Uint8Array | null> {
    const known: Record<string, string> = tableId ? { "If-None-Match": `"${tableId}"` } : {};
    const answer = await this.call("GET", `${API}/roster`, NOTHING, signer, known);
    if (answer.status === NOT_MODIFIED) return null;
    try {
      return new Uint8Array(await answer.arrayBuffer());
    } catch {
      throw new ServerFault(0, ""); // cut off
    }
  }

  private async call(
    method: "GET" | "POST", path: string, body: Uint8Array<ArrayBuffer>, signer: Signer | null,
    fields: Record<string, string>,
  ): Promise<Response> {
    const sentAt = this.surroundings.wallNow();
    let answer = await this.once(method, path, body, signer, fields);
    if (answer.status === 401 && signer) {
      const problem = (await json(answer.clone()).catch(() => ({}))) as Record<string, unknown>;
      if (problem.code === "clock" && typeof problem.server_at === "number") {
        this.clock.synchronise(problem.server_at, sentAt);
        answer = await this.once(method, path, body, signer, fields);
      }
    }
    if (answer.ok || answer.status === NOT_MODIFIED) return answer;
    throw await faultOf(answer);
  }

  private async once(
    method: "GET" | "POST", path: string, body: Uint8Array<ArrayBuffer>, signer: Signer | null,
    fields: Record<string, string>,
  ): Promise<Response> {
    const request = { method, path, body, createdAt: this.clock.now() };
    const signed = signer ? await signatureFields(request, signer.key, signer.kiosk) : {};
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
    try {
      return await this.surroundings.fetch(this.surroundings.origin + path, {
        method,
        body: method === "POST" ? body : null,
        headers: { ...fields, ...signed },
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: ending.signal,
      });
    } catch {
      throw new ServerFault(0, "");
    } finally {
      clearTimeout(timer);
    }
  }
}

async function json(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    throw new ServerFault(0, ""); // cut off, or another server's page
  }
}

async function faultOf(answer: Response): Promise<ServerFault> {
  const problem = (await json(answer).catch(() => ({}))) as Record<string, unknown>;
  const code = typeof problem.code === "string" ? problem.code : "";
  const seconds = Number(answer.headers.get("Retry-After"));
  const byService = answer.headers.get("Content-Type")?.startsWith(PROBLEM_TYPE);
  return new ServerFault(answer.status, code, seconds > 0 ? seconds * 1000 : null, byService);
}
