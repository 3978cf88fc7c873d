"""Reads one table out of an XLSX workbook: chooses its sheet, and yields its rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tables.dialect import HEADER_SEARCHED_ROWS
from tables.table_faults import TableUnreadable
from tables.workbooks.cells import Cell
from tables.workbooks.check import WorkbookFaults, check_workbook

MERGED_ROWS_MAX = 1 << 20
_PANIC = "PanicException"  # of the reader's Rust half; no subclass of Exception


class Sheet:
    """The sheet of a workbook that holds the table; the workbook is checked first.

    remarks: what else there is in the workbook and what is odd in it.
    """

    def __init__(self, path: Path, name: str, is_table: Callable[[Sequence[Cell]], bool]) -> None:
        """name: of the table; a sheet called so is taken, else the only one that is not empty.

        is_table: whether a row may be the header of the table. Raises TableUnreadable where no
        sheet is the table, or several may be.
        """
        self.path = path
        faults = check_workbook(lambda: path.open("rb"), path.name)
        with readable(path.name):
            workbook = CalamineWorkbook.from_path(str(path))
            sheet, others = _choose_sheet(path, workbook, name, is_table)
            self._rows = SheetRows(path.name, sheet)
        self.remarks = [*_other_sheets(path, others), *_errors(path, faults)]
        self.merged_across = self._rows.merged_across
        if self._rows.fills_down:
            self.remarks.append(
                f"{path.name}: merged cells read as one value for each of their rows"
            )

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield each row that is not blank with its number; merged cells are filled down."""
        return iter(self._rows)


class SheetRows:
    """The rows of one sheet that are not blank, with the numbers that the spreadsheet shows.

    merged: cells merged into one, as ((top, left), (bottom, right)) from 0; merged_across: the rows
    in which they are so over several columns; first_column: place of the first column, 0 for A.
    """

    def __init__(self, name: str, sheet: CalamineSheet, *, keeps_blank: bool = True) -> None:
        """name: of the file, for messages. Raises TableUnreadable for too many merged cells.

        keeps_blank: whether a row is one that has nothing but merged cells of a row above.
        """
        self._name = name
        self._sheet = sheet
        self._keeps_blank = keeps_blank
        self.first_column = (sheet.start or (0, 0))[1]
        with readable(name):
            self.merged = sheet.merged_cell_ranges or []
        self._filled_down, self.merged_across = self._merged(self.merged)

    @property
    def fills_down(self) -> bool:
        """Whether a cell stands for the rows below it too."""
        return bool(self._filled_down)

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the number and the cells of each row; merged cells are filled down."""
        filling: dict[int, tuple[Cell, int]] = {}
        with readable(self._name):
            rows = self._sheet.iter_rows()
        for number, cells in enumerate(_each(rows, self._name), start=1):
            is_filled = not all(map(is_blank, cells))
            if not is_filled and not self._keeps_blank:
                continue
            if not self._filled_down:
                if is_filled:
                    yield number, cells
                continue
            for column, (value, last) in list(filling.items()):
                if number > last:
                    del filling[column]
                elif cells[column] == "":
                    cells[column] = value
            for column, last in self._filled_down.get(number, ()):
                if column < len(cells):
                    filling[column] = (cells[column], last)
            if any(not is_blank(cell) for cell in cells):
                yield number, cells

    def _merged(
        self, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    ) -> tuple[dict[int, list[tuple[int, int]]], set[int]]:
        """Return row → (column, last row) of cells merged downwards, and rows merged across."""
        down: dict[int, list[tuple[int, int]]] = {}
        across: set[int] = set()
        if sum(last[0] - first[0] + 1 for first, last in ranges) > MERGED_ROWS_MAX:
            message = f"{self._name}: too many merged cells; save it as CSV"
            raise TableUnreadable(message, "too_large")
        for (top, left), (bottom, right) in ranges:
            if right > left:
                across.update(range(top + 1, bottom + 2))
            elif bottom > top:
                down.setdefault(top + 1, []).append((left - self.first_column, bottom + 1))
        return down, across


def is_blank(cell: Cell) -> bool:
    """Return whether a cell shows nothing."""
    return isinstance(cell, str) and not cell.strip()


def _choose_sheet(
    path: Path,
    workbook: CalamineWorkbook,
    name: str,
    is_table: Callable[[Sequence[Cell]], bool],
) -> tuple[CalamineSheet, list[tuple[int, bool]]]:
    """Return the table's sheet, and the places of the others that hold something."""
    sheets: list[tuple[int, bool]] = []
    namesake = None
    tables = []
    last: tuple[int, CalamineSheet] | None = None  # one sheet at a time is held in memory
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        last = None
        content = workbook.get_sheet_by_index(place)
        if content.start is None:
            continue
        last = (place, content)
        sheets.append((place, sheet.visible == SheetVisibleEnum.Visible))
        if sheet.name.strip().lower() == name:
            namesake = place
        if _looks_like(content, is_table):
            tables.append(place)
    if not sheets:
        message = f"{path.name}: empty; a header row with the column names is needed"
        raise TableUnreadable(message)
    if len(tables) > 1:
        places = " and ".join(str(place + 1) for place in tables)
        message = f"{path.name}: sheets {places} may all be the table; keep one in each file"
        raise TableUnreadable(message)
    visible_places = [place for place, visible in sheets if visible]
    candidates = (
        [namesake]
        if namesake is not None
        else tables or (visible_places if len(visible_places) == 1 else [])
    )
    if not candidates:
        message = f"{path.name}: several sheets, none of them named {name}; keep one"
        raise TableUnreadable(message)
    choice = candidates[0]
    in_memory = last is not None and last[0] == choice
    content = last[1] if in_memory and last else workbook.get_sheet_by_index(choice)
    return content, [(place, visible) for place, visible in sheets if place != choice]


def _looks_like(sheet: CalamineSheet, is_table: Callable[[Sequence[Cell]], bool]) -> bool:
    rows = (row for row in sheet.iter_rows() if not all(map(is_blank, row)))
    return any(is_table(row) for row, _ in zip(rows, range(HEADER_SEARCHED_ROWS), strict=False))


def _other_sheets(path: Path, others: Sequence[tuple[int, bool]]) -> list[str]:
    """Remark on sheets by their place: a sheet may be named after a person."""
    places = [f"{place + 1}{'' if visible else ' (hidden)'}" for place, visible in others]
    return [f"{path.name}: sheets not read: {', '.join(places)}"] if places else []


def _errors(path: Path, faults: WorkbookFaults) -> list[str]:
    if not faults.error_cells:
        return []
    places = ", ".join(faults.first_errors)
    if faults.error_cells > len(faults.first_errors):
        places += ", …"
    what = "cells hold an error of the spreadsheet such as #N/A, taken as unknown"
    return [f"{path.name}: {faults.error_cells} {what} ({places})"]


def _each(rows: Iterator[list[Cell]], name: str) -> Iterator[list[Cell]]:
    with readable(name):
        yield from rows


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what the reader of workbooks raises into the one error of tables, TableUnreadable."""
    message = f"{name}: not readable as a workbook; save it again, or as CSV"
    try:
        yield
    except CalamineError as error:
        raise TableUnreadable(message, "damaged") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise TableUnreadable(message, "damaged") from error
