// Numbers that are perhaps not the document's: exposure_index/identity/number_doubts.py in the browser.
import { lettersAndDigits } from "./document";
import { type Reason, Unusable } from "./unusable";

const WORD =
  /(?:^|[^A-Z0-9])(?:NO|NR|NUM|NUMBER|ID|PASS|PERMIT|CARD|DOC|DOCUMENT)(?![A-Z0-9])|PASSPORT/;
// digits behind two letters at most: hardly any country puts an O or I among them
const LETTER_FOR_DIGIT = /^[A-HJ-NP-Z]{0,2}(?=[0-9]*[IO])[0-9IO]{6,}$/;

/** Returns why a usable number may not be the document's, null where it looks so. */
export function numberDoubt(typed: string): Reason | null {
  let number: string;
  try {
    number = lettersAndDigits(typed);
  } catch (error) {
    if (error instanceof Unusable) return null; // told as a fault
    throw error;
  }
  if (WORD.test(typed.normalize("NFKC").toUpperCase())) return "words";
  return LETTER_FOR_DIGIT.test(number) ? "letter_for_digit" : null;
}
