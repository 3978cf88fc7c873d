"""Reads one sheet of a workbook: its rows as text, and a table of named columns."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path

from tables.csv_records import CELL_MAX_CHARACTERS, CELL_TOO_LONG
from tables.csv_rows import ABOVE_HEADER, BATCH_ROWS, Rows
from tables.dialect import HEADER_SEARCHED_ROWS, HeaderRules
from tables.header import HeaderNaming
from tables.named_columns import Batch, batch_of, checked_header
from tables.row_kinds import RowKinds, data_above
from tables.table_faults import RejectsRows, TableUnreadable, row_ranges
from tables.workbooks.cells import Cell, DigitsLost, cell_text, cell_words
from tables.workbooks.workbook import Sheet

DIGITS_LOST = "a number of more than 15 digits, the last of which are lost; deliver it as text"
MERGED_ACROSS = "cells merged across columns"
NEVER_MOMENTS = frozenset({"number", "carriage", "seat", "booking", "id_number", "name", "plate"})
"""Columns in which a date or a time is another text that the spreadsheet took for one."""

_MOMENTS = (datetime.date, datetime.time, datetime.timedelta)  # a datetime is a date


class XlsxRows:
    """The rows of one sheet as text: header and, on iteration, records of its width.

    Rows carry the numbers that the spreadsheet shows. Whole cells are read: whatever filters and
    hidden rows the file has.
    """

    def __init__(self, path: Path, rejects: RejectsRows, table: str, rules: HeaderRules) -> None:
        """Raises TableUnreadable."""
        self.path = path
        self.table = table
        self._rejects = rejects
        self._rules = rules
        self._sheet = Sheet(path, table, lambda cells: rules.is_header(_strings(cells)))
        self._above: list[tuple[int, list[str]]] = []
        self._header_row, self.headings = self._find_header()
        self._kinds = RowKinds(self.headings, rules)
        self.rows_read = 0
        self.numeric_places: set[int] = set()
        self.moments: dict[int, list[int]] = {}  # place → rows with a date or a time there

    def remarks(self) -> list[str]:
        """Return what is odd in the workbook, as far as it has been read."""
        remarks = []
        if titles := {row for row, _ in self._above}.difference(data_above(self._above)):
            remarks.append(f"titles above the header, not read: rows {row_ranges(titles)}")
        remarks.extend(self._kinds.remarks())
        return [*self._sheet.remarks, *(f"{self.path.name}: {remark}" for remark in remarks)]

    def __iter__(self) -> Iterator[Rows]:
        """Yield the numbers of rows and their records, in blocks. Raises TableUnreadable."""
        for row in data_above(self._above):
            self._reject(row, "", ABOVE_HEADER)
        below = ((row, cells) for row, cells in self._sheet if row > self._header_row)
        while block := list(islice(below, BATCH_ROWS)):
            rows: list[int] = []
            records: list[list[str]] = []
            for row, values in block:
                record = self._record(row, values)
                if record is not None:
                    rows.append(row)
                    records.append(record)
            rows, records = self._data(rows, records)
            self.rows_read += len(rows)
            if rows:
                yield rows, records

    def _data(self, rows: list[int], records: list[list[str]]) -> Rows:
        try:
            return self._kinds.data(rows, records)
        except TableUnreadable as error:
            message = f"{self.path.name}: {error}"
            raise TableUnreadable(message) from error

    def _find_header(self) -> tuple[int, list[str]]:
        """Return row and cells of the header, else of the row that names most columns."""
        rows = [(row, _strings(cells)) for row, cells in islice(self._sheet, HEADER_SEARCHED_ROWS)]
        if not rows:
            return 1, []
        # Of equals the first is taken.
        best = max(
            rows, key=lambda each: (self._rules.is_header(each[1]), self._rules.known(each[1]))
        )
        above = takewhile(lambda each: each[0] < best[0], self._sheet)
        self._above = [(row, cell_words(cells)) for row, cells in above]
        return best

    def _record(self, row: int, cells: Sequence[Cell]) -> list[str] | None:
        if row in self._sheet.merged_across:
            filled = [text for text in cell_words(cells) if text.strip()]
            if not filled or not self._kinds.is_note(row, filled):
                self._reject(row, "", MERGED_ACROSS)
            return None
        record: list[str] = []
        for place, cell in enumerate(cells):
            try:
                text = cell_text(cell)
            except DigitsLost:
                self._reject(row, self._rules(self.headings)[place], DIGITS_LOST)
                return None
            if len(text) > CELL_MAX_CHARACTERS:
                self._reject(row, "", CELL_TOO_LONG)
                return None
            if isinstance(cell, float):
                self.numeric_places.add(place)
            elif isinstance(cell, _MOMENTS):
                self.moments.setdefault(place, []).append(row)
            record.append(text)
        return record

    def _reject(self, row: int, column: str, reason: str) -> None:
        self._rejects.reject(self.table, row, column, reason)
        self.rows_read += 1


class XlsxTable:
    """One sheet: its header and, on iteration, its rows in batches of text."""

    def __init__(
        self,
        path: Path,
        rejects: RejectsRows,
        table: str,
        naming: HeaderNaming | None = None,
    ) -> None:
        """Raises TableUnreadable."""
        naming = naming or HeaderNaming()
        self.path = path
        self._rows = XlsxRows(path, rejects, table, naming)
        self.headings = self._rows.headings
        self.header = checked_header(path, self.headings, naming)

    @property
    def remarks(self) -> list[str]:
        """What is odd in the workbook, as far as it has been read."""
        moments = [
            f"{self.path.name}: {self.header[place]} holds dates or times, which the spreadsheet "
            f"may have made of text such as 3-12: rows {row_ranges(rows)}"
            for place, rows in self._rows.moments.items()
            if self.header[place] in NEVER_MOMENTS
        ]
        return [*self._rows.remarks(), *moments]

    @property
    def rows_read(self) -> int:
        """How many rows there were so far, with those that were rejected."""
        return self._rows.rows_read

    @property
    def numeric_columns(self) -> set[str]:
        """The columns that held numbers so far."""
        return {self.header[place] for place in self._rows.numeric_places}

    def __iter__(self) -> Iterator[Batch]:
        for rows, records in self._rows:
            yield batch_of(self.header, rows, records)


def _strings(cells: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]
