import { FOLD } from "identity-tables";

/** Returns Han character → representative, as exposure_index/fold.tsv has them. */
export function foldTable(): Map<string, string> {
  const numbers = unpacked(FOLD);
  const half = numbers.length / 2;
  const table = new Map<string, string>();
  let to = 0;
  let from = 0;
  for (let i = 0; i < half; i += 1) {
    to += numbers[i]!;
    from += numbers[half + i]!;
    table.set(String.fromCodePoint(from), String.fromCodePoint(to));
  }
  return table;
}

// Signed numbers, seven bits a byte, the lowest first; the sign is the lowest bit.
function unpacked(packed: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let shift = 0;
  for (const letter of atob(packed)) {
    const byte = letter.charCodeAt(0);
    number |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      numbers.push(number & 1 ? -(number + 1) / 2 : number / 2);
      number = shift = 0;
    }
  }
  return numbers;
}
