"""Reads a staff list of delimited text: every line of data in its place, whatever it holds."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tables.csv_records import CELL_MAX_CHARACTERS, CsvRecords, LineRecord
from tables.dialect import Dialect, find_dialect, loose_cells
from tables.file_lines import LINE_MAX_BYTES, FileLines
from tables.staff_lists.heading_groups import are_apart, groups_above
from tables.staff_lists.layout_guess import guess_columns, guess_dialect
from tables.staff_lists.list_header import COLUMNS_MAX, StaffHeader, StaffRowKinds, people_above
from tables.staff_lists.list_source import (
    BLOCK_ROWS,
    ROWS_MAX,
    SHEET_ROWS_MAX,
    ListBlock,
    ListChoice,
    ListSource,
)
from tables.staff_lists.list_words import (
    ColumnsUnclear,
    ListRefused,
    Remark,
    remark_on_rows,
    remark_on_spans,
    remarks_on_kinds,
)
from tables.staff_lists.row_spans import RowSpans
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import UTF_8, EncodingRefused, encoding_name, refuse_choice

_FIRST_LINES = 60
_NO_CHARACTER = "\ufffd"
_NO_TEXT = f"{_NO_CHARACTER}\n"
_DELIMITER_NAMES = {",": "", "\t": "tab"}


class CsvList:
    """One list of text; see ListReader."""

    def __init__(self, source: ListSource, choice: ListChoice) -> None:
        """Raises ListRefused, ColumnsUnclear."""
        try:
            self._lines = FileLines(source.open, source.name, choice.encoding)
            if choice.encoding and self._lines.encoding not in (UTF_8, "utf-16"):
                with source.open() as file:
                    refuse_choice(file, source.name, choice.encoding)
        except EncodingRefused as error:
            raise ListRefused("encoding", choices=error.candidates) from error
        self._rules = StaffHeader(choice.columns or {}, choice.encoding)
        first = list(islice(self._lines, _FIRST_LINES))
        self._is_endless = any(len(line) >= LINE_MAX_BYTES for line in first)
        self._texts = [self._first_text(line) for line in first]
        if not any(text.strip() for text in self._texts):
            raise ListRefused("empty")
        self._dialect = self._find_dialect(choice)
        self.headings: Sequence[str] = self._dialect.headings
        self.columns: Mapping[str, int] = self._columns()
        self._records = CsvRecords(self._lines, self._dialect.delimiter, self._dialect.headings)
        self._above = people_above(self._dialect.above, len(self.headings))
        self._kinds = StaffRowKinds(self._dialect.headings, self._rules)
        self._blank = RowSpans()

    def blocks(self) -> Iterator[ListBlock]:
        """Yield every row of data in order, in blocks. Raises ListRefused."""
        self._kinds = StaffRowKinds(self._dialect.headings, self._rules)
        self._blank = RowSpans()
        if self._above:
            cells = dict(self._dialect.above)
            block = ListBlock()
            for row in self._above:
                block.add(row, self._padded(cells[row]), "above_header")
            yield block
        last, line = self._dialect.last_header_row, b""
        for first, lines in self._records.blocks(last, BLOCK_ROWS):
            if first > ROWS_MAX:
                raise ListRefused("too_large", first)
            block = self._block(lines, first)
            if block.rows:
                yield block
            last, line = first + len(lines) - 1, lines[-1]
        self._refuse_cut(last, line)

    def remarks(self) -> Sequence[Remark]:
        """Return what is odd in the list."""
        found: list[Remark] = []
        if self._lines.encoding not in (UTF_8, "utf-16"):
            found.append(Remark("encoding", (encoding_name(self._lines.encoding),)))
        if sign := _DELIMITER_NAMES.get(self._dialect.delimiter, self._dialect.delimiter):
            found.append(Remark("delimiter", (sign,)))
        if titles := {row for row, _ in self._dialect.above}.difference(self._above):
            found.append(remark_on_rows("titles_above", titles))
        if self._blank.count:
            found.append(remark_on_spans("blank_rows", self._blank))
        return [*found, *remarks_on_kinds(self._kinds)]

    def _first_text(self, line: bytes) -> str:
        try:
            return self._lines.text(line) if len(line) < LINE_MAX_BYTES else _NO_TEXT
        except UnicodeDecodeError:
            return _NO_TEXT

    def _find_dialect(self, choice: ListChoice) -> Dialect:
        if choice.header_row is None:
            dialect = find_dialect(self._texts, self._rules)
            if dialect is not None and self._rules.is_header(dialect.headings):
                return dialect
        return guess_dialect(self._texts, choice.header_row)

    def _columns(self) -> Mapping[str, int]:
        headings = self._dialect.headings
        if len(headings) > COLUMNS_MAX:
            raise ListRefused("too_large", self._dialect.header_row or 1)
        columns = self._rules.columns(headings)
        above = self._dialect.above[-1][1] if self._dialect.above else ()
        if columns and not self._rules.fixed and are_apart(groups_above(above, headings), columns):
            columns = None
        if columns is None:
            if self._is_endless:
                raise ListRefused("endless_line")
            if len(headings) == 1:
                raise ListRefused("one_column")
            below = self._texts[self._dialect.last_header_row :]
            cells = [loose_cells(text, self._dialect.delimiter) for text in below if text.strip()]
            guess = guess_columns(self._dialect.header_row, headings, cells)
            raise ColumnsUnclear(guess)
        return columns

    def _block(self, lines: list[bytes], first: int) -> ListBlock:
        is_damaged = b"\0" in b"".join(lines) or max(map(len, lines)) >= LINE_MAX_BYTES
        records = None if is_damaged else self._records.at_once(lines)
        if records is not None:
            return ListBlock(*self._data(list(range(first, first + len(lines))), records))
        block = ListBlock()
        for each in self._records.one_by_one(lines, first):
            if each.record is None and not each.fault:
                self._blank.add(each.row)
            elif is_damaged and any(map(_is_damaged, each.lines)):
                self._add_unreadable(each, block)
            elif each.record is not None and self._records.fit(each.record):
                for row, cells in zip(*self._data([each.row], [each.record]), strict=True):
                    block.add(row, cells)
            elif each.record is None or not self._is_note(each.row, each.record):
                self._add_unreadable(each, block)
        return block

    def _data(self, rows: list[int], records: list[list[str]]) -> tuple[list[int], list[list[str]]]:
        try:
            kept, data = self._kinds.data(rows, records)
        except TableUnreadable as error:
            raise ListRefused("several_tables") from error
        if len(kept) < len(rows):
            dropped = set(rows).difference(kept, self._kinds.notes, self._kinds.headers)
            for row in sorted(dropped):
                self._blank.add(row)
        return kept, data

    def _is_note(self, row: int, record: list[str]) -> bool:
        filled = [cell for cell in record if cell.strip()]
        if not filled:
            self._blank.add(row)
        return not filled or (self._kinds.may_be_note(record) and self._kinds.is_note(row, filled))

    def _add_unreadable(self, each: LineRecord, block: ListBlock) -> None:
        """Add a row for each line of what could not be read, or for a record of another width."""
        if each.record is not None:
            cells = [cell.replace("\0", _NO_CHARACTER) for cell in each.record]
            block.add(each.row, self._padded(cells), "row_unreadable")
            return
        for row, line in enumerate(each.lines, each.row):
            try:
                text = self._lines.text(line)
            except UnicodeDecodeError:
                text = line.decode("ascii", "replace")
            text = text.replace("\0", _NO_CHARACTER).strip("\r\n")
            cells = loose_cells(text, self._dialect.delimiter)
            block.add(row, self._padded(cells), "row_unreadable")

    def _padded(self, cells: Sequence[str]) -> list[str]:
        """Return cells at the header's width; what is too much stands in the last one."""
        width = len(self._dialect.headings)
        rest = self._dialect.delimiter.join(cells[width - 1 :])
        padded = [*cells[: width - 1], *[""] * (width - 1 - len(cells)), rest]
        return [cell[:CELL_MAX_CHARACTERS] for cell in padded]

    def _refuse_cut(self, last: int, line: bytes) -> None:
        """Refuse a list that ends in the middle of a row, or where a sheet ends."""
        if last in SHEET_ROWS_MAX:
            raise ListRefused("cut_off", last)
        if not line or line.endswith((b"\n", b"\r")):
            return
        *_, each = self._records.one_by_one([line], last)
        if each.record is None or (
            not self._records.fit(each.record) and not self._is_note(last, each.record)
        ):
            raise ListRefused("cut_row", last)


def _is_damaged(line: bytes) -> bool:
    return b"\0" in line or len(line) >= LINE_MAX_BYTES
