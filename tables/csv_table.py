"""Reads one CSV table in batches without losing a line to its neighbour's fault.

A stray quotation mark makes most readers swallow every line up to the next one. Here a record may
span a few lines only, and a line that does not parse, or has more or fewer cells than the header,
is rejected alone.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from tables.encodings import detect_encoding, has_utf8_han
from tables.header import HeaderNaming, repeated_columns

BATCH_ROWS = 50_000
RECORD_MAX_LINES = 5
CELL_MAX_CHARACTERS = 32_768
LINE_MAX_BYTES = 1 << 20
_CELL_TOO_LONG = f"a cell longer than {CELL_MAX_CHARACTERS} characters"


class RejectsRows(Protocol):
    """Whatever notes the rows that are not used, as RejectList does."""

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Take note of it, or raise where nothing may be left out."""


class TableUnreadable(ValueError):
    """The file as a whole cannot be read as a table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, by column; `rows` are line numbers, 1 being the header."""

    rows: list[int]
    columns: dict[str, list[str]]


class CsvTable:
    """One CSV file: its encoding, header and, on iteration, its rows in batches."""

    def __init__(
        self,
        path: Path,
        rejects: RejectsRows,
        table: str,
        naming: HeaderNaming | None = None,
    ) -> None:
        self.path = path
        self.table = table
        self.encoding = detect_encoding(path)
        self._rejects = rejects
        self.headings = self._read_header()
        naming = naming or HeaderNaming()
        self.header = naming(self.headings)
        if twice := repeated_columns(self.header, naming.known_columns):
            message = f"{path.name}: the header names a column twice: {twice}"
            raise TableUnreadable(message)
        self.remarks = [f"{path.name}: read as GB18030"] if self.encoding == "gb18030" else []
        self.rows_read = 0

    def _read_header(self) -> list[str]:
        with self.path.open("rb") as file:
            line = file.readline(LINE_MAX_BYTES + 1)
        if not line.strip():
            message = f"{self.path.name}: empty; a header line with the column names is needed"
            raise TableUnreadable(message)
        if len(line) > LINE_MAX_BYTES:
            message = f"{self.path.name}: row 1 is longer than {LINE_MAX_BYTES} bytes; is it a CSV?"
            raise TableUnreadable(message)
        try:
            cells: list[str] = next(csv.reader([line.decode(self.encoding)], strict=True))
        except (UnicodeDecodeError, csv.Error, StopIteration) as error:
            message = f"{self.path.name}: row 1 is not a CSV header"
            raise TableUnreadable(message) from error
        return [cell.removeprefix("\ufeff") for cell in cells]

    def __iter__(self) -> Iterator[Batch]:
        with self.path.open("rb") as file:
            file.readline()
            line_number = 2
            every_line = _bounded(file)
            while lines := list(islice(every_line, BATCH_ROWS)):
                # A record that starts in this block may end in the next: never cut inside a quote.
                while lines[-1].count(b'"') % 2 and len(lines) < BATCH_ROWS + RECORD_MAX_LINES:
                    following = next(every_line, b"")
                    if not following:
                        break
                    lines.append(following)
                rows, records = self._parse(lines, line_number)
                line_number += len(lines)
                self.rows_read += len(rows)
                if rows:
                    columns = [list(column) for column in zip(*records, strict=True)]
                    yield Batch(rows, dict(zip(self.header, columns, strict=True)))

    def _parse(self, lines: list[bytes], first: int) -> tuple[list[int], list[list[str]]]:
        width = len(self.header)
        if max(map(len, lines)) > CELL_MAX_CHARACTERS or any(map(self._is_foreign, lines)):
            return self._parse_one_by_one(lines, first)
        try:
            text = [line.decode(self.encoding) for line in lines]
            records = list(csv.reader(text, strict=True))
        except (UnicodeDecodeError, csv.Error):
            return self._parse_one_by_one(lines, first)
        if len(records) == len(lines) and all(len(record) == width for record in records):
            return list(range(first, first + len(lines))), records
        return self._parse_one_by_one(lines, first)

    def _is_foreign(self, line: bytes) -> bool:
        return self.encoding == "gb18030" and not line.isascii() and has_utf8_han(line)

    def _parse_one_by_one(
        self, lines: list[bytes], first: int
    ) -> tuple[list[int], list[list[str]]]:
        rows: list[int] = []
        records: list[list[str]] = []
        at = 0
        while at < len(lines):
            record, used = self._record(lines, at, first + at)
            if record is not None:
                rows.append(first + at)
                records.append(record)
            at += used
        return rows, records

    def _record(self, lines: list[bytes], at: int, row: int) -> tuple[list[str] | None, int]:
        """Return the record that starts at a line, and how many lines it takes."""
        if not lines[at].strip():
            return None, 1
        reason = "not valid text in the file's encoding"
        lines_max = 0 if self._is_foreign(lines[at]) else min(RECORD_MAX_LINES, len(lines) - at)
        for used in range(1, lines_max + 1):
            try:
                text = b"".join(lines[at : at + used]).decode(self.encoding)
                record = next(csv.reader([text], strict=True))
            except UnicodeDecodeError:
                break
            except (csv.Error, StopIteration) as error:
                if "field larger" in str(error):
                    reason = _CELL_TOO_LONG
                    break
                reason = "quotation marks that do not close"
                continue
            if any(len(cell) > CELL_MAX_CHARACTERS for cell in record):
                reason = _CELL_TOO_LONG
                break
            if len(record) == len(self.header):
                return record, used
            reason = f"{len(record)} cells where the header has {len(self.header)}"
            break
        self._rejects.reject(self.table, row, "", reason)
        self.rows_read += 1
        return None, 1


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of an endless one only the start, which is then rejected."""
    while line := file.readline(LINE_MAX_BYTES):
        rest = line
        while len(rest) == LINE_MAX_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(LINE_MAX_BYTES)
        yield line
