// What a page of the kiosk has in memory of the store: keys ready to use, the table, the settings.
import { toHex } from "../private/bytes";
import { fromBase64Url } from "./base64";
import { type DecisionTable, parseTable } from "./decision_table";
import { open, openingKeys } from "./hpke";
import type { Signer } from "./server";
import type { Enrolment, Store, SyncAnswer } from "./store";

export interface Holdings {
  enrolment: Enrolment | null;
  sync: SyncAnswer | null;
  table: DecisionTable | null;
  doors: ReadonlyMap<string, CryptoKeyPair>; // by key id
  revoked: boolean;
}

export const NO_HOLDINGS: Holdings = {
  enrolment: null, sync: null, table: null, doors: new Map(), revoked: false,
};

/** Returns what the store holds. A table or a door's key that cannot be read counts as none. */
export async function loadHoldings(store: Store): Promise<Holdings> {
  const enrolment = (await store.fact("enrolment")) ?? null;
  const sync = (await store.fact("sync")) ?? null;
  const file = await store.fact("table");
  return {
    enrolment,
    sync,
    table: file ? tableOf(file) : null,
    doors: await doorsOf(enrolment, sync),
    revoked: (await store.fact("revoked")) ?? false,
  };
}

/** Returns who signs this kiosk's requests; null where it has no key any more. */
export function signerOf(holdings: Holdings): Signer | null {
  const { enrolment } = holdings;
  if (!enrolment?.signing) return null;
  return { kiosk: enrolment.id, key: enrolment.signing.privateKey };
}

/** Returns the id of the table in hex; null where there is none. */
export function tableId(holdings: Holdings): string | null {
  return holdings.table && toHex(holdings.table.id);
}

function tableOf(file: Uint8Array): DecisionTable | null {
  try {
    return parseTable(file);
  } catch {
    return null;
  }
}

/** Returns the keys of the door, opened with the kiosk's own. */
export async function doorsOf(
  enrolment: Enrolment | null, sync: SyncAnswer | null,
): Promise<Map<string, CryptoKeyPair>> {
  const doors = new Map<string, CryptoKeyPair>();
  for (const door of (enrolment?.sealing && sync?.door_keys) || []) {
    try {
      const sealed = fromBase64Url(door.sealed_private_key);
      const scalar = await open(enrolment!.sealing!, "door-key", sealed);
      doors.set(door.id, await openingKeys(scalar, fromBase64Url(door.public_key)));
    } catch {
      // sealed to another key: codes made with it are unreadable here, and said to be
    }
  }
  return doors;
}
