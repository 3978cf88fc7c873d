"""The lines of a file as bytes, of bounded length, whatever ends them."""

import codecs
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import AnyStr, BinaryIO

from tables.text_encodings.encodings import UTF_8, encoding_of, has_utf8_han

LINE_MAX_BYTES = 1 << 20
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_START_BYTES = 1 << 16
_DAMAGED = "\ufffd"
_MARK = "\ufeff"


class FileLines:
    """The lines of one file; iterated, each with its end, as bytes that `text` decodes.

    encoding: of the file. UTF-16, and the line ends of old Macintosh programs, are turned into
    UTF-8 and line feeds as they are read, so that a reader of lines has one kind of them only.
    """

    def __init__(self, open_file: Callable[[], BinaryIO], name: str, choice: str = "") -> None:
        """open_file: gives the file anew, seekable and at its start; name: for messages.

        choice: see encoding_of. Raises EncodingRefused for no certain encoding, OSError.
        """
        self._open = open_file
        with open_file() as file:
            start = file.read(_START_BYTES)
            marked = start.startswith(_UTF16_MARKS)
            self.encoding = "utf-16" if marked else encoding_of(file, name, choice)
        feeds = b"\n" in start
        self._line_end = "\r" if b"\r" in start.rstrip(b"\r\n\0") and not feeds else "\n"
        self._recoded = self.encoding == "utf-16" or self._line_end == "\r"

    def __iter__(self) -> Iterator[bytes]:
        """Yield each line; of an endless one only the start."""
        with self._open() as file:
            if not self._recoded:
                yield from _bounded(file.readline, LINE_MAX_BYTES, b"\n")
                return
            text = io.TextIOWrapper(file, self.encoding, errors="replace", newline=self._line_end)
            for line in _bounded(text.readline, LINE_MAX_BYTES, self._line_end):
                yield line.replace("\r", "\n" if self._line_end == "\r" else "\r").encode()

    def text(self, line: bytes) -> str:
        """Return a line's text. Raises UnicodeDecodeError where it is not in the encoding."""
        if not self._recoded and self.encoding != UTF_8:
            return line.decode(self.encoding)
        text = line.decode().removeprefix(_MARK)
        if self._recoded and _DAMAGED in text:
            raise UnicodeDecodeError(self.encoding, line, 0, len(line), "damaged")
        return text

    def joined_text(self, lines: Sequence[bytes]) -> str | None:
        """Return the text of several lines, None where a byte order mark stands among them.

        Raises UnicodeDecodeError where any of them is not in the encoding.
        """
        text = self.text(b"".join(lines))
        return None if _MARK in text else text

    def is_foreign(self, line: bytes) -> bool:
        """Return whether a line came from a file of another encoding, though it can be decoded."""
        if self._recoded or self.encoding == UTF_8 or line.isascii():
            return False
        return has_utf8_han(line)


def _bounded(readline: Callable[[int], AnyStr], size: int, end: AnyStr) -> Iterator[AnyStr]:
    """Yield the lines of a file; of an endless one only the start, which is then rejected."""
    for line in iter(partial(readline, size), end[:0]):
        rest = line
        while len(rest) == size and not rest.endswith(end):
            rest = readline(size)
        yield line
