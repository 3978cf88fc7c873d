// The sealed decisions of an organisation's badges. Whoever holds a badge can read its own entry, and
// whoever holds the table alone learns how long it is.
//
// Threat: a stolen tablet; a table that was cut short or changed. Limit: no name and no word without
// the badge's 20 random bytes; a table that is not whole is refused, and the one before stays.
import { readU32, toHex, utf8 } from "../private/bytes";
import type { ExposureWord, Reason } from "./terminal";

const MAGIC = "GAUGEK01";
const HEADER_BYTES = 36;
const ENTRY_BYTES = 128;
const LOCATOR_BYTES = 16;
const OKM_BITS = 480; // locator 16 ‖ key 32 ‖ nonce 12
const NAME_AT = 28;
const NAME_BYTES_MAX = 64;
const WORDS: ExposureWord[] = ["not_checked", "come_in", "wait", "temperature_alone"];
const REASONS: (Reason | null)[] = [null, "exposure", "incomplete"];

/** id: 16 bytes; validUntil: milliseconds since 1970; entries of 128 bytes, sorted by locator. */
export interface DecisionTable {
  id: Uint8Array<ArrayBuffer>;
  validUntil: number;
  entries: Uint8Array;
}

export interface BadgeDecision {
  word: ExposureWord;
  reason: Reason | null;
  validUntil: number;
  roster: string;
  name: string;
}

/** Returns the table of a file. Throws where it is not whole. */
export function parseTable(file: Uint8Array): DecisionTable {
  const entries = file.subarray(HEADER_BYTES);
  const magic = new TextDecoder().decode(file.subarray(0, 8));
  if (file.length < HEADER_BYTES || magic !== MAGIC) throw new Error("table: header");
  if (entries.length !== readU32(file, 24) * ENTRY_BYTES) throw new Error("table: length");
  for (let at = ENTRY_BYTES; at < entries.length; at += ENTRY_BYTES) {
    if (compare(entries, at - ENTRY_BYTES, entries, at) >= 0) throw new Error("table: order");
  }
  return { id: file.slice(8, 24), validUntil: readU64(file, 28), entries };
}

/** Returns the decision about the badge of a secret; null where the table holds none that opens. */
export async function findDecision(
  table: DecisionTable, secret: Uint8Array<ArrayBuffer>,
): Promise<BadgeDecision | null> {
  const okm = await keysOf(table, secret);
  const at = place(table.entries, okm.subarray(0, LOCATOR_BYTES));
  if (at === null) return null;
  const sealed = table.entries.slice(at + LOCATOR_BYTES, at + ENTRY_BYTES);
  const key = await crypto.subtle.importKey("raw", okm.slice(16, 48), "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: okm.slice(48), additionalData: table.id };
  try {
    return unpacked(new Uint8Array(await crypto.subtle.decrypt(how, key, sealed)));
  } catch {
    return null; // a damaged entry decides nothing
  }
}

async function keysOf(
  table: DecisionTable, secret: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = utf8("gauge/v1/kiosk/badge");
  const how = { name: "HKDF", hash: "SHA-256", salt: table.id, info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, OKM_BITS));
}

function place(entries: Uint8Array, locator: Uint8Array): number | null {
  let low = 0;
  let high = entries.length / ENTRY_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(entries, middle * ENTRY_BYTES, locator, 0);
    if (order === 0) return middle * ENTRY_BYTES;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

function compare(one: Uint8Array, at: number, other: Uint8Array, there: number): number {
  for (let byte = 0; byte < LOCATOR_BYTES; byte += 1) {
    const order = one[at + byte]! - other[there + byte]!;
    if (order) return order;
  }
  return 0;
}

function unpacked(decision: Uint8Array): BadgeDecision | null {
  const word = WORDS[decision[1]!];
  const reason = REASONS[decision[2]!];
  const length = decision[NAME_AT - 1]!;
  if (decision[0] !== 1 || word === undefined || length > NAME_BYTES_MAX) return null;
  const name = decision.subarray(NAME_AT, NAME_AT + length);
  return {
    word,
    reason: reason ?? null,
    validUntil: readU64(decision, 3),
    roster: toHex(decision.subarray(11, 27)),
    name: new TextDecoder().decode(name),
  };
}

function readU64(bytes: Uint8Array, at: number): number {
  return readU32(bytes, at) * 0x1_0000_0000 + readU32(bytes, at + 4);
}
