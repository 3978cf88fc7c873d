"""Reads a staff list out of a workbook: its sheet, its header and every row below."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tables.csv_records import CELL_MAX_CHARACTERS
from tables.dialect import HEADER_SEARCHED_ROWS
from tables.row_kinds import RowKinds, data_above
from tables.staff_guess import SAMPLES_MAX, guess_columns, guess_header_row
from tables.staff_header import COLUMNS_MAX, NEEDED, StaffHeader
from tables.staff_list_words import (
    ColumnsUnclear,
    ListRefused,
    Remark,
    column_letters,
    remark_on_rows,
)
from tables.staff_source import BLOCK_ROWS, SHEET_ROWS_MAX, ListChoice, ListRow, ListSource
from tables.table_faults import TableUnreadable
from tables.workbook import SheetRows, readable
from tables.workbook_cells import Cell, DigitsLost, cell_text
from tables.workbook_check import WorkbookFaults, check_workbook


class XlsxList:
    """One sheet of a workbook; see ListReader."""

    def __init__(self, source: ListSource, choice: ListChoice) -> None:
        """Raises ListRefused, ColumnsUnclear."""
        self._rules = StaffHeader(choice.columns or {})
        self._found: list[Remark] = []
        try:
            faults = check_workbook(source.open, source.name)
            with readable(source.name), source.open() as file:
                workbook = CalamineWorkbook.from_filelike(file)
                sheet = self._choose_sheet(workbook, choice.sheet)
                self._sheet = SheetRows(source.name, sheet)
        except TableUnreadable as error:
            raise ListRefused(_REFUSALS.get(error.code, "damaged")) from error
        if sheet.end is not None and sheet.end[0] + 1 in SHEET_ROWS_MAX:
            raise ListRefused("cut_off", sheet.end[0] + 1)
        self._remark(faults)
        self._header_row, headings, self._above = self._find_header(choice.header_row)
        self.headings: Sequence[str] = headings
        self.columns: Mapping[str, int] = self._columns()
        self._data_rows_above = data_above(self._above)
        self._kinds = RowKinds(headings, self._rules)

    def blocks(self) -> Iterator[list[ListRow]]:
        """Yield every row of data in order, in blocks. Raises ListRefused."""
        self._kinds = RowKinds(self.headings, self._rules)
        if self._data_rows_above:
            cells = dict(self._above)
            yield [ListRow(row, cells[row], "above_header") for row in self._data_rows_above]
        below = ((row, cells) for row, cells in self._sheet if row > self._header_row)
        while rows := list(islice(below, BLOCK_ROWS)):
            numbers = [row for row, _ in rows]
            faults: dict[int, str] = {}
            records = [self._record(row, values, faults) for row, values in rows]
            try:
                numbers, records = self._kinds.data(numbers, records)
            except TableUnreadable as error:
                raise ListRefused("several_tables") from error
            block = [
                ListRow(row, record, faults.get(row, ""))
                for row, record in zip(numbers, records, strict=True)
            ]
            if block:
                yield block

    def remarks(self) -> Sequence[Remark]:
        """Return what is odd in the workbook."""
        found = list(self._found)
        if titles := {row for row, _ in self._above}.difference(self._data_rows_above):
            found.append(remark_on_rows("titles_above", titles))
        if self._kinds.notes:
            found.append(remark_on_rows("notes", self._kinds.notes))
        if self._kinds.headers:
            found.append(remark_on_rows("repeated_headers", self._kinds.headers))
        if self._kinds.nameless:
            letters = tuple(
                column_letters(place + self._sheet.first_column) for place in self._kinds.nameless
            )
            found.append(Remark("nameless_columns", letters, len(letters)))
        return found

    def _remark(self, faults: WorkbookFaults) -> None:
        if self._sheet.fills_down:
            self._found.append(Remark("merged_filled"))
        if faults.error_cells:
            self._found.append(Remark("error_cells", faults.first_errors, faults.error_cells))

    def _choose_sheet(self, workbook: CalamineWorkbook, choice: int | None) -> CalamineSheet:
        """Return the sheet that is the list. Raises ListRefused."""
        filled: list[int] = []
        lists: list[int] = []
        hidden: list[int] = []
        sheet: CalamineSheet | None = None
        for place, each in enumerate(workbook.sheets_metadata):
            if each.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = None  # one at a time is held in memory
            sheet = workbook.get_sheet_by_index(place)
            if sheet.start is None:
                continue
            filled.append(place)
            if each.visible != SheetVisibleEnum.Visible:
                hidden.append(place)
            if self._holds_list(sheet):
                lists.append(place)
        if not filled:
            raise ListRefused("empty")
        if choice is not None:
            if choice - 1 not in filled:
                raise ListRefused("no_such_sheet", choices=_places(filled))
            candidates = [choice - 1]
        else:
            candidates = lists or [place for place in filled if place not in hidden] or filled
        if len(candidates) > 1:
            raise ListRefused("several_sheets", choices=_places(candidates))
        chosen = candidates[0]
        others = [place for place in filled if place != chosen]
        if seen := [place for place in others if place not in hidden]:
            self._found.append(Remark("other_sheets", _places(seen), len(seen)))
        if unseen := [place for place in others if place in hidden]:
            self._found.append(Remark("hidden_sheets", _places(unseen), len(unseen)))
        sheet = None
        return workbook.get_sheet_by_index(chosen)

    def _holds_list(self, sheet: CalamineSheet) -> bool:
        rows = islice(SheetRows("", sheet), HEADER_SEARCHED_ROWS)
        return any(self._rules.is_header(_texts(cells)) for _, cells in rows)

    def _find_header(
        self, choice: int | None
    ) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
        """Return the row of the header, its cells, and the rows above it."""
        first = [(row, _texts(cells)) for row, cells in islice(self._sheet, HEADER_SEARCHED_ROWS)]
        if not first:
            raise ListRefused("empty")
        if choice is None:
            headers = [row for row, cells in first if self._rules.is_header(cells)]
            choice = headers[0] if headers else guess_header_row(first)
        cells = next((cells for row, cells in first if row == choice), None)
        if cells is None:
            width = max(len(cells) for _, cells in first)
            start = self._sheet.first_column
            return 0, [column_letters(place + start) for place in range(width)], []
        return choice, cells, [(row, cells) for row, cells in first if row < choice]

    def _columns(self) -> Mapping[str, int]:
        headings = self.headings
        if len(headings) > COLUMNS_MAX:
            raise ListRefused("too_large", self._header_row or 1)
        columns = self._rules.columns(headings)
        if columns is None or not all(place < len(headings) for place in columns.values()):
            if len(headings) == 1:
                raise ListRefused("one_column")
            below = (_texts(cells) for row, cells in self._sheet if row > self._header_row)
            rows = list(islice(below, 20 * SAMPLES_MAX))
            raise ColumnsUnclear(guess_columns(self._header_row, headings, rows))
        return columns

    def _record(self, row: int, values: Sequence[Cell], faults: dict[int, str]) -> list[str]:
        record: list[str] = []
        for place, cell in enumerate(values):
            if isinstance(cell, str):
                text = cell
            else:
                text = _text(cell)
                if isinstance(cell, float | int) and self._loses_digits(place, cell):
                    faults[row] = "digits_lost"
            if len(text) > CELL_MAX_CHARACTERS:
                text, faults[row] = text[:CELL_MAX_CHARACTERS], "row_unreadable"
            record.append(text.replace("\0", "\ufffd"))
        if row in self._sheet.merged_across and not faults.get(row):
            faults[row] = "cells_merged"
        return record

    def _loses_digits(self, place: int, cell: float) -> bool:
        return place == self.columns[NEEDED[0]] and _has_lost_digits(cell)


def _has_lost_digits(cell: float) -> bool:
    try:
        cell_text(cell)
    except DigitsLost:
        return True
    return False


def _places(sheets: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in sheets)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else _text(cell) for cell in cells]


def _text(cell: Cell) -> str:
    try:
        return cell_text(cell)
    except DigitsLost:
        return str(cell)


_REFUSALS = {"locked": "locked", "too_large": "too_large", "damaged": "damaged"}
