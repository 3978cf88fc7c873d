// The frozen tables of the canonical form, as frontend/identity_tables.mjs packed them.
import { FOLD, LATIN, LOOKALIKES } from "identity-tables";

const SIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BITS_18 = 0x3ffff;

/** Character → what stands for it. */
export type Table = Map<string, string>;

/** Han characters → the representative of their class: exposure_index/fold.tsv. */
export const fold = once(() => paired(FOLD));

/** Digits of other scripts → 0–9, what looks like a capital → A–Z: lookalikes.tsv. */
export const lookalikes = once(() => paired(LOOKALIKES));

/** Latin letters that do not decompose to A–Z → A–Z: latin.tsv. */
export const latin = once(() => spelled(LATIN));

/** Returns the text with each character that the table has replaced. */
export function translated(text: string, table: Table): string {
  let result = "";
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

// Steps between representatives, then the distance of each character from its representative.
function paired(packed: string): Table {
  const numbers = unpacked(packed);
  const half = numbers.length / 2;
  const table: Table = new Map();
  let to = 0;
  for (let pair = 0; pair < half; pair += 1) {
    to = (to + numbers[pair]!) & BITS_18;
    const from = (to + numbers[half + pair]!) & BITS_18;
    table.set(String.fromCodePoint(from), String.fromCodePoint(to));
  }
  return table;
}

// Steps between characters, then the letters for each of them.
function spelled([packed, letters]: [string, string]): Table {
  const numbers = unpacked(packed);
  const table: Table = new Map();
  let from = 0;
  letters.split(" ").forEach((spelling, at) => {
    from += numbers[at]!;
    table.set(String.fromCodePoint(from), spelling);
  });
  return table;
}

// Numbers of 18 bits: the highest six of all, then the middle ones, then the lowest. One loop
// without calls: phones build the tables while one types.
function unpacked(packed: string): Int32Array {
  const value: number[] = [];
  for (let six = 0; six < SIXES.length; six += 1) value[SIXES.charCodeAt(six)] = six;
  const numbers = new Int32Array(packed.length / 3);
  for (let at = 0; at < packed.length; at += 1) {
    const number = at % numbers.length;
    numbers[number] = (numbers[number]! << 6) | value[packed.charCodeAt(at)]!;
  }
  return numbers;
}
