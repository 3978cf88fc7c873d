"""Chinese words that lists write at a Han name without any sign between: 旅客张伟, 张伟家属."""

import re

from exposure_index.identity.name import HAN, fold_han

_BEFORE = (
    "姓名 曾用名 曾用 原名 又名 别名 化名 旅客 乘客 游客 客人 领队 导游 经理 家属 同志"
    " 儿童 婴儿 成人 司机 护士 医生"
)
_BEHIND = (
    "同志 家属 经理 领队 导游 儿童 婴儿 旅客 乘客 游客 客人 医生 护士 老师 教授 主任 司机"
    " 等人 等[一二三四五六七八九十两]+人"
)
_BEHIND_TWO = "成人 本人 之子 之女"  # 李成人 may be called so
_BETWEEN = "曾用名 曾用 原名 又名 别名 化名"
_OTHERS = "家属 之子 之女 等人 夫妇 夫妻 一家 全家 父子 父女 母子 母女 兄弟 姐妹 携子 携女 携妻"
_SEX = frozenset("男女")  # as a word apart: 张伟 男


def _any_of(words: str) -> str:
    return "|".join(sorted(map(fold_han, words.split()), key=len, reverse=True))


_PIECE = re.compile(
    f"(?:(?:{_any_of(_BEFORE)})(?=..))*"
    "(?P<name>.+?)"
    f"(?:{_any_of(_BEHIND)}|(?<=..)(?:{_any_of(_BEHIND_TWO)}))*"
)
_FORMERLY = re.compile(f"(?:{_any_of(_BETWEEN)})(?=..)")
_ALONE = frozenset(map(fold_han, f"{_BEFORE} {_BEHIND}".split()))
ENDS = frozenset(word[-1] for word in _any_of(f"{_BEHIND} {_BEHIND_TWO}").split("|"))
BEGINNINGS = frozenset(word[0] for word in _any_of(_BEFORE).split("|"))
FORMERLY_SIGNS = frozenset(word[-1] for word in _any_of(_BETWEEN).split("|"))


_OF_OTHERS = re.compile(f"..(?:{_any_of(_OTHERS)}|等[0-9{fold_han('一二三四五六七八九十两')}]+人)")


def speaks_of_others(text: str) -> bool:
    """Whether Han say that somebody else is meant, or several: 张伟家属, 张伟夫妇, 张伟等3人."""
    return _OF_OTHERS.search(fold_han("".join(text.split()))) is not None


def holds_han_aside(text: str) -> bool:
    """Whether more than a name stands among the Han of a text, folded or not; or no name."""
    words = [fold_han(word) for word in HAN.findall(text)]
    han = "".join(words)
    return han in _ALONE or _names_in(words) != (han,)


def names_without_asides(text: str) -> tuple[str, ...]:
    """Return the names in a text with such words, folded, of two characters at least; else ()."""
    if not holds_han_aside(text):
        return ()
    words = [fold_han(word) for word in HAN.findall(text)]
    return tuple(name for name in _names_in(words) if len(name) > 1)


def _names_in(words: list[str]) -> tuple[str, ...]:
    han = "".join([word for word in words if word not in _SEX] if len(words) > 1 else words)
    if not han or (
        han[0] not in BEGINNINGS and han[-1] not in ENDS and FORMERLY_SIGNS.isdisjoint(han)
    ):
        return (han,)
    pieces = [_PIECE.fullmatch(piece) for piece in _FORMERLY.split(han) if piece]
    return tuple(found["name"] for found in pieces if found)
