"""Chooses the sheet of a workbook that is the staff list, and says what else there is."""

from itertools import islice
from typing import NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tables.dialect import HEADER_SEARCHED_ROWS
from tables.staff_lists.layout_guess import SAMPLED_ROWS, is_person
from tables.staff_lists.list_header import StaffHeader
from tables.staff_lists.list_source import SHEET_ROWS_MAX, ListSource
from tables.staff_lists.list_words import ListRefused, Remark
from tables.table_faults import TableUnreadable
from tables.workbooks.cells import cell_words
from tables.workbooks.check import WorkbookFaults, WorkbookLimits, check_workbook
from tables.workbooks.workbook import SheetRows, readable

LIMITS = WorkbookLimits(unpacked_bytes=512 << 20, cells=10_000_000, without_results=True)
"""A list of 1,048,576 rows and 9 columns; its sheet is held in memory while it is read."""
_CODES = frozenset(("locked", "too_large", "damaged"))


class StaffSheet(NamedTuple):
    """The sheet of a list. place: among the sheets of the workbook, from 0."""

    rows: SheetRows
    place: int
    faults: WorkbookFaults
    remarks: list[Remark]


def open_staff_sheet(source: ListSource, rules: StaffHeader, choice: int | None) -> StaffSheet:
    """Return the only sheet that is a list, or the one that was chosen, 1 being the first.

    Raises ListRefused; several_sheets where it is not certain which.
    """
    try:
        faults = check_workbook(source.open, source.name, LIMITS)
        with readable(source.name), source.open() as file:
            workbook = CalamineWorkbook.from_filelike(file)
            place, remarks, sheet = _choose(workbook, rules, choice)
            rows = SheetRows(source.name, sheet, keeps_blank=False)
    except TableUnreadable as error:
        code = error.code if error.code in _CODES else "damaged"
        raise ListRefused(code) from error
    if sheet.end is not None and sheet.end[0] + 1 in SHEET_ROWS_MAX:
        raise ListRefused("cut_off", sheet.end[0] + 1)
    return StaffSheet(rows, place, faults, remarks)


def _choose(
    workbook: CalamineWorkbook, rules: StaffHeader, choice: int | None
) -> tuple[int, list[Remark], CalamineSheet]:
    filled: list[int] = []
    lists: list[int] = []
    without_headings: list[int] = []
    hidden: set[int] = set()
    last = -1
    sheet: CalamineSheet | None = None
    for place, each in enumerate(workbook.sheets_metadata):
        if each.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = None  # one at a time is in memory
        sheet = workbook.get_sheet_by_index(place)
        if sheet.start is not None:
            filled.append(place)
            if each.visible != SheetVisibleEnum.Visible:
                hidden.add(place)
            if _holds_list(sheet, rules):
                lists.append(place)
            elif _holds_people(sheet):
                without_headings.append(place)
        last = place
    if not filled:
        raise ListRefused("empty")
    if choice is not None and choice - 1 not in filled:
        raise ListRefused("no_such_sheet", choices=_numbers(filled))
    if choice is not None:
        lists = [choice - 1]
    elif lists:
        lists = sorted((*lists, *without_headings))
    candidates = lists or [place for place in filled if place not in hidden] or filled
    if len(candidates) > 1:
        raise ListRefused("several_sheets", choices=_numbers(candidates))
    others = [place for place in filled if place != candidates[0]]
    remarks = [
        Remark(code, _numbers(places), len(places))
        for code, places in (
            ("other_sheets", [place for place in others if place not in hidden]),
            ("hidden_sheets", [place for place in others if place in hidden]),
            ("list_hidden", [place for place in candidates if place in hidden]),
        )
        if places
    ]
    if sheet is None or last != candidates[0]:
        sheet = None
        sheet = workbook.get_sheet_by_index(candidates[0])
    return candidates[0], remarks, sheet


def _holds_list(sheet: CalamineSheet, rules: StaffHeader) -> bool:
    rows = islice(SheetRows("", sheet), HEADER_SEARCHED_ROWS)
    return any(rules.may_be_header(cell_words(cells)) for _, cells in rows)


def _holds_people(sheet: CalamineSheet) -> bool:
    """Whether a row among the first ones holds the number of a resident and a name in Han."""
    rows = islice(SheetRows("", sheet), SAMPLED_ROWS)
    return any(is_person(cell_words(cells)) for _, cells in rows)


def _numbers(places: list[int]) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in places)
