import { FOLD } from "identity-tables";

const SIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BITS_18 = 0x3ffff;

/** Returns Han character → representative, as exposure_index/fold.tsv has them. */
export function foldTable(): Map<string, string> {
  return unpacked(FOLD);
}

// What packed() of frontend/identity_tables.mjs wrote. One loop without calls: phones build this
// table while one types.
function unpacked(packed: string): Map<string, string> {
  const count = packed.length / 6;
  const value: number[] = [];
  for (let six = 0; six < SIXES.length; six += 1) value[SIXES.charCodeAt(six)] = six;
  const numbers = new Int32Array(2 * count);
  for (let at = 0; at < packed.length; at += 1) {
    const place = (at % count) + (at < 3 * count ? 0 : count);
    numbers[place] = (numbers[place]! << 6) | value[packed.charCodeAt(at)]!;
  }
  const table = new Map<string, string>();
  let to = 0;
  for (let pair = 0; pair < count; pair += 1) {
    to = (to + numbers[pair]!) & BITS_18;
    const from = (to + numbers[pair + count]!) & BITS_18;
    table.set(String.fromCodePoint(from), String.fromCodePoint(to));
  }
  return table;
}
