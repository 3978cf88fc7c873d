"""Formats of cells that show other digits than a number has: "E"0 shows 12345678 as E12345678.

Threat: whoever writes a list reads E12345678 in its cell, and 12345678 is looked up.
Limit: cells that name no place of theirs are not seen.
"""

import re
from html import unescape

SHOWS_OTHER = 99
"""As many digits as no number has: a format that never shows a number as it is."""

_CUSTOM = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_NUMBER = re.compile(rb"\snumFmtId\s*=\s*[\"']([0-9]+)[\"']")
_CODE = re.compile(rb"\sformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_CELL_STYLE = re.compile(rb"\ss\s*=\s*[\"']([0-9]+)[\"']")
_NO_NUMBER = re.compile(rb"\st\s*=\s*[\"'](?!n[\"'])")
_UNSEEN = re.compile(r"\[[^\]]*\]|[_*].|\\[ ()-]|\s")
_AS_IT_IS = re.compile(r"GENERAL|@|[#,?]*0?(?:\.[0#?]+)?(?:E\+0+)?")
_ZEROS = re.compile("0{2,}")
_OTHER_OF_OLD = frozenset((9, 10, 12, 13))  # per cent and fractions


def formats_of_styles(styles: bytes) -> dict[bytes, int]:
    """Return style of cells → the digits from which on a number shows as it is, of some styles.

    styles: the part of the workbook; left out are those that show every number as it is.
    """
    least: dict[int, int] = dict.fromkeys(_OTHER_OF_OLD, SHOWS_OTHER)
    for attributes in _CUSTOM.findall(styles):
        number, code = _NUMBER.search(b" " + attributes), _CODE.search(b" " + attributes)
        if number and code:
            least[int(number[1])] = _least_digits(unescape((code[1] or code[2] or b"").decode()))
    found: dict[bytes, int] = {}
    section = _STYLES.search(styles)
    for place, attributes in enumerate(_STYLE.findall(section[0] if section else b"")):
        number = _NUMBER.search(b" " + attributes)
        if number and (digits := least.get(int(number[1]), 0)):
            found[str(place).encode()] = digits
    return found


def formatted_numbers(sheet: bytes, formats: dict[bytes, int]) -> list[tuple[bytes, int]]:
    """Return the attributes of cells of numbers in such a style, and their least digits."""
    found: list[tuple[bytes, int]] = []
    for attributes in _CELL.findall(sheet):
        style = _CELL_STYLE.search(attributes)
        if style and style[1] in formats and not _NO_NUMBER.search(attributes):
            found.append((attributes, formats[style[1]]))
    return found


def _least_digits(code: str) -> int:
    section = _UNSEEN.sub("", code.partition(";")[0]).upper()
    if _ZEROS.fullmatch(section):
        return len(section)
    return 0 if section and _AS_IT_IS.fullmatch(section) else SHOWS_OTHER
