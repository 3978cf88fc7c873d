"""Detects the encoding of a file: UTF-8 or GB18030, in which departments deliver their tables."""

import codecs
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_BLOCK_BYTES = 1 << 20
_LINE_MAX_BYTES = 1 << 20
_LINES_WEIGHED_MAX = 20_000
# A lone short word of GB18030 is valid UTF-8 by accident now and then, two Han characters never.
_ACCIDENTS_SHARE_MAX = 0.1
_CERTAIN_SHARE_MAX = 0.01
_HAN_FIRST, _HAN_LAST = "\u3400", "\u9fff"
_REPLACEMENT = "\ufffd"


class EncodingRefused(ValueError):
    """The file is text in an encoding that the standard does not allow."""


def detect_encoding(path: Path) -> str:
    """Return the encoding of a file; see encoding_of. Raises EncodingRefused."""
    with path.open("rb") as file:
        return encoding_of(file, path.name)


def encoding_of(file: BinaryIO, name: str) -> str:
    """Return "utf-8-sig" (UTF-8 with or without a mark) or "gb18030".

    A file that is not wholly UTF-8 is weighed by its lines: GB18030 decodes nearly anything, so
    that it decodes proves nothing. The broken lines of either are rejected one by one by the
    reader. UTF-16, and a file with many lines of both, raise EncodingRefused.
    """
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = f"{name}: UTF-16 text; save it as UTF-8 or GB18030"
        raise EncodingRefused(message)
    if start.startswith(codecs.BOM_UTF8) or _is_whole_utf8(file):
        return "utf-8-sig"
    file.seek(0)
    lines = iter(lambda: file.readline(_LINE_MAX_BYTES), b"")
    utf8, certain, other = _weigh(line for line in lines if not line.isascii())
    if utf8 >= other:
        return "utf-8-sig"
    total = utf8 + other
    if utf8 <= _ACCIDENTS_SHARE_MAX * total and certain <= _CERTAIN_SHARE_MAX * total:
        return "gb18030"
    message = f"{name}: some lines are UTF-8 and others are not; save all of it as UTF-8"
    raise EncodingRefused(message)


def has_utf8_han(line: bytes) -> bool:
    """Return whether a line is valid UTF-8 with two Han characters or more.

    In a GB18030 file it came from elsewhere: read as GB18030 it would turn into other characters.
    """
    try:
        return _han_count(line.decode("utf-8")) > 1
    except UnicodeDecodeError:
        return False


def _is_whole_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(_BLOCK_BYTES):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _weigh(lines: Iterable[bytes]) -> tuple[int, int, int]:
    """Return how many lines speak for UTF-8, how many of those beyond doubt, how many against it.

    lines: those with bytes beyond ASCII; the first 20,000 that speak for either decide.
    """
    utf8 = certain = other = 0
    for line in lines:
        text = line.decode("utf-8", "replace")
        han, broken = _han_count(text), text.count(_REPLACEMENT)
        # A damaged UTF-8 line keeps its other characters; GB18030 read as UTF-8 keeps none.
        if not broken or han >= broken:
            utf8 += 1
            certain += not broken and han > 1
        elif _decodes(line, "gb18030"):
            other += 1
        if utf8 + other >= _LINES_WEIGHED_MAX:
            break
    return utf8, certain, other


def _han_count(text: str) -> int:
    return sum(_HAN_FIRST <= character <= _HAN_LAST for character in text)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
