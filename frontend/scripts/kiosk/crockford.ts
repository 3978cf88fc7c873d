// Crockford's base 32: no I, L, O or U, so that nobody misreads a letter.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // pragma: allowlist secret
const BITS = 5;

/** Returns the letters as the alphabet has them: capitals, I and L as 1, O as 0, without what people
 *  put between them (spaces, hyphens), full-width letters as plain ones. */
export function foldedLetters(text: string): string {
  return text.normalize("NFKC").toUpperCase().replace(/[\s\u2010-\u2015-]/g, "")
    .replace(/[IL]/g, "1").replace(/O/g, "0");
}

/** Returns whether every letter is one of the alphabet. */
export function isCrockford(text: string): boolean {
  return [...text].every((letter) => LETTERS.includes(letter));
}

/** Returns the bytes of letters, the highest bits first; bits beyond whole bytes go. */
export function fromCrockford(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * BITS) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    held = (held << BITS) | LETTERS.indexOf(letter);
    bits += BITS;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return bytes;
}

/** Returns the first letters of bytes, five bits each. */
export function toCrockford(bytes: Uint8Array, length: number): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length }, (_, at) =>
    LETTERS[parseInt(bits.slice(at * BITS, (at + 1) * BITS), 2)],
  ).join("");
}
