// Sends what waits, in order, each exactly once: the same bytes under the same id until the server has
// said what became of them.
//
// Threat: a tab killed in mid-send, an answer that is lost, two pages of one kiosk. Limit: nothing
// leaves the queue before its own id was answered; one page sends at a time; the server knows ids.
import { toBase64Url } from "./base64";
import type { Clock } from "./clock";
import { type KioskServer, ServerFault, type Signer } from "./server";
import type { RefusedCheckin, SealedCheckin, Store } from "./store";
import type { Surroundings } from "./surroundings";

const SENDING = "gauge-kiosk-send";
const BATCH_MAX = 200;
const BATCH_BYTES_MAX = 900 * 1024; // of JSON; the server takes 1 MiB
const REFUSED_BATCH = [400, 413, 415, 422];

interface Outcome {
  id: string;
  state: "taken" | "known" | "refused";
  reason?: string;
}

/** Sends until nothing waits. Returns how many left the queue. Throws ServerFault. */
export async function sendWaiting(
  store: Store, server: KioskServer, clock: Clock, signer: Signer, surroundings: Surroundings,
  onProgress: () => Promise<void>,
): Promise<number> {
  return surroundings.lock(SENDING, async () => {
    let most = BATCH_MAX;
    let settled = 0;
    for (;;) {
      const batch = fitting(await store.oldest(most));
      if (!batch.length) return settled;
      const sentAt = surroundings.wallNow();
      try {
        const answer = await server.post("checkins", { checkins: batch.map(written) }, signer);
        settled += await settle(batch, answer, store, clock, sentAt);
        most = BATCH_MAX;
      } catch (error) {
        if (!(error instanceof ServerFault) || !REFUSED_BATCH.includes(error.status)) throw error;
        // one bad entry must not hold up the others: smaller batches find it, but a proxy that
        // refuses everything must not empty the queue
        if (batch.length === 1 && !error.byService) throw error;
        if (batch.length === 1) await setApart(batch[0]!, error.code || "malformed", store, clock);
        most = Math.max(1, Math.floor(batch.length / 2));
      }
      await onProgress();
    }
  });
}

function written(checkin: SealedCheckin): Record<string, unknown> {
  const { id, sequence, sealed } = checkin;
  return { id, sequence, sealed: toBase64Url(sealed) };
}

function fitting(checkins: SealedCheckin[]): SealedCheckin[] {
  let bytes = 0;
  const end = checkins.findIndex((one) => {
    bytes += JSON.stringify(written(one)).length + 1;
    return bytes > BATCH_BYTES_MAX;
  });
  return end === -1 ? checkins : checkins.slice(0, Math.max(1, end));
}

/** Returns how many were answered. Throws ServerFault where none was: else this would never end. */
async function settle(
  batch: SealedCheckin[], answer: unknown, store: Store, clock: Clock, sentAt: number,
): Promise<number> {
  const { checkins, server_at: serverAt } = answer as { checkins?: Outcome[]; server_at?: number };
  if (typeof serverAt === "number") clock.synchronise(serverAt, sentAt);
  const outcomes = new Map((checkins ?? []).map((one) => [one.id, one]));
  const taken: number[] = [];
  const refused: RefusedCheckin[] = [];
  for (const checkin of batch) {
    const outcome = outcomes.get(checkin.id);
    if (outcome?.state === "taken" || outcome?.state === "known") taken.push(checkin.sequence);
    if (outcome?.state === "refused") {
      refused.push({ ...checkin, reason: String(outcome.reason), refused_at: clock.now() });
    }
  }
  if (!taken.length && !refused.length) throw new ServerFault(0, "");
  await store.settle(taken, refused);
  return taken.length + refused.length;
}

async function setApart(
  checkin: SealedCheckin, reason: string, store: Store, clock: Clock,
): Promise<void> {
  await store.settle([], [{ ...checkin, reason, refused_at: clock.now() }]);
}
