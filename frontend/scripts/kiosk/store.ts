// What the tablet keeps, in IndexedDB: handles of keys that WebCrypto never gives out, sealed check-ins,
// the sealed table, and settings. Nothing of it can be read as a person.
//
// Threat: a stolen tablet, or a copy of its browser's files. Limit: check-ins are sealed to the
// organisation before they are stored, and decisions open with a badge alone.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { ClockRecord } from "./clock";
import type { KioskSettings } from "./terminal";

const NAME = "gauge-kiosk";
const VERSION = 1;

/** Keys and name of this kiosk; signing and sealing go where it is revoked. */
export interface Enrolment {
  id: string;
  name: string;
  organisation: { id: string; title: string };
  signing: CryptoKeyPair | null;
  sealing: CryptoKeyPair | null;
}

/** Keys made for a code whose answer may have been lost: with the same ones it can be asked again. */
export interface PendingEnrolment {
  code: string;
  signing: CryptoKeyPair;
  sealing: CryptoKeyPair;
}

/** What sync answered last; keys in base64url, the door's private ones sealed to this kiosk. */
export interface SyncAnswer {
  server_at: number;
  kiosk: { id: string; name: string };
  organisation: { id: string; title: string };
  checkin_key: string;
  door_keys: { id: string; public_key: string; sealed_private_key: string }[];
  settings: KioskSettings;
  table: { id: string; valid_until: number; entries: number } | null;
}

export interface Facts {
  enrolment: Enrolment;
  pending: PendingEnrolment;
  sync: SyncAnswer;
  table: Uint8Array;
  clock: ClockRecord;
  sequence: number; // of the next check-in
  revoked: boolean;
}

export interface SealedCheckin {
  sequence: number;
  id: string;
  sealed: Uint8Array<ArrayBuffer>;
}

export interface RefusedCheckin extends SealedCheckin {
  reason: string;
  refused_at: number;
}

interface Schema extends DBSchema {
  facts: { key: string; value: unknown };
  waiting: { key: number; value: SealedCheckin };
  refused: { key: string; value: RefusedCheckin };
  used_codes: { key: string; value: number };
}

export type Database = IDBPDatabase<Schema>;

/** Returns the store. onGone: called when the browser takes it away. */
export async function openStore(onGone: () => void): Promise<Store> {
  const database = await openDB<Schema>(NAME, VERSION, {
    upgrade: (fresh) => {
      fresh.createObjectStore("facts");
      fresh.createObjectStore("waiting", { keyPath: "sequence" });
      fresh.createObjectStore("refused", { keyPath: "id" });
      fresh.createObjectStore("used_codes");
    },
    terminated: onGone,
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      onGone();
    },
  });
  return new Store(database);
}

export class Store {
  constructor(private readonly database: Database) {}

  async fact<Name extends keyof Facts>(name: Name): Promise<Facts[Name] | undefined> {
    return (await this.database.get("facts", name)) as Facts[Name] | undefined;
  }

  async keep<Name extends keyof Facts>(name: Name, value: Facts[Name]): Promise<void> {
    await this.database.put("facts", value, name);
  }

  async drop(name: keyof Facts): Promise<void> {
    await this.database.delete("facts", name);
  }

  /** Stores a check-in under its sequence and the digest of the code that it used up. Returns false,
   *  and stores nothing, where another page took that sequence meanwhile. */
  async add(checkin: SealedCheckin, code: string | null, now: number): Promise<boolean> {
    const names = ["facts", "waiting", "used_codes"] as const;
    const changes = this.database.transaction(names, "readwrite", { durability: "strict" });
    const next = ((await changes.objectStore("facts").get("sequence")) as number | undefined) ?? 1;
    if (next !== checkin.sequence) return false;
    await changes.objectStore("waiting").add(checkin);
    await changes.objectStore("facts").put(next + 1, "sequence");
    if (code !== null) await changes.objectStore("used_codes").put(now, code);
    await changes.done;
    return true;
  }

  /** Returns the oldest check-ins that wait, in order. */
  async oldest(most: number): Promise<SealedCheckin[]> {
    return this.database.getAll("waiting", null, most);
  }

  /** Lets go what the server took, and puts what it refused apart. */
  async settle(taken: number[], refused: RefusedCheckin[]): Promise<void> {
    const changes = this.database.transaction(["waiting", "refused"], "readwrite");
    const waiting = changes.objectStore("waiting");
    for (const sequence of [...taken, ...refused.map((one) => one.sequence)]) {
      await waiting.delete(sequence);
    }
    for (const one of refused) await changes.objectStore("refused").put(one);
    await changes.done;
  }

  async counts(): Promise<{ waiting: number; refused: number }> {
    const reading = this.database.transaction(["waiting", "refused"]);
    const waiting = await reading.objectStore("waiting").count();
    return { waiting, refused: await reading.objectStore("refused").count() };
  }

  /** Returns whether a visitor's code was used after a moment. */
  async isUsed(code: string, since: number): Promise<boolean> {
    const at = await this.database.get("used_codes", code);
    return at !== undefined && at > since;
  }

  async release(code: string): Promise<void> {
    await this.database.delete("used_codes", code);
  }

  /** Lets go codes used, and check-ins refused, before these moments. */
  async purge(codesBefore: number, refusedBefore: number): Promise<void> {
    const changes = this.database.transaction(["used_codes", "refused"], "readwrite");
    const codes = changes.objectStore("used_codes");
    for (const code of await codes.getAllKeys()) {
      if (((await codes.get(code)) ?? 0) <= codesBefore) await codes.delete(code);
    }
    const refused = changes.objectStore("refused");
    for (const one of await refused.getAll()) {
      if (one.refused_at <= refusedBefore) await refused.delete(one.id);
    }
    await changes.done;
  }

  /** Lets go everything. */
  async wipe(): Promise<void> {
    const names = ["facts", "waiting", "refused", "used_codes"] as const;
    const changes = this.database.transaction(names, "readwrite");
    for (const name of names) await changes.objectStore(name).clear();
    await changes.done;
  }
}
