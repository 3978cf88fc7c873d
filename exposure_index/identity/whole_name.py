"""Names in a form that are perhaps not the whole name of whoever bears the document.

They are names, and somebody may be called so: a form asks once, and takes them when somebody says
that this is the whole name. Unasked, most of them end in a false "not found". The browser asks by
the same rules (frontend/scripts/private/whole_name.ts). What a build makes of such names in a
passenger list is ``name_doubts``: nobody can be asked there.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from exposure_index.identity.name import (
    HAN,
    IGNORABLE,
    UnusableName,
    fold_han,
    latin_words,
    read_names,
)
from exposure_index.identity.name_brackets import BRACKETS
from exposure_index.identity.name_doubts import FAMILY_NAMES_OF_TWO
from exposure_index.identity.name_words import HAN_CLASS, TITLES, TITLES_OF_HAN
from exposure_index.identity.tables import FOLD

WHOLE_NAME_DOUBTS = frozenset(
    {
        "brackets",
        "digits",
        "repetition",
        "several",
        "aside",
        "surname_only",
        "initials",
        "single_word",
    }
)
_DIGIT = re.compile("[0-9]")
_BETWEEN_TWO = (
    f"[{HAN_CLASS}] *[,、/] *[{HAN_CLASS}]|[{HAN_CLASS}]{{2}}[和与與及跟][{HAN_CLASS}]{{2}}"
)
_SEVERAL = re.compile(f"[&+;|@\n]|{_BETWEEN_TWO}")
_CUT_OFF = re.compile(r"[-_—–.]{2,}\s*$")  # NFKC writes … as three dots
_DOT = re.compile("[·・•‧∙⋅.]")
_PARTS = re.compile("[/,]")
_PARTS_MAX = 2  # SURNAME/GIVEN NAMES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _folded(words: str) -> tuple[str, ...]:
    return tuple(map(fold_han, words.split()))


# 周诗诺周诗诺, but neither 张丽丽 nor 莉莉; in other scripts of three letters, for Мама and Лили
_HAN_TWICE = re.compile("(..+)\\1+")
_OTHERS_TWICE = re.compile("(...+)\\1+")
_HAN_TITLE = re.compile("|".join(sorted(TITLES_OF_HAN)))

# professions, relatives and fellow travellers: what one is called by others, or in a list; and what
# forms and documents have beside a name
_ASIDES_BEHIND = _folded(
    "老师 医生 护士 师傅 主任 经理 教授 同志 大夫 阿姨 司机 警官 校长 院长 局长 处长 科长 部长"
    " 书记 老板 同学 家属 夫妇 夫妻 一家 全家 父子 父女 母子 母女 兄弟 姐妹 之子 之女 等人 妈妈"
    " 爸爸 父亲 母亲 爷爷 奶奶 外公 外婆 叔叔 女儿 儿子 孩子 宝宝 老公 老婆 丈夫 妻子 自己 本人"
    " 成人 儿童 婴儿 旅客 乘客 导游 领队 身份证 证件 证号 护照 通行证 居住证 居留证"
    " 户口本 户口簿 号码 电话 电话号 手机 手机号 护照号 微信 微信号 联系人 联系方式 性别 性别男"
    " 性别女 年龄 生日 出生 民族 国籍 地址 住址 车票 机票"
)
_ASIDES_BEFORE = _folded(
    "姓名 名字 氏名 我叫 我是 我的 本人 曾用名 原名 旅客 乘客 游客 客人 导游 领队 家属"
    " 身份证 证件 护照 通行证 电话 手机 联系人 收件人 收货人 户名 持证人 持卡人 申请人 患者 病人"
)
_SEXES = frozenset("男女")  # as a word apart: 张伟 男
_SEX_LENGTH = 4  # 周诗诺女; 张胜男 and 李秀女 are names, and so is 欧阳胜男
_FAMILIAR_BEFORE, _FAMILIAR_BEHIND = fold_han("小老阿"), fold_han("总哥姐姨叔婶嫂爷")  # 小张, 张总
_FAMILIAR_LENGTH = 2
_ASIDES_OF_LATIN = _words(
    "CHILD CHILDREN INFANT BABY ADULT CREW VIP NEE AKA ALIAS FORMERLY FAMILY MOTHER FATHER WIFE"
    " HUSBAND DAUGHTER MOM MUM DAD GUEST PASSENGER CAPTAIN DOCTOR PROFESSOR SURNAME LASTNAME"
    " FIRSTNAME FORENAME GIVENNAME FULLNAME NAME PASSPORT IDCARD NUMBER TELEPHONE MOBILE EMAIL"
    " NATIONALITY MALE FEMALE CHN HKG TWN"
)
_FAMILY_NAMES = frozenset(map(fold_han, FAMILY_NAMES_OF_TWO))
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")  # O'BRIEN and D'SOUZA are one word
_CHILD_OF = re.compile(
    "(?<![A-Z])(?:A/[LP]|[SD]/O)(?![A-Z])"
)  # Malay and Indian names: no initials


def whole_name_doubt(text: str) -> str | None:
    """Return why a usable name may not be the whole one, None where it looks whole.

    One of WHOLE_NAME_DOUBTS; None for what is no name too.
    """
    text = normalize("NFKC", IGNORABLE.sub("", text))
    if doubt := _doubt_of_signs(text):
        return doubt
    try:
        names = read_names(text)
    except UnusableName:
        return None
    if _OTHERS_TWICE.fullmatch(names.other):
        return "repetition"
    return _han_doubt(text, names.han) or (_latin_doubt(text) if names.latin else None)


def in_neither_script(texts: Iterable[str]) -> bool:
    """Whether there are names, and none is in Han or Latin: hardly any list has others."""
    try:
        names = [read_names(text) for text in texts]
    except UnusableName:
        return False
    return bool(names) and not any(name.han or name.latin for name in names)


def _doubt_of_signs(text: str) -> str | None:
    """Return why a text in NFKC, be it a name or not, is perhaps not one whole name."""
    if BRACKETS.search(text):
        return "brackets"
    if _DIGIT.search(text):
        return "digits"
    if _is_repetition(text):
        return "repetition"
    if _SEVERAL.search(text):
        return "several"
    return "initials" if _CUT_OFF.search(text) else None


def _is_repetition(text: str) -> bool:
    """Whether a name stands there twice or more, as somebody types it or a browser fills it in.

    One word twice is no repetition: LI LI, Ali Ali and 买买提·买买提 are names that many bear.
    """
    runs = HAN.findall(text)
    han = _HAN_TITLE.sub("", "".join(runs).translate(FOLD))
    if _HAN_TWICE.fullmatch(han):
        return len(runs) > 2 or not _DOT.search(text)
    words = _named_words(_plain_latin(text))
    return len(set(words)) > 1 and all(words.count(word) > 1 for word in words)


def _han_doubt(text: str, han: str) -> str | None:
    words = [word for word in map(fold_han, HAN.findall(text)) if word not in TITLES_OF_HAN]
    several = len(words) > 1
    if (several and not _SEXES.isdisjoint(words)) or _holds_aside(han):
        return "aside"
    if several and min(map(len, words)) > 1 and words[0] not in _FAMILY_NAMES:
        return None if _DOT.search(text) else "several"
    return "surname_only" if len(han) == 1 or han in _FAMILY_NAMES else None


def _holds_aside(han: str) -> bool:
    familiar = han[:1] in _FAMILIAR_BEFORE or han[-1:] in _FAMILIAR_BEHIND
    return (
        han.endswith(_ASIDES_BEHIND)
        or han.startswith(_ASIDES_BEFORE)
        or (familiar and len(han) == _FAMILIAR_LENGTH)
        or _holds_sex(han)
    )


def _holds_sex(han: str) -> bool:
    """Whether a sex stands behind a name: of four characters or more, which hardly a name has.

    Of those with a family name of two the last belongs to the name.
    """
    whole = _SEX_LENGTH + (han[:2] in _FAMILY_NAMES)
    return han[-1:] in _SEXES and len(han) >= whole


def _latin_doubt(text: str) -> str | None:
    plain = _plain_latin(text)
    words = _named_words(plain)
    if _names_several(words, [_named_words(part) for part in _PARTS.split(plain)]):
        return "several"
    if not _ASIDES_OF_LATIN.isdisjoint(words):
        return "aside"
    if any(len(word) == 1 for word in words):
        return "initials"
    return "single_word" if len(words) == 1 else None


def _plain_latin(text: str) -> str:
    """Return what is no Han, upper case, without apostrophes and A/L."""
    return _CHILD_OF.sub("", _APOSTROPHE.sub("", HAN.sub(" ", text).upper()))


def _named_words(text: str) -> list[str]:
    return [word for word in latin_words(text) if word not in TITLES]


def _names_several(words: Sequence[str], parts: Iterable[Sequence[str]]) -> bool:
    """Whether a name has more parts than two, or a word in two of them: SMITH JOHN/SMITH JANE."""
    named = [set(part) for part in parts if part]
    repeated = len(set().union(*named)) < sum(map(len, named))
    return "AND" in words or len(named) > _PARTS_MAX or repeated
