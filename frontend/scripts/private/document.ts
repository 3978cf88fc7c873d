// Canonical document numbers: exposure_index/identity/document.py in the browser.
import { lookalikes, translated } from "./tables";
import { sure } from "./unicode";
import { Unusable } from "./unusable";

const CHARACTERS_MIN = 4;
const DIGIT = /[0-9]/;
const PLAIN = /^[A-Z0-9]+$/;
const WORDS = /[A-Z]{2,}/g;
const LETTER_BEYOND_Z = /(?![A-Z])\p{L}/u;
const OLD_NUMBER = /^[0-9]{15}$/;
const RESIDENT_NUMBER = /^[0-9]{17}[0-9X]$/;
const RENEWED_HK_MO_PERMIT = /^[HM][0-9]{10}$/;
const RENEWED_TW_PERMIT = /^[0-9]{10}$/;
// what people put between the characters of a number, and what tables leave around it
const SEPARATOR =
  /[\p{Z}\p{Cc}\p{Cf}\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}./\\,:;'"`|~=<>\u00b4\u00b7\u02d7\u2022\u2027\u2032\u2033\u2044\u2212\u2215\u2219\u22c5\u3001\u3002\u30fb\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const UNPRINTABLE = /[\p{Cs}\p{Co}\p{Cn}\p{M}]/u;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = "10X98765432";

/** Returns the document number as A–Z 0–9, in the form that stays when it is renewed.
 *  Throws Unusable. */
export function readDocument(text: string, idType: string): string {
  const document = lettersAndDigits(text);
  if (!DIGIT.test(document)) throw new Unusable("no_digit");
  if (document.length < CHARACTERS_MIN) {
    throw new Unusable(idType === "resident" ? "length" : "too_short"); // 18 characters it has
  }
  if (OLD_NUMBER.test(document)) return eighteenDigits(document);
  if (RENEWED_HK_MO_PERMIT.test(document)) return document.slice(0, 9);
  if (idType === "tw_permit" && RENEWED_TW_PERMIT.test(document)) return document.slice(0, 8);
  return document;
}

/** Returns why a canonical document cannot be one of its type; the check digit, of ISO 7064 MOD
 *  11-2, counts under every type. */
export function numberFault(document: string, idType: string): "length" | "check_digit" | null {
  if (!RESIDENT_NUMBER.test(document)) return idType === "resident" ? "length" : null;
  return checkDigit(document) === document[17] ? null : "check_digit";
}

/** Returns a text in NFKC, upper case, with its look-alikes as A–Z 0–9; separators stay. Throws Unusable. */
export function foldNumber(text: string): string {
  // what neither side assigns is refused by lettersAndDigits, as the service refuses it
  const capitals = sure(sure(text, true).normalize("NFKC").toUpperCase(), true);
  return translated(capitals, lookalikes());
}

/** Returns what remains of a text without separators. Throws Unusable. */
export function lettersAndDigits(text: string): string {
  const folded = foldNumber(text);
  // one by one, since halves of a surrogate pair would join where what is between them goes
  const characters = [...folded].filter((character) => !SEPARATOR.test(character));
  const document = characters.join("");
  if (!document) throw new Unusable("empty");
  const refused = characters.find((character) => !PLAIN.test(character));
  if (!DIGIT.test(document)) {
    const words = refused === undefined ? (folded.match(WORDS) || []).length : 0;
    if (words > 1 || LETTER_BEYOND_Z.test(document)) throw new Unusable("looks_like_name");
  }
  if (refused !== undefined) throw new Unusable("character", printed(refused));
  return document;
}

function printed(character: string): string {
  if (!UNPRINTABLE.test(character)) return character;
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

function eighteenDigits(document: string): string {
  const [year, month, day] = [6, 8, 10].map((at) => Number(document.slice(at, at + 2))) as
    [number, number, number];
  const date = new Date(Date.UTC(1900 + year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || !month) return document;
  const longer = `${document.slice(0, 6)}19${document.slice(6)}`;
  return longer + checkDigit(longer);
}

function checkDigit(document: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(document[at]), 0);
  return CHECK_DIGITS[sum % 11]!;
}
