"""Reads the rows of a CSV file without losing a line to its neighbour's fault.

A stray quotation mark makes most readers swallow every line up to the next one. Here a record may
span some lines only, none of which could be a row of its own, and a line that does not parse, or
has more or fewer cells than the header, is rejected alone.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tables.dialect import Dialect, HeaderRules, find_dialect, strict_cells
from tables.encodings import UTF_8, encoding_name
from tables.file_lines import LINE_MAX_BYTES, FileLines
from tables.row_kinds import RowKinds, data_above
from tables.table_faults import RejectsRows, TableUnreadable, row_ranges

BATCH_ROWS = 50_000
RECORD_MAX_LINES = 20
CELL_MAX_CHARACTERS = 32_768
NOT_TEXT = "not valid text in the file's encoding"
CELL_TOO_LONG = f"a cell longer than {CELL_MAX_CHARACTERS} characters"
QUOTES_OPEN = "quotation marks that do not close"
ROWS_IN_QUOTES = "quotation marks around what may be other rows"
ABOVE_HEADER = "it stands above the header and may be a row of data"
_FIRST_LINES = 60
_NO_HEADER = "\ufffd\n"
_RECORD_MAX_CHARACTERS = 1 << 17
_DELIMITER_NAMES = {"\t": "tab", " ": "space"}

Rows = tuple[list[int], list[list[str]]]


class CsvRows:
    """The rows of one CSV file as text: encoding, delimiter, header and, on iteration, records.

    Rows are numbers of lines, 1 being the first of the file.
    """

    def __init__(
        self,
        path: Path,
        rejects: RejectsRows,
        table: str,
        rules: HeaderRules,
        *,
        any_width: bool = False,
    ) -> None:
        """any_width: yield rows with more or fewer cells than the header too, for their reader.

        Fewer are filled up with blanks and remarked on. Raises TableUnreadable, EncodingRefused.
        """
        self.path = path
        self.table = table
        self._rejects = rejects
        self._any_width = any_width
        self._lines = FileLines(path, rules.encoding)
        self.encoding = self._lines.encoding
        self._dialect = self._find_dialect(rules)
        self._data_above = data_above(self._dialect.above)
        self.headings = self._dialect.headings
        self._kinds = RowKinds(self.headings, rules)
        self._width = len(self.headings)
        filled = [place for place, cell in enumerate(self.headings, 1) if cell.strip()]
        self._width_min = max(filled, default=self._width)
        self._short: list[int] = []
        self.rows_read = 0

    def remarks(self) -> list[str]:
        """Return what is odd in the file, as far as it has been read; no cell stands in it."""
        dialect, remarks = self._dialect, []
        if self.encoding not in {UTF_8, "utf-16"}:
            remarks.append(f"read as {encoding_name(self.encoding).upper()}")
        if dialect.delimiter != ",":
            sign = _DELIMITER_NAMES.get(dialect.delimiter, dialect.delimiter)
            remarks.append(f"the delimiter of its cells is {sign}")
        if titles := {row for row, _ in dialect.above}.difference(self._data_above):
            remarks.append(f"titles above the header, not read: rows {row_ranges(titles)}")
        remarks.extend(self._kinds.remarks())
        if self._short:
            rows = row_ranges(self._short)
            remarks.append(f"rows with fewer cells than the header, blank there: {rows}")
        return [f"{self.path.name}: {remark}" for remark in remarks]

    def __iter__(self) -> Iterator[Rows]:
        """Yield the numbers of rows and their records, in blocks. Raises TableUnreadable."""
        for row in self._data_above:
            self._reject(row, ABOVE_HEADER)
        every_line = islice(self._lines, self._dialect.last_header_row, None)
        first = self._dialect.last_header_row + 1
        while lines := list(islice(every_line, BATCH_ROWS)):
            # A record that starts in this block may end in the next: never cut inside a quote.
            while lines[-1].count(b'"') % 2 and len(lines) < BATCH_ROWS + RECORD_MAX_LINES:
                following = next(every_line, b"")
                if not following:
                    break
                lines.append(following)
            rows, records = self._kinds_of(self._parse(lines, first))
            first += len(lines)
            self.rows_read += len(rows)
            if rows:
                yield rows, records

    def _kinds_of(self, parsed: Rows) -> Rows:
        try:
            return self._kinds.data(*parsed)
        except TableUnreadable as error:
            message = f"{self.path.name}: {error}"
            raise TableUnreadable(message) from error

    def _find_dialect(self, rules: HeaderRules) -> Dialect:
        lines = list(islice(self._lines, _FIRST_LINES))
        texts = [self._first_text(line) for line in lines]
        dialect = find_dialect(texts, rules)
        if dialect is None and any(text.strip() for text in texts):
            raise self._unreadable("row 1 is not a CSV header")
        if dialect is None:
            raise self._unreadable("empty; a header line with the column names is needed")
        row = dialect.header_row
        if len(lines[row - 1]) >= LINE_MAX_BYTES:
            what = f"row {row} is longer than {LINE_MAX_BYTES} bytes; is it a CSV?"
            raise self._unreadable(what)
        return dialect

    def _first_text(self, line: bytes) -> str:
        """Return one of the first lines, or what is no header; it is rejected where it is a row."""
        try:
            return self._lines.text(line) if len(line) < LINE_MAX_BYTES else _NO_HEADER
        except UnicodeDecodeError:
            return _NO_HEADER

    def _parse(self, lines: list[bytes], first: int) -> Rows:
        if max(map(len, lines)) <= CELL_MAX_CHARACTERS and not any(
            map(self._lines.is_foreign, lines)
        ):
            try:
                texts = map(self._lines.text, lines)
                reader = csv.reader(texts, delimiter=self._dialect.delimiter, strict=True)
                records = list(reader)
            except (UnicodeDecodeError, csv.Error):
                records = []
            if len(records) == len(lines) and all(map(self._fit, records)):
                return list(range(first, first + len(lines))), records
        return self._parse_one_by_one(lines, first)

    def _parse_one_by_one(self, lines: list[bytes], first: int) -> Rows:
        rows: list[int] = []
        records: list[list[str]] = []
        at = 0
        while at < len(lines):
            row = first + at
            record, used, fault = self._record(lines, at)
            at += used
            if record is None:
                for line in range(row, row + used if fault else row):
                    self._reject(line, fault)
            elif self._fit(record) or (not self._is_note(row, record) and self._widen(row, record)):
                rows.append(row)
                records.append(record)
        return rows, records

    def _widen(self, row: int, record: list[str]) -> bool:
        """Return whether a record of another width is to be read; else its row is rejected."""
        if not self._any_width:
            self._reject(row, f"{len(record)} cells where the header has {self._width}")
            return False
        if len(record) < self._width:
            record.extend([""] * (self._width - len(record)))
            self._short.append(row)
        return True

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
            record = strict_cells(text, self._dialect.delimiter)
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
        return "" if self._fit(record) else QUOTES_OPEN

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
            return len(next(csv.reader([text], delimiter=self._dialect.delimiter), []))
        except (UnicodeDecodeError, csv.Error):
            return 0

    def _could_be_row(self, cells: int) -> bool:
        return cells > 1 and self._width_min <= cells <= self._width

    def _fit(self, record: list[str]) -> bool:
        """Return whether a record has the header's width, given it where no cell moves or goes."""
        width = self._width
        if len(record) == width:
            return True
        if len(record) > width and not any(map(str.strip, record[width:])):
            del record[width:]
        elif self._width_min <= len(record) < width:
            record.extend([""] * (width - len(record)))
        return len(record) == width

    def _is_note(self, row: int, record: list[str]) -> bool:
        """Whether a record of another width is a title or a footnote, or blank."""
        filled = [cell for cell in record if cell.strip()]
        return not filled or self._kinds.is_note(row, filled)

    def _reject(self, row: int, reason: str) -> None:
        self._rejects.reject(self.table, row, "", reason)
        self.rows_read += 1

    def _unreadable(self, what: str) -> TableUnreadable:
        return TableUnreadable(f"{self.path.name}: {what}")
