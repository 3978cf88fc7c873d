// A visitor's details, sealed on their own phone for the kiosks of one organisation:
// CGV1: and base 45 of key id 4 ‖ enc 65 ‖ ciphertext.
//
// Threat: a code photographed in the queue, shown again, or kept. Limit: nobody but this
// organisation's kiosks reads it; it is good for ten minutes, and once at each kiosk.
import { concat, fromHex, toHex, utf8 } from "../private/bytes";
import { fromBase45, toBase45 } from "./base45";
import { fromBase64Url } from "./base64";
import { open, paddedJson, POINT_BYTES, seal, sealingKey } from "./hpke";
import type { Person } from "./terminal";

const PREFIX = "CGV1:";
const KEY_ID_BYTES = 4;
const PLAIN_BYTES = 256;
export const VALID_MS = 10 * 60_000;
export const CLOCK_TOLERANCE_MS = 2 * 60_000;
const NEEDED: (keyof Person)[] = ["id_type", "id_number", "name"];
const ADDRESS = /^#?([0-9A-Z]{8})\.([0-9a-f]{8})\.([\w-]{87})$/;

/** What the code at the door says: the organisation's letters, the key's id in hex, its point. */
export interface Door {
  organisation: string;
  keyId: string;
  publicKey: Uint8Array<ArrayBuffer>;
}

export interface VisitorCode {
  person: Person;
  madeAt: number; // milliseconds since 1970, by the phone's clock
}

/** Returns the door that the fragment of an address names; null where it names none. */
export function doorOf(fragment: string): Door | null {
  const [, organisation, keyId, point] = fragment.match(ADDRESS) || [];
  if (!organisation || !keyId || !point) return null;
  return { organisation, keyId, publicKey: fromBase64Url(point) };
}

/** Returns the address that the code at the door holds: the newest key; null where there is none. */
export function doorAddress(
  origin: string, organisation: string, keys: { id: string; public_key: string }[],
): string | null {
  const key = keys[0];
  return key ? `${origin}/visit#${organisation}.${key.id}.${key.public_key}` : null;
}

/** Returns the text of the visitor's code. Throws TooLong, or where the door's key is none. */
export async function sealVisitorCode(person: Person, door: Door, now: number): Promise<string> {
  const plain = paddedJson({ ...pick(person), made_at: now }, PLAIN_BYTES, PLAIN_BYTES);
  const key = await sealingKey(door.publicKey);
  const sealed = await seal(key, "visitor", plain, utf8(door.organisation));
  return PREFIX + toBase45(concat(fromHex(door.keyId), sealed));
}

/** Returns whether a text means to be a visitor's code. */
export function looksLikeVisitorCode(text: string): boolean {
  return text.toUpperCase().startsWith(PREFIX);
}

/** Returns what the code holds; null where none of the keys, by id in hex, opens it. */
export async function openVisitorCode(
  text: string, organisation: string, keys: ReadonlyMap<string, CryptoKeyPair>,
): Promise<VisitorCode | null> {
  try {
    const bytes = fromBase45(text.toUpperCase().slice(PREFIX.length));
    const key = keys.get(toHex(bytes.subarray(0, KEY_ID_BYTES)));
    if (!key || bytes.length < KEY_ID_BYTES + POINT_BYTES) return null;
    const plain = await open(key, "visitor", bytes.slice(KEY_ID_BYTES), utf8(organisation));
    return contentOf(JSON.parse(new TextDecoder().decode(plain)));
  } catch {
    return null;
  }
}

/** Returns whether a code is as old as it may be, and no further in the future than clocks differ. */
export function isFresh(code: VisitorCode, now: number): boolean {
  const age = now - code.madeAt;
  return age >= -CLOCK_TOLERANCE_MS && age <= VALID_MS + CLOCK_TOLERANCE_MS;
}

/** Returns the digest by which a used code is known again; it tells nothing of what it holds. */
export async function codeDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(text.toUpperCase()));
  return toHex(new Uint8Array(digest));
}

function contentOf(value: Record<string, unknown>): VisitorCode | null {
  const { name_latin = "", made_at } = value;
  const texts = [name_latin, ...NEEDED.map((field) => value[field])];
  if (!texts.every((text) => typeof text === "string") || !Number.isSafeInteger(made_at)) return null;
  const person = { ...value, name_latin } as unknown as Person;
  return { person: pick(person), madeAt: made_at as number };
}

function pick(person: Person): Person {
  const { id_type, id_number, name, name_latin } = person;
  return { id_type, id_number, name, name_latin };
}
