// Check-ins that wait: sealed and stored before anything is sent, in one order for all pages.
import { type CheckinFacts, newId, sealCheckin } from "./checkin";
import type { Store } from "./store";
import type { Surroundings } from "./surroundings";
import { type NewCheckin, StorageFull } from "./terminal";

const RECORDING = "gauge-kiosk-record";

/** What recording needs beside the check-in; checkinKey in base64url. */
export interface RecordingContext {
  madeAt: number;
  clockIsSure: boolean;
  table: string | null;
  undoes: string | null;
  checkinKey: string;
}

/** Seals and stores a check-in, and uses up the visitor's code. Returns its id. Throws StorageFull.
 *
 *  The lock keeps pages of one kiosk in order; where a browser has none, the store finds it out. */
export async function enqueue(
  checkin: NewCheckin, context: RecordingContext, store: Store, surroundings: Surroundings,
): Promise<string> {
  const id = newId();
  const code = checkin.subject.kind === "visitor" && !context.undoes ? checkin.subject.code : null;
  return surroundings.lock(RECORDING, async () => {
    for (;;) {
      const sequence = (await store.fact("sequence")) ?? 1;
      const facts: CheckinFacts = { ...context, id, sequence };
      const sealed = await sealCheckin(checkin, facts, context.checkinKey);
      if (await added(store, { sequence, id, sealed }, code, context.madeAt)) return id;
    }
  });
}

async function added(
  store: Store, checkin: Parameters<Store["add"]>[0], code: string | null, now: number,
): Promise<boolean> {
  try {
    return await store.add(checkin, code, now);
  } catch (error) {
    if ((error as Error).name === "QuotaExceededError") throw new StorageFull();
    throw error;
  }
}
