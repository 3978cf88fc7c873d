"""Folding of any cell's text before a parser looks at it: width, case, spaces, marks, digits."""

from __future__ import annotations

import re
import unicodedata

# Said in the place of a value by every department and every tool seen so far.
_UNKNOWN_WORDS = re.compile(
    r"不[详詳]|不明|未知|不清楚|待定|待查"
    r"|UNKNOWN|PENDING|(?<![A-Z])(?:TBC|TBD|NULL|NONE|N/?A)(?![A-Z])"
)
_BLANK_MARKS = frozenset(("", "-", "--", "—", "——", "?", "/", ".", "*", "无", "空"))
# The signs of provinces on plates, words around the numbers of services and names of airlines.
_SIMPLIFIED = str.maketrans(
    "粵滬遼黒魯蘇贛晉陝閩貴雲寧瓊學號線車鐵輕軌詳運輪遊郵機飛動長專計園國華榮龍灣東門"
    "廈聯亞歐羅馬臺開經電纜營業務樓約順風際離駁擺單內鄉農廠滾懸貨漁護類組艙標區廂間誤"
    "點遲強境",
    "粤沪辽黑鲁苏赣晋陕闽贵云宁琼学号线车铁轻轨详运轮游邮机飞动长专计园国华荣龙湾东门"
    "厦联亚欧罗马台开经电缆营业务楼约顺风际离驳摆单内乡农厂滚悬货渔护类组舱标区厢间误"
    "点迟强境",
)
# What stands for a dash or a middle dot beside Unicode's own dashes (category Pd): the dots of
# Chinese, Japanese and Western keyboards, the minus, the Japanese long mark, drawn lines.
_LIKE_A_DASH = frozenset("·•・･‧∙⋅⸱●◦ꞏ\u0307−ー⁃˗─━")
_LIKE_A_POINT = frozenset("。｡․")
_NUMBER_ALONE = re.compile("[A-Za-z]{0,2}[0-9]{1,5}")
_ZERO_WIDTH_SPACE = "\u200b"
_INVISIBLE_IN_DIGITS = re.compile(f"(?<=[0-9]){_ZERO_WIDTH_SPACE}+(?=[0-9])")


def is_plain(text: str) -> bool:
    """Return whether text has ASCII letters and digits alone: four fifths of what citizens type.

    There is nothing to fold but case.
    """
    return text.isascii() and text.isalnum()


def is_number_alone(text: str) -> bool:
    """Return whether text is a number with two letters before it at most: no word has so few."""
    return _NUMBER_ALONE.fullmatch(text) is not None


def spaced(text: str) -> str:
    """Return text in NFKC and upper case; every control and space character becomes one space."""
    if is_plain(text):
        return text.upper()
    characters = (
        " " if unicodedata.category(character)[0] in "CZ" else character
        for character in unicodedata.normalize("NFKC", text).upper()
    )
    return " ".join("".join(characters).split())


def compact(text: str) -> str:
    """Return text in NFKC and upper case without any space or control character."""
    return spaced(text).replace(" ", "")


def simplified(text: str) -> str:
    """Return text with the traditional characters of plates, lines and vehicles simplified."""
    if text.isascii():
        return text
    return text.translate(_SIMPLIFIED)


def says_unknown(folded: str) -> bool:
    """Return whether folded text stands for "no value": blank, a dash, or a word for unknown."""
    return folded in _BLANK_MARKS or _UNKNOWN_WORDS.search(folded) is not None


def without_unknown_words(folded: str) -> str:
    """Return folded text with every word for "unknown" taken out."""
    return _UNKNOWN_WORDS.sub(" ", folded)


def plain_marks(text: str) -> str:
    """Return text in NFKC, every dash and middle dot as ``-``, every full stop as ``.``.

    An invisible mark (category Cf: direction, joiners, soft hyphen) becomes a space; between two
    digits, where it can separate nothing, it is dropped.
    """
    if text.isascii():
        return text
    plain = "".join(map(_plain_mark, unicodedata.normalize("NFKC", text)))
    return _INVISIBLE_IN_DIGITS.sub("", plain).replace(_ZERO_WIDTH_SPACE, " ")


def _plain_mark(character: str) -> str:
    if character.isascii():
        return character
    if character in _LIKE_A_POINT:
        return "."
    category = unicodedata.category(character)
    if category == "Pd" or character in _LIKE_A_DASH:
        return "-"
    return _ZERO_WIDTH_SPACE if category == "Cf" else character
