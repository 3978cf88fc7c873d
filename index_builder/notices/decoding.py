"""Decodes the bytes of a notices file; tables have rules of their own (`tables/encodings.py`).

Here stands too the one error for a file that is no table at all.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError

DAMAGED = "\ufffd"  # stands where bytes could not be decoded; the row holding it is rejected
# One undecodable byte for every so many good characters: a damaged file of that encoding, rather
# than a file of another one. GB18030 reads almost any bytes, so UTF-8 is judged first.
_GOOD_FOR_EACH_BAD = 10
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class NoticesUnreadable(ForeseenError):
    """A file without a single readable row; the text names the file and what to do, no cell."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, file: Path, reason: str, advice: str) -> None:
        """reason: what is wrong; advice: what the reader can do about it."""
        super().__init__(f"{file}: {reason}. {advice}")
        self.file = file
        self.reason = reason
        self.advice = advice


def decode(file: Path) -> tuple[str, str]:
    """Return a file's text and its encoding: utf-8, utf-16 or gb18030.

    Undecodable bytes of an otherwise good file become DAMAGED. Raises NoticesUnreadable where the
    file cannot be opened, is a workbook, or is text in no known encoding.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or 'input error'})"
        raise NoticesUnreadable(file, reason, "Check the path and its permissions.") from None
    if data.startswith(_WORKBOOKS):
        raise NoticesUnreadable(file, "is a spreadsheet workbook", "Save it as CSV (UTF-8).")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "utf-16"
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
        bad = text.count(DAMAGED)
        if bad * _GOOD_FOR_EACH_BAD <= sum(character > "\x7f" for character in text) - bad:
            return text, encoding
    raise NoticesUnreadable(
        file, "is neither UTF-8 nor GB18030 text", "Save it as CSV (UTF-8) and try again."
    )
