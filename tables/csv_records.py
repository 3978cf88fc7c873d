"""Cuts the lines of a CSV file into records, each line judged for itself.

A stray quotation mark makes most readers swallow every line up to the next one. Here a record may
span some lines only, none of which could be a row of its own, and a line that does not parse has a
fault of its own and no neighbour's.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from tables.dialect import strict_cells
from tables.file_lines import FileLines

RECORD_MAX_LINES = 20
CELL_MAX_CHARACTERS = 32_768
NOT_TEXT = "not valid text in the file's encoding"
CELL_TOO_LONG = f"a cell longer than {CELL_MAX_CHARACTERS} characters"
QUOTES_OPEN = "quotation marks that do not close"
ROWS_IN_QUOTES = "quotation marks around what may be other rows"
BLOCK_BYTES = 1 << 24
_RECORD_MAX_CHARACTERS = 1 << 17
_LINES_AT_ONCE = 16  # of which each may be as long as a line is at most


def _block(every_line: Iterator[bytes], size: int) -> list[bytes]:
    """Return the next lines, so many or so many bytes; at least one while there are any."""
    lines: list[bytes] = []
    length = 0
    while len(lines) < size and length < BLOCK_BYTES:
        some = list(islice(every_line, min(size - len(lines), _LINES_AT_ONCE)))
        if not some:
            break
        lines += some
        length += sum(map(len, some))
    return lines


class LineRecord(NamedTuple):
    """What begins at a line: a record, or None and what is wrong with it; "" for a blank line.

    row: the number of the line, 1 being the first of the file; lines: how many it takes.
    """

    row: int
    lines: Sequence[bytes]
    record: list[str] | None
    fault: str


class CsvRecords:
    """The records below the header of one file, cut at one delimiter.

    width: cells of the header; width_min: up to its last heading that is not blank.
    """

    def __init__(self, lines: FileLines, delimiter: str, headings: Sequence[str]) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self.width = len(headings)
        filled = [place for place, cell in enumerate(headings, 1) if cell.strip()]
        self.width_min = max(filled, default=self.width)

    def blocks(self, after: int, size: int) -> Iterator[tuple[int, list[bytes]]]:
        """Yield the lines below a row in blocks, with the number of the first of each.

        size: lines of a block; a few more where a record spans its end, fewer where they are long.
        """
        every_line = islice(self._lines, after, None)
        first = after + 1
        while lines := _block(every_line, size):
            # A record that starts in this block may end in the next: never cut inside a quote.
            while lines[-1].count(b'"') % 2 and len(lines) < size + RECORD_MAX_LINES:
                following = next(every_line, b"")
                if not following:
                    break
                lines.append(following)
            yield first, lines
            first += len(lines)

    def at_once(self, lines: list[bytes]) -> list[list[str]] | None:
        """Return a record of the header's width for each line, None where any needs a look."""
        if max(map(len, lines)) > CELL_MAX_CHARACTERS or any(map(self._lines.is_foreign, lines)):
            return None
        try:
            text = self._lines.joined_text(lines)
            if text is None:
                return None
            each = io.StringIO(text, newline="\n")
            records = list(csv.reader(each, delimiter=self._delimiter, strict=True))
        except (UnicodeDecodeError, csv.Error):
            return None
        if len(records) != len(lines):
            return None
        is_plain = set(map(len, records)) == {self.width}
        return records if is_plain or all(map(self.fit, records)) else None

    def one_by_one(self, lines: list[bytes], first: int) -> Iterator[LineRecord]:
        """Yield what begins at each line; records may be of another width than the header's."""
        at = 0
        while at < len(lines):
            record, used, fault = self._record(lines, at)
            yield LineRecord(first + at, lines[at : at + used], record, fault)
            at += used

    def fit(self, record: list[str]) -> bool:
        """Return whether a record has the header's width, given it where no cell moves or goes."""
        width = self.width
        if len(record) == width:
            return True
        if len(record) > width and not any(map(str.strip, record[width:])):
            del record[width:]
        elif self.width_min <= len(record) < width:
            record.extend([""] * (width - len(record)))
        return len(record) == width

    def _record(self, lines: list[bytes], at: int) -> tuple[list[str] | None, int, str]:
        """Return the record that starts at a line, how many lines it takes, and what is wrong.

        No record and no fault: the line is blank.
        """
        if not lines[at].strip():
            return None, 1, ""
        if self._lines.is_foreign(lines[at]):
            return None, 1, NOT_TEXT
        text, fault = "", QUOTES_OPEN
        for used, line in enumerate(lines[at : at + RECORD_MAX_LINES], 1):
            try:
                text += self._lines.text(line)
            except UnicodeDecodeError:
                fault = NOT_TEXT if used == 1 else QUOTES_OPEN
                break
            if used > 1 and b'"' not in line:
                continue  # what was open stays open
            record = strict_cells(text, self._delimiter)
            if record is not None or len(text) > _RECORD_MAX_CHARACTERS:
                fault = self._fault(record, lines[at : at + used])
                lines_used = 1 if fault in (CELL_TOO_LONG, QUOTES_OPEN) else used
                return None if fault else record, lines_used, fault
        return None, 1, fault

    def _fault(self, record: list[str] | None, lines: list[bytes]) -> str:
        """Return what is wrong with a record of some lines, "" where nothing is."""
        if record is None or any(len(cell) > CELL_MAX_CHARACTERS for cell in record):
            return CELL_TOO_LONG
        if len(lines) == 1:
            return ""
        if self._swallows_rows(record, lines):
            return ROWS_IN_QUOTES
        return "" if self.fit(record) else QUOTES_OPEN

    def _swallows_rows(self, record: list[str], lines: list[bytes]) -> bool:
        """Whether a line within a record's quotation marks could be a row of its own.

        The last line of a cell that ends there has as many cells as the record has from it on.
        """
        before, *inner, last = map(self._cells_alone, lines)
        rest = len(record) - before + 1
        return any(map(self._could_be_row, inner)) or (last != rest and self._could_be_row(last))

    def _cells_alone(self, line: bytes) -> int:
        """Return how many cells a line would have by itself, with whatever quotation marks."""
        try:
            text = self._lines.text(line)
            return len(next(csv.reader([text], delimiter=self._delimiter), []))
        except (UnicodeDecodeError, csv.Error):
            return 0

    def _could_be_row(self, cells: int) -> bool:
        return cells > 1 and self.width_min <= cells <= self.width
