// Browser and service know different versions of Unicode. Normalisation never changes for a
// character that both know; what only one knows could be a letter here and nothing there.
import { ASSIGNED_IN_14 } from "./unicode_14";
import { Unusable } from "./unusable";

/** The Han characters, as the inside of a class of a regular expression. */
export const HAN_CLASS =
  "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";

const ASCII = /^[\0-\x7f]*$/;
const HAN = new RegExp(`^[${HAN_CLASS}]$`, "u");
const UNASSIGNED_HERE = /\p{Cn}/u;
let starts: number[] | undefined;

/** Returns the text where Unicode 14 (the service's) and this engine both assign each character, or
 *  it is Han; with `neither` also where neither does. Throws Unusable: an answer could be wrong. */
export function sure(text: string, neither = false): string {
  if (ASCII.test(text)) return text;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code <= 0x7f || HAN.test(character)) continue;
    const here = !UNASSIGNED_HERE.test(character);
    const there = assignedIn14(code);
    if (here !== there || !(here || neither)) throw new Unusable("unsure");
  }
  return text;
}

// The runs of assigned and unassigned code points take turns; the first run, of no length, is of
// unassigned ones.
function assignedIn14(codePoint: number): boolean {
  if (!starts) {
    let at = 0;
    starts = ASSIGNED_IN_14.split(" ").map((length) => (at += parseInt(length, 36)));
  }
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
