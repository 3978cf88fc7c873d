// Once a minute: how this kiosk stands goes to the server; settings, keys and the table come back.
import { fromHex, same } from "../private/bytes";
import type { Clock } from "./clock";
import { parseTable } from "./decision_table";
import { type Holdings, signerOf, tableId } from "./holdings";
import { type KioskServer, ServerFault } from "./server";
import type { Store, SyncAnswer } from "./store";
import type { Battery, Surroundings } from "./surroundings";

/** Numbers of check-ins that wait, and that the server refused. */
export interface Standing {
  waiting: number;
  refused: number;
  battery: Battery | null;
}

/** Stores what the server says of settings, keys and table. Throws ServerFault. */
export async function synchronise(
  store: Store, server: KioskServer, clock: Clock, holdings: Holdings, standing: Standing,
  surroundings: Surroundings,
): Promise<void> {
  const signer = signerOf(holdings);
  if (!signer || !holdings.enrolment) return;
  const sentAt = surroundings.wallNow();
  const { waiting, refused, battery } = standing;
  const { offset } = clock.record();
  const standingNow = {
    waiting,
    refused,
    battery: battery && Math.round(battery.percent),
    charging: battery && battery.charging,
    clock_offset_ms: offset,
    table: tableId(holdings),
    software: surroundings.software,
  };
  const answer = syncAnswer(await server.post("sync", standingNow, signer));
  clock.synchronise(answer.server_at, sentAt);
  await store.keep("sync", answer);
  const { kiosk, organisation } = answer;
  await store.keep("enrolment", { ...holdings.enrolment, name: kiosk.name, organisation });
  await store.keep("clock", clock.record());
  if (answer.table === null) await store.drop("table");
  else if (answer.table.id !== tableId(holdings)) {
    const file = await server.roster(tableId(holdings), signer);
    if (file !== null) await keepTable(store, file, answer.table.id);
  }
}

/** Stores a table; one that is cut short, or another than was named, leaves the one before. */
async function keepTable(store: Store, file: Uint8Array, named: string): Promise<void> {
  try {
    if (!same(parseTable(file).id, fromHex(named))) return; // a newer one: the next sync names it
  } catch {
    return;
  }
  await store.keep("table", file);
}

/** Returns an answer that this page understands. Throws ServerFault for any other. */
function syncAnswer(value: unknown): SyncAnswer {
  const answer = value as SyncAnswer;
  const { settings, table } = answer;
  const whole =
    [answer.server_at, settings?.fever_celsius, settings?.low_celsius].every(Number.isFinite) &&
    [answer.checkin_key, answer.kiosk?.name, answer.organisation?.id].every(isText) &&
    [answer.door_keys, settings?.symptoms].every(Array.isArray) &&
    typeof settings?.exposure === "boolean" &&
    (table === null || isText(table?.id));
  if (!whole) throw new ServerFault(0, "");
  return answer;
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
