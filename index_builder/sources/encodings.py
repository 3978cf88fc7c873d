"""Tells UTF-8 from GB18030, the two encodings in which departments deliver their tables."""

import codecs
from pathlib import Path

_BLOCK_BYTES = 1 << 20
_SAMPLE_LINES = 2_000


class EncodingRefused(ValueError):
    """The file is text in an encoding that the standard does not allow."""


def detect_encoding(path: Path) -> str:
    """Return "utf-8-sig" (UTF-8 with or without a mark) or "gb18030".

    A file that is whole in neither gets the one in which fewer of its lines are broken; those
    lines are rejected one by one by the reader. UTF-16 and UTF-32 raise EncodingRefused.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = f"{path.name}: UTF-16 text; save it as UTF-8 or GB18030"
        raise EncodingRefused(message)
    for encoding in ("utf-8", "gb18030"):
        if _decodes_whole(path, encoding):
            return "utf-8-sig" if encoding == "utf-8" else encoding
    broken = {name: _broken_lines(path, name) for name in ("utf-8", "gb18030")}
    return "utf-8-sig" if broken["utf-8"] <= broken["gb18030"] else "gb18030"


def _decodes_whole(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _broken_lines(path: Path, encoding: str) -> int:
    broken = 0
    with path.open("rb") as file:
        for number, line in enumerate(file):
            if number == _SAMPLE_LINES:
                break
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                broken += 1
    return broken
