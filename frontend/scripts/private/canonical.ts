// The canonical form of an identity: exposure_index/identity/document.py and name.py, told again. Both
// pass exposure_index/identity_vectors.json, and tests/unit/frontend compares them on 100,000 more.
import { foldTable } from "./fold";
import { knownToBoth } from "./unicode";

const HAN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const NOT_DOCUMENT = /[^A-Z0-9]+/g;
const OLD_NUMBER = /^[0-9]{15}$/;
const RESIDENT_NUMBER = /^[0-9]{17}[0-9X]$/;
const MARK = /\p{M}/gu;
const NOT_LETTER = /\P{L}/gu;
const NOT_ASCII = /[^\0-\x7f]/;
const LATIN_PAIRS: Record<string, string> = {
  "Ø": "O", "Æ": "A", "Œ": "O", "ß": "SS", "ẞ": "SS", "Þ": "TH", "Ł": "L", "Đ": "D", "Ð": "D", "ı": "I",
};
const LATIN_PAIR = new RegExp(`[${Object.keys(LATIN_PAIRS).join("")}]`, "g");
const TITLES = new Set(["MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"]);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = "10X98765432";

let fold: Map<string, string> | undefined;

/** This engine and the service may read a character differently: an answer could be wrong. */
export class CharacterUnsure extends Error {}

/** Returns the document number as A–Z 0–9, 15-digit resident numbers as 18; "" if empty.
 *  Throws CharacterUnsure. */
export function canonicalDocument(text: string): string {
  const document = sure(text).normalize("NFKC").toUpperCase().replace(NOT_DOCUMENT, "");
  return OLD_NUMBER.test(document) ? eighteenDigits(document) : document;
}

/** Returns the name in the form that order, spacing, case and script variants share; "" if empty.
 *  Throws CharacterUnsure. */
export function canonicalName(text: string): string {
  if (NOT_ASCII.test(text)) {
    text = sure(sure(text).normalize("NFKC"));
    const han = [...text].filter((character) => HAN.test(character));
    if (han.length) return han.map(folded).join("");
  }
  const words = latinWords(text);
  if (words.length) {
    const named = words.filter((word) => !TITLES.has(word));
    const letters = (named.length ? named : words).join("");
    return [...(letters.replace(/E/g, "") || letters)].sort().join("");
  }
  return sure(text.replace(NOT_LETTER, "").toUpperCase());
}

/** Returns what is wrong with a canonical resident number, by ISO 7064 MOD 11-2 alone. */
export function residentNumberFault(document: string): "length" | "check_digit" | null {
  if (!RESIDENT_NUMBER.test(document)) return "length";
  return checkDigit(document) === document[17] ? null : "check_digit";
}

function latinWords(text: string): string[] {
  let folding = text.toUpperCase();
  if (NOT_ASCII.test(text)) {
    const unmarked = text.normalize("NFKD").replace(MARK, "");
    folding = unmarked.toUpperCase().replace(LATIN_PAIR, (letter) => LATIN_PAIRS[letter]!);
  }
  return folding.match(/[A-Z]+/g) || [];
}

function folded(character: string): string {
  fold = fold || foldTable();
  return fold.get(character) || character;
}

function sure(text: string): string {
  for (const character of text) {
    if (!HAN.test(character) && !knownToBoth(character)) throw new CharacterUnsure();
  }
  return text;
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
