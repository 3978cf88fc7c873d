// Numbers that are perhaps not the document's: exposure_index/identity/number_doubts.py in the browser.
import { foldNumber, lettersAndDigits } from "./document";
import { findIdType } from "./document_kind";
import { type Reason, Unusable } from "./unusable";

const WORD =
  /(?:^|[^A-Z0-9])(?:NO|NR|NUM|NUMBER|ID|PASS|PERMIT|CARD|DOC|DOCUMENT)(?![A-Z0-9])|PASSPORT/;
// digits behind two letters at most: hardly any country puts an O or I among them
const LETTER_FOR_DIGIT = /^[A-HJ-NP-Z]{0,2}(?=[0-9]*[IO])[0-9IO]{6,}$/;

const MONTH_AND_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";
// however it is parted: residents', permits with their renewals, cards of permanent residents
const LONG_NUMBER = new RegExp(
  `^(?:[0-9]{6}(?:(?:19|20)[0-9]{2}${MONTH_AND_DAY}[0-9]{3}[0-9X]|[0-9]{2}${MONTH_AND_DAY}[0-9]{3})` +
    "|[HM][0-9]{10}|[A-Z]{3}[0-9]{12})$",
);
const CHECKED_LATER = /^[0-9]{17}[0-9X]$/;
const CHARACTERS_MAX = 12; // passports have 9, permits 11; the invented ones of a demo 12
const PASSPORT_CHARACTERS_MAX = 9; // ICAO 9303-3
const LETTERS_OF_WORD = /[A-Z]{3}/; // NOE12345678, E12345678CHN

const RUN = /[A-Z0-9]+/g;
// a run that is hardly a group of one: people write E 1234 5678, 110101 19900101 1237, 12 34 567890
const WHOLE = /^(?:(?=[0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){5})[A-Z0-9]{6,}|[0-9]{7,})$/;
// what stands between numbers rather than within one, and makes its groups one part
const BETWEEN = /[/\\|;,\u3001=<>()[\]{}\n]| [-\u2010-\u2015\u2212]+ |[^A-Z0-9](?:OR|AND)(?![A-Z0-9])/;
const TWICE = /^(?:(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])([A-Z0-9]{4,})\1+|([0-9]{6,})\2+)$/;
const NO_GROUP = /^(?:(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[A-Z0-9]{4,}|[0-9]{6,})$/;
const DATE =
  "(?:(?:19|20)[0-9]{2}([-./ ])[01]?[0-9]\\1[0-3]?[0-9]" +
  "|[0-3]?[0-9]([-./ ])[0-3]?[0-9]\\2(?:19|20)[0-9]{2}" +
  "|[0-3]?[0-9]([-./])[0-3]?[0-9]\\3[0-9]{2})";
const DATE_BEHIND = new RegExp(`[^A-Z0-9]${DATE}[^A-Z0-9]*$`);
const DATE_BEFORE = new RegExp(`^[^A-Z0-9]*${DATE}[^A-Z0-9]`);

/** Returns why a usable number may not be the document's, null where it looks so. idType: the kind that
 *  was chosen, "" where it is found from the number; of "other" any number may be. */
export function numberDoubt(typed: string, idType: string): Reason | null {
  if (idType === "other") return null;
  let number: string;
  try {
    number = lettersAndDigits(typed);
  } catch (error) {
    if (error instanceof Unusable) return null; // told as a fault
    throw error;
  }
  const isOne = LONG_NUMBER.test(number);
  if (!isOne && holdsSeveral(foldNumber(typed), number)) return "several_numbers";
  if (WORD.test(typed.normalize("NFKC").toUpperCase()) || (!isOne && holdsWord(number))) return "words";
  if (!isOne && isTooLong(typed, number, idType)) return "several_numbers";
  return !idType && LETTER_FOR_DIGIT.test(number) ? "letter_for_digit" : null;
}

/** Returns whether a number stands there twice, beside another one, or beside a date. */
function holdsSeveral(folded: string, number: string): boolean {
  const runs: string[] = folded.match(RUN) || [];
  const again = runs.filter((run, at) => runs.indexOf(run) !== at);
  const parts = folded.split(BETWEEN).map(joined);
  return (
    TWICE.test(number) ||
    again.some((run) => NO_GROUP.test(run)) ||
    [runs, parts].some((each) => each.filter((part) => WHOLE.test(part)).length > 1) ||
    [DATE_BEHIND, DATE_BEFORE].some((date) => {
      const rest = folded.replace(date, "");
      return rest !== folded && WHOLE.test(joined(rest));
    })
  );
}

function joined(part: string): string {
  return (part.match(RUN) || []).join("");
}

/** Returns whether a number that is longer than a passport's has as many letters as a word. */
function holdsWord(number: string): boolean {
  return number.length > PASSPORT_CHARACTERS_MAX && LETTERS_OF_WORD.test(number);
}

/** Returns whether a number is longer than any document's; what is judged as a resident's is no more. */
function isTooLong(typed: string, number: string, idType: string): boolean {
  if (number.length <= CHARACTERS_MAX || CHECKED_LATER.test(number)) return false;
  return !(["", "resident"].includes(idType) && findIdType(typed) === "resident");
}
