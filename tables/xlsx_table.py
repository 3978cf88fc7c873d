"""Reads one XLSX table in batches, as the CSV reader does."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tables.csv_table import (
    BATCH_ROWS,
    CELL_MAX_CHARACTERS,
    Batch,
    RejectsRows,
    TableUnreadable,
)
from tables.header import HeaderNaming, repeated_columns
from tables.workbook import HEADER_SEARCHED_ROWS, Sheet
from tables.workbook_cells import Cell, DigitsLost, cell_text

_DIGITS_LOST = "a number of more than 15 digits, the last of which are lost; deliver it as text"


class XlsxTable:
    """One sheet: its header and, on iteration, its rows in batches of text.

    Rows carry the numbers that the spreadsheet shows. Whole cells are read: whatever filters and
    hidden rows the file has.
    """

    def __init__(
        self,
        path: Path,
        rejects: RejectsRows,
        table: str,
        naming: HeaderNaming | None = None,
    ) -> None:
        self.path = path
        self.table = table
        self._rejects = rejects
        self._naming = naming or HeaderNaming()
        self._sheet = Sheet(path, table, self._is_header)
        self.remarks = self._sheet.remarks
        self._header_row, self.headings = self._read_header()
        self.header = self._naming(self.headings)
        if twice := repeated_columns(self.header, self._naming.known_columns):
            message = f"{path.name}: the header names a column twice: {twice}"
            raise TableUnreadable(message)
        self.rows_read = 0
        self.numeric_columns: set[str] = set()

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        return self._naming.is_header(_texts(cells))

    def _read_header(self) -> tuple[int, list[str]]:
        """Return row and cells of the first row that names what is required, or of the first."""
        first: tuple[int, list[str]] | None = None
        for (number, cells), _ in zip(self._sheet, range(HEADER_SEARCHED_ROWS), strict=False):
            if self._is_header(cells):
                return number, _texts(cells)
            first = first or (number, _texts(cells))
        return first or (1, [])

    def __iter__(self) -> Iterator[Batch]:
        rows: list[int] = []
        records: list[list[str]] = []
        for number, cells in self._sheet:
            if number <= self._header_row:
                continue
            self.rows_read += 1
            record = self._record(number, cells)
            if record is None:
                continue
            rows.append(number)
            records.append(record)
            if len(rows) == BATCH_ROWS:
                yield self._batch(rows, records)
                rows, records = [], []
        if rows:
            yield self._batch(rows, records)

    def _batch(self, rows: list[int], records: list[list[str]]) -> Batch:
        columns = [list(column) for column in zip(*records, strict=True)]
        return Batch(rows, dict(zip(self.header, columns, strict=True)))

    def _record(self, number: int, cells: Sequence[Cell]) -> list[str] | None:
        if number in self._sheet.merged_across:
            self._rejects.reject(self.table, number, "", "cells merged across columns")
            return None
        texts: list[str] = []
        for name, cell in zip(self.header, cells, strict=True):
            try:
                text = cell_text(cell)
            except DigitsLost:
                self._rejects.reject(self.table, number, name, _DIGITS_LOST)
                return None
            if len(text) > CELL_MAX_CHARACTERS:
                reason = f"a cell longer than {CELL_MAX_CHARACTERS} characters"
                self._rejects.reject(self.table, number, "", reason)
                return None
            if isinstance(cell, float):
                self.numeric_columns.add(name)
            texts.append(text)
        return texts


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]
