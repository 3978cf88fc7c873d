// RFC 9285: bytes as the letters that a QR code packs most closely.
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Returns the letters of bytes. */
export function toBase45(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    const number = pair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
    parts.push(LETTERS[number % 45]! + LETTERS[Math.floor(number / 45) % 45]!);
    if (pair) parts.push(LETTERS[Math.floor(number / 2025)]!);
  }
  return parts.join("");
}

/** Returns the bytes of letters. Throws where they are none of this form. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> {
  const digits = Array.from(text, (letter) => LETTERS.indexOf(letter));
  if (digits.includes(-1) || digits.length % 3 === 1) throw new Error("base45");
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += 3) {
    const [one, two, three] = digits.slice(at, at + 3) as [number, number, number?];
    const number = one + two * 45 + (three ?? 0) * 2025;
    if (number > (three === undefined ? 0xff : 0xffff)) throw new Error("base45");
    bytes.push(...(three === undefined ? [number] : [number >> 8, number & 255]));
  }
  return Uint8Array.from(bytes);
}
