// Browser and service know different versions of Unicode. Normalisation never changes for a
// character that both know; what only one knows could be a letter here and nothing there.
import { ASSIGNED_IN_14 } from "./unicode_14";

const UNASSIGNED_HERE = /\p{Cn}/u;
let starts: number[] | undefined;

/** Returns whether Unicode 14 (the service's) and this engine both assign the character. */
export function knownToBoth(character: string): boolean {
  return !UNASSIGNED_HERE.test(character) && assignedIn14(character.codePointAt(0)!);
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
