// What a badge says: CG1:ORGANISATION:SECRET:CHECK.
import { utf8 } from "../private/bytes";
import { foldedLetters, fromCrockford, isCrockford, toCrockford } from "./crockford";

const FORM = /^CG1:(.{8}):(.{32}):(.{4})$/;
const PREFIX = /^C\s*G\s*[1IL]\s*:/i;

/** organisation: 8 letters; secret: 20 bytes. */
export interface Badge {
  organisation: string;
  secret: Uint8Array<ArrayBuffer>;
}

/** Returns whether a text means to be a badge. */
export function looksLikeBadge(text: string): boolean {
  return PREFIX.test(text.normalize("NFKC").trim());
}

/** Returns the badge, read in any case; null where its letters do not fit together. */
export async function readBadge(text: string): Promise<Badge | null> {
  const [, organisation, secret, check] = foldedLetters(text).match(FORM) || [];
  if (!organisation || !secret || !check) return null;
  if (![organisation, secret, check].every(isCrockford)) return null;
  const before = utf8(`CG1:${organisation}:${secret}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", before));
  if (toCrockford(digest, check.length) !== check) return null;
  return { organisation, secret: fromCrockford(secret) };
}
