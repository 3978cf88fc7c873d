// Canonical names: exposure_index/identity/name.py in the browser. Without look-behinds, which
// Safari has only since 16.4.
import { outsideBrackets } from "./name_brackets";
import {
  NO_NAME_TITLES, TITLES, holdsMask, isHanFiller, isLatinFiller, isOtherFiller, withoutHanTitle,
} from "./name_words";
import { fold, latin, lookalikes, translated } from "./tables";
import { HAN_CLASS, sure } from "./unicode";
import { Unusable } from "./unusable";

const HAN = new RegExp(`[${HAN_CLASS}]`, "u");
const NOT_HAN = new RegExp(`[^${HAN_CLASS}]+`, "gu");
const RUN_AT_HAN = new RegExp(`([${HAN_CLASS}]?)([A-Z]+)(?=([${HAN_CLASS}]?))`, "gu");
const LATIN_AT_HAN = new RegExp(`[${HAN_CLASS}][A-Z]|[A-Z][${HAN_CLASS}]`, "u");
export const LATIN_WORD = /[A-Z]+/g;
const LATIN_LETTER = /[A-Z]/;
// what name.py reads by a shorter way: titles alone are the name there, whatever stands beside them
const EUROPEAN = /^[A-Za-z ,.'/\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f-]*$/;
const MARK = /\p{M}/gu;
const LETTER = /\p{L}/u;
const NOT_LETTER = /\P{L}/gu;
export const HALF_PAIR = /\p{Cs}/gu;
const NOT_DIGIT = /[^0-9]/g;
const ICAO_XX = /([NU])XX(?=[A-W])/g; // ICAO 9303-3 allows NXX for Ñ and UXX for Ü
const REPEAT = "\u3005"; // 々
// Default_Ignorable_Code_Point: what shows nothing joins and divides nothing
export const IGNORABLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]+/gu;
const DOCUMENT_DIGITS_MIN = 4;

let mixed: { word: RegExp; letters: Map<string, string> } | undefined;

/** The canonical names that one text holds: in Han, in Latin letters, in neither; "" for none. */
export interface ScriptNames {
  han: string;
  latin: string;
  other: string;
}

export const NO_NAMES: ScriptNames = { han: "", latin: "", other: "" };

/** Returns the canonical names of a text: two where it holds both scripts. Throws Unusable. */
export function readNames(typed: string): ScriptNames {
  // halves of a surrogate pair would join where what is between them goes
  const whole = typed.replace(HALF_PAIR, "\ufffd").replace(IGNORABLE, "");
  const text = outsideBrackets(sure(sure(whole).normalize("NFKC")));
  if (holdsMask(text)) throw new Unusable("filler");
  if (HAN.test(text)) return namesWithHan(text);
  if (isNumeric(text)) throw new Unusable("looks_like_document");
  const words = latinLetters(text).match(LATIN_WORD) || [];
  const named = words.some((word) => !TITLES.has(word)) || (words.length && EUROPEAN.test(typed));
  if (named) return { ...NO_NAMES, latin: latinName(words) };
  const letters = [...text.replace(NOT_LETTER, "")];
  const unread = letters.filter((letter) => !LATIN_LETTER.test(latinLetters(letter))).join("");
  const other = sure(unread.toUpperCase());
  if (isOtherFiller(other)) throw new Unusable("filler");
  if (other) return { ...NO_NAMES, other };
  if (words.length) return { ...NO_NAMES, latin: latinName(words) };
  throw new Unusable("empty");
}

function namesWithHan(text: string): ScriptNames {
  const letters = latinLetters(text).replace(RUN_AT_HAN, (all, before, run, after) =>
    TITLES.has(run) && (before || after) ? `${before} ` : all,
  );
  if (LATIN_AT_HAN.test(letters)) throw new Unusable("filler"); // 张X, 王YAN
  const han = hanName(translated(text, fold()).replace(NOT_HAN, ""));
  const words = (letters.match(LATIN_WORD) || []).filter((word) => !TITLES.has(word));
  const name = words.join("").length > 1 ? latinName(words) : "";
  if (words.length === 1 && words[0] === "X") throw new Unusable("filler");
  return { ...NO_NAMES, han, latin: name };
}

function hanName(han: string): string {
  let repeated = "";
  let before = "";
  for (const character of translated(han, fold())) {
    if (character !== REPEAT || !before) before = character;
    repeated += before;
  }
  const name = withoutHanTitle(repeated);
  if (isHanFiller(name)) throw new Unusable("filler");
  return name;
}

// Upper case, Latin letters as A–Z; a word of A–Z and of what looks like A–Z is read as A–Z.
export function latinLetters(text: string): string {
  const unmarked = text.normalize("NFKD").replace(MARK, "");
  const letters = translated(sure(unmarked.toUpperCase()), latin());
  const { word, letters: alike } = mixedWords();
  return letters.replace(word, (run) => (LATIN_LETTER.test(run) ? translated(run, alike) : run));
}

function mixedWords() {
  if (!mixed) {
    const letters = new Map([...lookalikes()].filter(([character]) => LETTER.test(character)));
    mixed = { word: new RegExp(`[A-Z${[...letters.keys()].join("")}]+`, "gu"), letters };
  }
  return mixed;
}

function latinName(words: string[]): string {
  const named = words.filter((word) => !TITLES.has(word));
  const kept = named.length ? named : words;
  const nobody = !named.length && words.some((word) => NO_NAME_TITLES.has(word));
  if (nobody || isLatinFiller(kept)) throw new Unusable("filler");
  const letters = kept.map((word) => word.replace(ICAO_XX, "$1")).join("");
  const sorted = [...letters.replace(/E/g, "")].sort().join("").replace(/^A+/, "A");
  return sorted || letters;
}

/** Whether a text has more digits than letters, as document numbers do. */
function isNumeric(text: string): boolean {
  const digits = text.replace(NOT_DIGIT, "").length;
  return digits >= DOCUMENT_DIGITS_MIN && digits > [...text.replace(NOT_LETTER, "")].length;
}
