"""Reads the rows of a CSV file: its header, and the records below it that are rows of data.

A line that does not parse, or has more or fewer cells than the header, is rejected alone.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tables.csv_records import CsvRecords
from tables.dialect import Dialect, HeaderRules, find_dialect
from tables.file_lines import LINE_MAX_BYTES, FileLines
from tables.row_kinds import RowKinds, data_above
from tables.table_faults import RejectsRows, TableUnreadable, row_ranges
from tables.text_encodings.encodings import UTF_8, encoding_name

BATCH_ROWS = 50_000
ABOVE_HEADER = "it stands above the header and may be a row of data"
_FIRST_LINES = 60
_NO_HEADER = "\ufffd\n"
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
        self._lines = FileLines(lambda: path.open("rb"), path.name, rules.encoding)
        self.encoding = self._lines.encoding
        self._dialect = self._find_dialect(rules)
        self._data_above = data_above(self._dialect.above)
        self.headings = self._dialect.headings
        self._kinds = RowKinds(self.headings, rules)
        self._records = CsvRecords(self._lines, self._dialect.delimiter, self.headings)
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
        for first, lines in self._records.blocks(self._dialect.last_header_row, BATCH_ROWS):
            rows, records = self._kinds_of(self._parse(lines, first))
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
        if (records := self._records.at_once(lines)) is not None:
            return list(range(first, first + len(lines))), records
        rows: list[int] = []
        kept: list[list[str]] = []
        for row, used, record, fault in self._records.one_by_one(lines, first):
            if record is None:
                for line in range(row, row + len(used) if fault else row):
                    self._reject(line, fault)
            elif self._records.fit(record) or (
                not self._is_note(row, record) and self._widen(row, record)
            ):
                rows.append(row)
                kept.append(record)
        return rows, kept

    def _widen(self, row: int, record: list[str]) -> bool:
        """Return whether a record of another width is to be read; else its row is rejected."""
        width = self._records.width
        if not self._any_width:
            self._reject(row, f"{len(record)} cells where the header has {width}")
            return False
        if len(record) < width:
            record.extend([""] * (width - len(record)))
            self._short.append(row)
        return True

    def _is_note(self, row: int, record: list[str]) -> bool:
        """Whether a record of another width is a title or a footnote, or blank."""
        filled = [cell for cell in record if cell.strip()]
        return not filled or self._kinds.is_note(row, filled)

    def _reject(self, row: int, reason: str) -> None:
        self._rejects.reject(self.table, row, "", reason)
        self.rows_read += 1

    def _unreadable(self, what: str) -> TableUnreadable:
        return TableUnreadable(f"{self.path.name}: {what}")
