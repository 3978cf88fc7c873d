// What a scanner or a keyboard wedge typed: a code, a number, or something else.
import type { CodeMark } from "./screens";

const CODE = /^\s*CGV?1\s*[:：]/i;
const NUMBER = /^[\s\d.,。，．°℃℉CF０-９]+$/i;
const DIGIT = /[\d０-９]/;
const SAME_CODE_MS = 4000;

/** Returns the code within the address that an organisation's page shows as a QR code, or null. */
export function codeOfAddress(text: string): string | null {
  return /#enrol=([0-9A-Za-z -]+)\s*$/.exec(text)?.[1] ?? null;
}

/** Whether a text begins as a badge or a visitor's code does. */
export function looksLikeCode(text: string): boolean {
  return CODE.test(text);
}

/** Whether a text is what a thermometer types. */
export function looksLikeNumber(text: string): boolean {
  return NUMBER.test(text) && DIGIT.test(text) && text.trim().length <= 8;
}

/** Returns a number by which to know a code again without keeping it (FNV-1a). */
export function markOf(text: string): number {
  let mark = 0x811c9dc5;
  for (const letter of text.trim().toUpperCase()) {
    mark = Math.imul(mark ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return mark;
}

/** Whether a code is the one that was seen a moment ago. */
export function isSameCode(last: CodeMark | null, text: string, now: number): boolean {
  return last !== null && last.mark === markOf(text) && Math.abs(now - last.at) < SAME_CODE_MS;
}
