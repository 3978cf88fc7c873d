// Words and signs that name nobody: exposure_index/identity/name_words.py in the browser.
import { fold, translated } from "./tables";

const words = (text: string) => new Set(text.split(" "));

/** Words beside a Latin name that say nothing of whose it is. */
export const TITLES = words(
  "MR MRS MS MISS MSTR CHD INF DR PROF MDM MX ADT EXST UM UMNR FNU LNU JR SR II III IV",
);
/** First, last name unknown. */
export const NO_NAME_TITLES = words("FNU LNU");
const FILLER_WORDS = words("TBA TBC TBD UNKNOWN UNNAMED");
const FILLER_NAMES = words(
  "ANONYMOUS BLANK EMPTY GUEST MISSING NA NAN NIL NONAME NONE NOTAPPLICABLE NOTAVAILABLE" +
    " NOTGIVEN NOTKNOWN NOTPROVIDED NULL PASSENGER PAX PENDING TEST TESTTEST UNDEFINED UNK",
);
export const HAN_TITLES = "先生 女士 小姐 太太";
const HAN_FILLERS =
  "未知 未详 不详 不明 不知 不知道 无名 无名氏 无姓名 佚名 匿名 旅客 乘客 散客 游客 客人" +
  " 姓名 氏名 名字 待定 待补 待填 未填 未提供 未登记 未实名 暂无 无 空白 保密 婴儿 儿童" +
  " 成人 本人 查无此人";
// a filler alone, a name with a letter behind
const HAN_TRIAL = "测试";
const OTHER_FILLERS = words("미상 불명 성명미상 이름없음 승객 НЕИЗВЕСТНО НЕИЗВЕСТЕН ななし");
const COUNTERS = "甲乙丙丁戊一二三四五六七八九十";
const MASK =
  /[*#?\ufffd※□■●◎⬤◆◇★☆▲△×╳✕✖✗✘\ue000-\uf8ff\ud800-\udfff\u{f0000}-\u{10ffff}]|[○◯〇][^\n]*[○◯〇]/u;

let ofHan: { nobody: RegExp; lastTitle: RegExp } | undefined;

/** Returns whether a text in NFKC holds a sign in place of characters that were taken out. */
export function holdsMask(text: string): boolean {
  return MASK.test(text);
}

/** Returns folded Han without 先生, 女士, 小姐 or 太太 at the end, where two are left. */
export function withoutHanTitle(han: string): string {
  return han.replace(hanExpressions().lastTitle, "$1");
}

/** Returns whether folded Han are a filler, hold 某 for a character, or are a surname with a title. */
export function isHanFiller(han: string): boolean {
  return hanExpressions().nobody.test(han);
}

/** Returns whether the words of a name, A–Z, are a filler or hold crosses for letters. */
export function isLatinFiller(name: string[]): boolean {
  const joined = name.join("");
  return (
    FILLER_NAMES.has(joined) ||
    name.some((word) => FILLER_WORDS.has(word) || /^X{3,}$/.test(word)) ||
    /^XX+$/.test(joined)
  );
}

/** Returns whether the letters of a name in another script, upper case, are a filler. */
export function isOtherFiller(letters: string): boolean {
  return OTHER_FILLERS.has(letters);
}

function hanExpressions() {
  return (ofHan ??= newHanExpressions());
}

function newHanExpressions() {
  const fillers = anyOf(`${HAN_FILLERS} ${HAN_TRIAL}`);
  return {
    nobody: new RegExp(
      `^(?:(?:${fillers})*(?:(?:${anyOf(HAN_FILLERS)})[${COUNTERS}]?|${anyOf(HAN_TRIAL)})|.+某.*|某某.*` +
        `|某(?:[男女人${COUNTERS}]|${anyOf(HAN_TITLES)}|${fillers})|.(?:${anyOf(HAN_TITLES)}))$`,
      "u",
    ),
    lastTitle: new RegExp(`^(..+)(?:${anyOf(HAN_TITLES)})$`, "u"),
  };
}

// as folded names hold them, the longest first
function anyOf(text: string): string {
  const alternatives = translated(text, fold()).split(" ");
  return alternatives.sort((one, other) => other.length - one.length).join("|");
}
