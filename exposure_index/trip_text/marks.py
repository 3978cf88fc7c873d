"""The marks between the parts of a number, however a keyboard, a font or a programme makes them."""

import re
import unicodedata

# What stands for a dash or a middle dot beside Unicode's own dashes (category Pd): the dots of
# Chinese, Japanese and Western keyboards, the minus, the Japanese long mark, drawn lines.
_LIKE_A_DASH = frozenset("·•・･‧∙⋅⸱●◦ꞏ\u0307−ー⁃˗─━")
_LIKE_A_POINT = frozenset("。｡․")
_ZERO_WIDTH_SPACE = "\u200b"
_INVISIBLE_IN_DIGITS = re.compile(f"(?<=[0-9]){_ZERO_WIDTH_SPACE}+(?=[0-9])")


def plain_marks(text: str) -> str:
    """Return text in NFKC, every dash and middle dot as ``-``, every full stop as ``.``.

    An invisible mark (category Cf: direction, joiners, soft hyphen) becomes a space; between two
    digits, where it can separate nothing, it is dropped.
    """
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", text)))
    return _INVISIBLE_IN_DIGITS.sub("", plain).replace(_ZERO_WIDTH_SPACE, " ")


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _LIKE_A_POINT:
        return "."
    category = unicodedata.category(character)
    if category == "Pd" or character in _LIKE_A_DASH:
        return "-"
    return _ZERO_WIDTH_SPACE if category == "Cf" else character
