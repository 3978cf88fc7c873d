"""What Han without a sign between them may be beside one name: glued, turned, composed.

Threat: 周诺大 is one of two people called 周诺, 诗诺周 has its surname behind, and 周王月 is how a
clerk without the character writes 周玥; as one name each is nobody's: "not found".
Limit: each reading is looked up beside the whole, which stands as it is. What marks a relative
(周诺母), or is a part of a character and never a name (讠, 钅), leaves the cell in doubt.
"""

from collections.abc import Iterator

from exposure_index.identity.name import fold_han
from tables.staff_names.han_surnames import COMPOUND_SURNAMES, SURNAMES, begins_with_surname

_COMPONENTS = frozenset(fold_han("讠訁钅釒礻衤艹匚丶扌氵忄犭纟糹饣飠亻刂阝辶宀冖疒廴彳灬攵罒囗"))
"""Parts of characters that no name holds."""
_MOUTH = fold_han("口")
"""At the end of a name a square, which stands for a character."""
_KIN = frozenset(fold_han("母父夫媳婿妈爸姨嫂"))
_MARKS_BEHIND = frozenset(
    fold_han(
        "母父夫媳婿妈爸姨嫂弟哥姐妹儿孙子大小甲乙丙丁一二三户家党汉退假病代外师港新生太员补增删改调派雇聘残孕壮藏蒙回副"
    )
)
"""Relatives, namesakes and states in one character, many of which given names end in too."""
_MARKS_BEFORE = frozenset(fold_han("母父代高班司师新大小老副组"))
_PAIRS = (
    "王月玥 王君珺 王奇琦 王其琪 王文玟 王予玙 王圭珪 王民珉 王林琳 金容镕 钅容镕 金名铭 钅名铭"
    " 金同铜 金金鑫 吉吉喆 羽中翀 立羽翊 羽立翊 日方昉 日立昱 立日昱 日斤昕 日生晟 日成晟 日告皓"
    " 日军晖 火亘烜 火日煜 火华烨 火韦炜 火玄炫 火火焱 火军煇 龙天䶮 天龙䶮 炎炎燚 言若诺 讠若诺"
    " 方土堃 石石磊 土土垚 木木森 水水淼 女亭婷 女朱姝 女亚娅 草心芯 艹心芯 艹涵菡 木辛梓 木风枫"
    " 雨文雯 雨沛霈 文武斌 山今岑 礻韦祎 衤韦祎 礻韦袆"
)
_COMPOSED = {fold_han(pair[:-1]): fold_han(pair[-1]) for pair in _PAIRS.split()}
"""Two parts of a character, as clerks write them who have no such character; and the character."""
_NAME_MIN, _NAME_MAX = 2, 4


def may_be_pieces(folded: str) -> bool:
    """Whether Han may be read in another way than as one name in order."""
    first, last = folded[0], folded[-1]
    if last in _MARKS_BEHIND or last == _MOUTH or not _COMPONENTS.isdisjoint(folded):
        return True
    if any(folded[at : at + 2] in _COMPOSED for at in range(1, len(folded) - 1)):
        return True
    if first not in SURNAMES and folded[:2] not in COMPOUND_SURNAMES:
        return True
    if folded[:2] in COMPOUND_SURNAMES:
        return False
    return first in _MARKS_BEFORE or folded[-2:] in COMPOUND_SURNAMES


def is_piece_fault(folded: str) -> bool:
    """Whether Han name a relative of somebody (周诺母), or describe a character (周诗讠若)."""
    if not _COMPONENTS.isdisjoint(folded):
        return True
    if len(folded) <= _NAME_MIN:
        return False
    return folded[-1] == _MOUTH or (folded[-1] in _KIN and begins_with_surname(folded))


def names_of_pieces(folded: str) -> tuple[str, ...]:
    """Return two to four folded Han and the further names that they may be, distinct."""
    if not may_be_pieces(folded):
        return (folded,)  # nearly every name
    return tuple(dict.fromkeys((folded, *names_in_pieces(folded))))


def names_in_pieces(folded: str) -> Iterator[str]:
    """Yield every further name that two to four folded Han may be."""
    length = len(folded)
    if not _NAME_MIN <= length <= _NAME_MAX + 1:
        return
    yield from _turned(folded)
    for at in range(1, length - 1):
        if character := _COMPOSED.get(folded[at : at + 2]):
            yield folded[:at] + character + folded[at + 2 :]
    if length == _NAME_MIN:
        return
    first, last = folded[0], folded[-1]
    is_compound = folded[:2] in COMPOUND_SURNAMES
    may_be_word = not is_compound and (first not in SURNAMES or first in _MARKS_BEFORE)
    if may_be_word and begins_with_surname(folded[1:]):
        yield folded[1:]
    if last in _MARKS_BEHIND and begins_with_surname(folded):
        yield folded[:-1]
    if length == _NAME_MAX and not is_compound:
        yield from (folded[:3], folded[1:], first + folded[2:], folded[:2] + last)
        yield from (folded[:2], folded[2:])


def _turned(folded: str) -> Iterator[str]:
    """Yield the name whose surname stands behind it: 周诗诺 of 诗诺周."""
    if begins_with_surname(folded):
        return
    if folded[-2:] in COMPOUND_SURNAMES and len(folded) > _NAME_MIN:
        yield folded[-2:] + folded[:-2]
    if folded[-1] in SURNAMES:
        yield folded[-1] + folded[:-1]
