"""Words and signs of a name field that name nobody: titles, fillers and masks.

A real name that is taken for a filler costs little in a source (its row is then found by document
number under any name) and stops a person in a form: only words that hardly anybody bears stand
here. They are weighed in decisions/0026.
"""

import re
from collections.abc import Iterable, Sequence

from exposure_index.identity.tables import FOLD

HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters, as the inside of a class of a regular expression."""
HAN_TITLES = ("先生", "女士", "小姐", "太太")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "MR MRS MS MISS MSTR CHD INF DR PROF MDM MX ADT EXST UM UMNR FNU LNU JR SR II III IV"
)
"""Words beside a Latin name that say nothing of whose it is."""
NO_NAME_TITLES = _words("FNU LNU")  # first, last name unknown
_FILLER_WORDS = _words("TBA TBC TBD UNKNOWN UNNAMED")
_FILLER_NAMES = _words(
    "ANONYMOUS BLANK EMPTY GUEST MISSING NA NAN NIL NONAME NONE NOTAPPLICABLE NOTAVAILABLE"
    " NOTGIVEN NOTKNOWN NOTPROVIDED NULL PASSENGER PAX PENDING TEST TESTTEST UNDEFINED UNK"
)
_HAN_FILLERS = _words(
    "未知 未详 不详 不明 不知 不知道 无名 无名氏 无姓名 佚名 匿名 旅客 乘客 散客 游客 客人"
    " 姓名 氏名 名字 待定 待补 待填 未填 未提供 未登记 未实名 暂无 无 空白 保密 婴儿 儿童"
    " 成人 本人 查无此人"
)
# Beside another word or letter it is a name, as TEST is: lists for trial call people 测试甲.
HAN_TRIAL = "测试"
_OTHER_FILLERS = _words("미상 불명 성명미상 이름없음 승객 НЕИЗВЕСТНО НЕИЗВЕСТЕН ななし")
_COUNTERS = "甲乙丙丁戊一二三四五六七八九十"


def _any_of(words: Iterable[str]) -> str:
    """Return the words as alternatives of a regular expression, as folded names hold them."""
    return "|".join(sorted((word.translate(FOLD) for word in words), key=len, reverse=True))


_TITLE_OF_HAN = _any_of(HAN_TITLES)
_HAN_NOBODY = re.compile(
    f"(?:{_any_of((*_HAN_FILLERS, HAN_TRIAL))})*"
    f"(?:(?:{_any_of(_HAN_FILLERS)})[{_COUNTERS}]?|{HAN_TRIAL.translate(FOLD)})"  # 乘客甲
    "|.+某.*|某某.*"  # 张某某; but 某 may be a family's name
    f"|某(?:[男女人{_COUNTERS}]|{_any_of((*HAN_TITLES, *_HAN_FILLERS, HAN_TRIAL))})"
    f"|.(?:{_TITLE_OF_HAN})"  # 张先生
)
NOBODY_BEGINNINGS = frozenset(word.translate(FOLD)[0] for word in (*_HAN_FILLERS, HAN_TRIAL))
TITLES_OF_HAN = frozenset(_TITLE_OF_HAN.split("|"))
_MASK = re.compile(
    "[*#?\ufffd※□■●◎⬤◆◇★☆▲△×╳✕✖✗✘\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]|[○◯〇].*[○◯〇]"
)
_CROSSES = re.compile("X{3,}")


def holds_mask(text: str) -> bool:
    """Whether a text in NFKC holds a sign in place of characters that were taken out."""
    return _MASK.search(text) is not None


def without_han_title(han: str) -> str:
    """Return folded Han without 先生, 女士, 小姐 or 太太 at the end, where two are left."""
    return han[:-2] if len(han) > 3 and han[-2:] in TITLES_OF_HAN else han


def is_han_filler(han: str) -> bool:
    """Whether folded Han are a filler, hold 某 for a character, or are a surname with a title."""
    may_be = han[:1] in NOBODY_BEGINNINGS or han[-2:] in TITLES_OF_HAN or "某" in han
    return may_be and _HAN_NOBODY.fullmatch(han) is not None


def is_latin_filler(words: Sequence[str]) -> bool:
    """Whether the words of a name, A–Z, are a filler or hold crosses for letters."""
    joined = "".join(words)
    return (
        joined in _FILLER_NAMES
        or not _FILLER_WORDS.isdisjoint(words)
        or ("XX" in joined and (not joined.strip("X") or any(map(_CROSSES.fullmatch, words))))
    )


def is_other_filler(letters: str) -> bool:
    """Whether the letters of a name in another script, upper case, are a filler."""
    return letters in _OTHER_FILLERS
