// Names that are perhaps not whole: exposure_index/identity/whole_name.py in the browser.
import { HALF_PAIR, IGNORABLE, LATIN_WORD, latinLetters, readNames } from "./name";
import { BRACKET } from "./name_brackets";
import { HAN_TITLES, TITLES } from "./name_words";
import { fold, translated } from "./tables";
import { HAN_CLASS, sure } from "./unicode";
import { type Reason, Unusable } from "./unusable";

const DIGIT = /[0-9]/;
const HAN = new RegExp(`[${HAN_CLASS}]+`, "gu");
const SEVERAL = new RegExp(
  `[&+;|@\\n]|[${HAN_CLASS}] *[,、/] *[${HAN_CLASS}]|[${HAN_CLASS}]{2}[和与與及跟][${HAN_CLASS}]{2}`,
  "u",
);
const CUT_OFF = /[-_—–.]{2,}\s*$/; // NFKC writes … as three dots
const DOT = /[·・•‧∙⋅.]/;
const PARTS = /[/,]/;
const PARTS_MAX = 2; // SURNAME/GIVEN NAMES
// professions, relatives and fellow travellers: what one is called by others, or in a list
// 周诗诺周诗诺, but neither 张丽丽 nor 莉莉; in other scripts of three letters, for Мама and Лили
const HAN_TWICE = /^(..+)\1+$/u;
const OTHERS_TWICE = /^(...+)\1+$/u;
const ASIDES_BEHIND =
  "老师 医生 护士 师傅 主任 经理 教授 同志 大夫 阿姨 司机 警官 校长 院长 局长 处长 科长 部长 书记 老板 同学" +
  " 家属 夫妇 夫妻 一家 全家 父子 父女 母子 母女 兄弟 姐妹 之子 之女 等人 妈妈 爸爸 父亲 母亲 爷爷 奶奶" +
  " 外公 外婆 叔叔 女儿 儿子 孩子 宝宝 老公 老婆 丈夫 妻子 自己 本人 成人 儿童 婴儿 旅客 乘客 导游 领队" +
  " 身份证 证件 证号 护照 通行证 居住证 居留证 户口本 户口簿 号码 电话 电话号 手机 手机号 护照号 微信 微信号" +
  " 联系人 联系方式 性别 性别男 性别女 年龄 生日 出生 民族 国籍 地址 住址 车票 机票";
const ASIDES_BEFORE =
  "姓名 名字 氏名 我叫 我是 我的 本人 曾用名 原名 旅客 乘客 游客 客人 导游 领队 家属" +
  " 身份证 证件 护照 通行证 电话 手机 联系人 收件人 收货人 户名 持证人 持卡人 申请人 患者 病人";
const SEXES = "男 女"; // as a word apart: 张伟 男
const SEX_LENGTH = 4; // 周诗诺女; 张胜男 and 李秀女 are names, and so is 欧阳胜男
const [FAMILIAR_BEFORE, FAMILIAR_BEHIND] = ["小 老 阿", "总 哥 姐 姨 叔 婶 嫂 爷"] as const; // 小张, 张总
const FAMILIAR_LENGTH = 2;
const ASIDES_OF_LATIN =
  "CHILD CHILDREN INFANT BABY ADULT CREW VIP NEE AKA ALIAS FORMERLY FAMILY MOTHER FATHER WIFE HUSBAND" +
  " DAUGHTER MOM MUM DAD GUEST PASSENGER CAPTAIN DOCTOR PROFESSOR SURNAME LASTNAME FIRSTNAME FORENAME" +
  " GIVENNAME FULLNAME NAME PASSPORT IDCARD NUMBER TELEPHONE MOBILE EMAIL NATIONALITY MALE FEMALE CHN HKG TWN";
const FAMILY_NAMES =
  "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 东方 司徒 司空 南宫 端木 轩辕";
const APOSTROPHE = /['\u2018\u2019\u02bc`\u00b4]/g;
const CHILD_OF = /(^|[^A-Z])(?:A\/[LP]|[SD]\/O)(?![A-Z])/g; // Malay and Indian names: no initials

/** Returns why a usable name may not be the whole one, null where it looks whole. */
export function wholeNameDoubt(typed: string): Reason | null {
  const whole = typed.replace(HALF_PAIR, "\ufffd").replace(IGNORABLE, "");
  try {
    const text = sure(sure(whole).normalize("NFKC"));
    if (BRACKET.test(text)) return "brackets";
    if (DIGIT.test(text)) return "digits";
    if (isRepetition(text)) return "repetition";
    if (SEVERAL.test(text)) return "several";
    if (CUT_OFF.test(text)) return "initials";
    const names = readNames(text);
    if (OTHERS_TWICE.test(names.other)) return "repetition";
    return hanDoubt(text, [...names.han]) ?? (names.latin ? latinDoubt(text) : null);
  } catch (error) {
    if (error instanceof Unusable) return null; // told as a fault
    throw error;
  }
}

/** Returns whether there are names, and none is in Han or in Latin letters: hardly any list has those. */
export function inNeitherScript(typed: string[]): boolean {
  try {
    const names = typed.map(readNames);
    return names.length > 0 && !names.some(({ han, latin }) => han || latin);
  } catch (error) {
    if (error instanceof Unusable) return false; // told as a fault
    throw error;
  }
}

/** Returns whether a name stands there twice or more. One word twice is none: LI LI, 买买提·买买提. */
function isRepetition(text: string): boolean {
  const runs: string[] = text.match(HAN) || [];
  const titles = new RegExp(folded(HAN_TITLES).join("|"), "gu");
  if (HAN_TWICE.test(translated(runs.join(""), fold()).replace(titles, ""))) {
    return runs.length > 2 || !DOT.test(text);
  }
  const words = namedWords(plainLatin(text));
  return new Set(words).size > 1 && words.every((word) => words.indexOf(word) !== words.lastIndexOf(word));
}

function hanDoubt(text: string, han: string[]): Reason | null {
  const titles = folded(HAN_TITLES);
  const words = folded((text.match(HAN) || []).join(" ")).filter((word) => !titles.includes(word));
  const several = words.length > 1;
  const familyNames = folded(FAMILY_NAMES);
  if ((several && folded(SEXES).some((sex) => words.includes(sex))) || holdsAside(han)) return "aside";
  if (several && words.every((word) => [...word].length > 1) && !familyNames.includes(words[0]!)) {
    return DOT.test(text) ? null : "several";
  }
  return han.length === 1 || familyNames.includes(han.join("")) ? "surname_only" : null;
}

function holdsAside(han: string[]): boolean {
  const name = han.join("");
  const [first, last] = [han[0] ?? "", han[han.length - 1] ?? ""];
  const familiar = folded(FAMILIAR_BEFORE).includes(first) || folded(FAMILIAR_BEHIND).includes(last);
  return (
    folded(ASIDES_BEHIND).some((word) => name.endsWith(word)) ||
    folded(ASIDES_BEFORE).some((word) => name.startsWith(word)) ||
    (familiar && han.length === FAMILIAR_LENGTH) ||
    holdsSex(han)
  );
}

/** Returns whether a sex stands behind a name. With a family name of two the last belongs to the name. */
function holdsSex(han: string[]): boolean {
  const isOfTwo = folded(FAMILY_NAMES).includes(han.slice(0, 2).join(""));
  const last = han[han.length - 1] ?? "";
  return folded(SEXES).includes(last) && han.length >= SEX_LENGTH + Number(isOfTwo);
}

function folded(words: string): string[] {
  return words ? translated(words, fold()).split(" ") : [];
}

function latinDoubt(text: string): Reason | null {
  const plain = plainLatin(text);
  const words = namedWords(plain);
  if (nameSeveral(words, plain.split(PARTS).map(namedWords))) return "several";
  if (words.some((word) => ASIDES_OF_LATIN.split(" ").includes(word))) return "aside";
  if (words.some((word) => word.length === 1)) return "initials";
  return words.length === 1 ? "single_word" : null;
}

function plainLatin(text: string): string {
  return text.replace(HAN, " ").toUpperCase().replace(APOSTROPHE, "").replace(CHILD_OF, "$1");
}

function namedWords(text: string): string[] {
  return (latinLetters(text).match(LATIN_WORD) || []).filter((word) => !TITLES.has(word));
}

/** Returns whether a name has more parts than two, or a word in two of them: SMITH JOHN/SMITH JANE. */
function nameSeveral(words: string[], parts: string[][]): boolean {
  const named = parts.filter((part) => part.length).map((part) => [...new Set(part)]);
  const all = named.reduce<string[]>((before, part) => [...before, ...part], []);
  return words.includes("AND") || named.length > PARTS_MAX || new Set(all).size < all.length;
}
