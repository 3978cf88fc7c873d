"""Reads a staff list out of a workbook: its header and every row below, hidden ones too."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import TypeGuard

from tables.csv_records import CELL_MAX_CHARACTERS
from tables.dialect import HEADER_SEARCHED_ROWS
from tables.staff_lists.columns import number_places
from tables.staff_lists.heading_groups import are_apart, groups_above
from tables.staff_lists.layout_guess import SAMPLED_ROWS, guess_columns, guess_header_row
from tables.staff_lists.list_header import (
    COLUMNS_MAX,
    StaffHeader,
    StaffRowKinds,
    lost_digits,
    people_above,
)
from tables.staff_lists.list_sheet import open_staff_sheet
from tables.staff_lists.list_source import BLOCK_ROWS, ListBlock, ListChoice, ListSource
from tables.staff_lists.list_words import (
    ColumnsUnclear,
    ListRefused,
    Remark,
    column_letters,
    remark_on_rows,
    remarks_on_kinds,
)
from tables.staff_lists.merged_cells import doubtful_rows, joined_headings
from tables.table_faults import TableUnreadable
from tables.workbooks.cells import Cell, cell_words
from tables.workbooks.facts import SheetFacts, read_facts


class XlsxList:
    """One sheet of a workbook; see ListReader."""

    def __init__(self, source: ListSource, choice: ListChoice) -> None:
        """Raises ListRefused, ColumnsUnclear."""
        self._rules = StaffHeader(choice.columns or {})
        sheet = open_staff_sheet(source, self._rules, choice.sheet)
        self._rows, self._sheet_remarks = sheet.rows, sheet.remarks
        self._facts = _read_facts(source, sheet.place)
        self._first: int = self._rows.first_column
        self._header_row, headings, self._above = self._find_header(choice.header_row)
        self.headings: Sequence[str] = headings
        self.columns: Mapping[str, int] = self._columns()
        self._people_above = people_above(self._above, len(headings))
        self._kinds = StaffRowKinds(headings, self._rules)
        self._doubtful = doubtful_rows(self._rows.merged, self._first, self.columns)
        places = {place + self._first for place in self.columns.values()}
        self._incomplete = {row for row, column in self._facts.without_result if column in places}
        self._hidden: set[int] = set()
        if sheet.faults.error_cells:
            cells = Remark("error_cells", sheet.faults.first_errors, sheet.faults.error_cells)
            self._sheet_remarks.append(cells)

    def blocks(self) -> Iterator[ListBlock]:
        """Yield every row of data in order, in blocks. Raises ListRefused."""
        self._kinds = StaffRowKinds(self.headings, self._rules)
        self._hidden = set()
        if self._people_above:
            cells = dict(self._above)
            block = ListBlock()
            for row in self._people_above:
                block.add(row, cells[row], "above_header")
            yield block
        below = ((row, cells) for row, cells in self._all_rows() if row > self._header_row)
        while rows := list(islice(below, BLOCK_ROWS)):
            block = self._block(rows)
            self._hidden.update(self._facts.hidden_rows.intersection(block.rows))
            if block.rows:
                yield block

    def remarks(self) -> Sequence[Remark]:
        """Return what is odd in the workbook."""
        found = list(self._sheet_remarks)
        titles = {row for row, _ in self._above}.difference(self._people_above)
        for code, rows in (("titles_above", titles), ("hidden_rows", self._hidden)):
            if rows:
                found.append(remark_on_rows(code, rows))
        found.extend(remarks_on_kinds(self._kinds, self._first))
        facts, width = self._facts, len(self.headings)
        hidden = [
            place for place in sorted(facts.hidden_columns) if 0 <= place - self._first < width
        ]
        if hidden:
            letters = tuple(column_letters(place) for place in hidden)
            found.append(Remark("hidden_columns", letters, len(letters)))
        if self._rows.fills_down:
            found.append(Remark("merged_filled"))
        counts = (
            ("formulas", facts.formulas),
            ("formulas_without_result", len(facts.without_result)),
            ("external_links", facts.external_links),
            ("macros", int(facts.has_macros)),
        )
        return [*found, *(Remark(code, count=count) for code, count in counts if count)]

    def _find_header(
        self, choice: int | None
    ) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
        """Return the last row of the header, its headings, and the rows above it."""
        first = [
            (row, cell_words(cells)) for row, cells in islice(self._rows, HEADER_SEARCHED_ROWS)
        ]
        if not first:
            raise ListRefused("empty")
        if choice is None:
            for row, cells in first:
                if self._rules.is_header(cells):
                    return row, cells, _before(first, row)
            for (upper, above), (lower, cells) in pairwise(first):
                place = (upper, self._first)
                headings = joined_headings(above, cells, self._rows.merged, place)
                if lower == upper + 1 and self._rules.is_header(headings):
                    return lower, headings, _before(first, upper)
            choice = guess_header_row(first)
        for row, cells in first:
            if row == choice:
                return row, cells, _before(first, row)
        width = max(len(cells) for _, cells in first)
        return 0, [column_letters(place + self._first) for place in range(width)], []

    def _columns(self) -> Mapping[str, int]:
        headings = self.headings
        if len(headings) > COLUMNS_MAX:
            raise ListRefused("too_large", self._header_row or 1)
        columns = self._rules.columns(headings)
        if columns and not self._rules.fixed and are_apart(self._groups(), columns):
            columns = None
        if columns is None:
            if len(headings) == 1:
                raise ListRefused("one_column")
            below = (cell_words(cells) for row, cells in self._rows if row > self._header_row)
            rows = list(islice(below, SAMPLED_ROWS))
            raise ColumnsUnclear(guess_columns(self._header_row, headings, rows))
        return columns

    def _groups(self) -> list[str]:
        """Return under which group each heading stands, by the row above the header."""
        if not self._above:
            return [""] * len(self.headings)
        row, cells = self._above[-1]
        ends = {
            left - self._first: right - self._first
            for (top, left), (bottom, right) in self._rows.merged
            if top <= row - 1 <= bottom and left < right
        }
        return groups_above(cells, self.headings, ends)

    def _has_lost_digits(self, row: int, cells: Sequence[Cell], place: int) -> bool:
        """Whether a number is no longer what a document bears, or shows other digits."""
        number = cells[place]
        if isinstance(number, str) or not _is_number(number):
            return False
        least = self._facts.formatted.get((row, place + self._first), 0)
        return lost_digits(number) or len(str(int(number))) < least

    def _all_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows of the sheet, and those that hold formulas without results alone."""
        unseen = sorted(self._incomplete, reverse=True)
        for row, cells in self._rows:
            while unseen and unseen[-1] <= row:
                if (other := unseen.pop()) < row:
                    yield other, [""] * len(self.headings)
            yield row, cells
        for other in reversed(unseen):
            yield other, [""] * len(self.headings)

    def _block(self, rows: Sequence[tuple[int, list[Cell]]]) -> ListBlock:
        numbers_at = number_places(self.columns)
        faults: dict[int, str] = {}
        records: list[list[str]] = []
        for row, cells in rows:
            for place in numbers_at:
                if self._has_lost_digits(row, cells, place):
                    faults[row] = "digits_lost"
            if row in self._incomplete:
                faults[row] = "formula"
            if row in self._doubtful:
                faults[row] = "cells_merged"
            record = cell_words(cells)
            if len("".join(record)) > CELL_MAX_CHARACTERS < max(map(len, record)):
                record = [cell[:CELL_MAX_CHARACTERS] for cell in record]
                faults[row] = "row_unreadable"
            records.append(record)
        numbers = [row for row, _ in rows]
        try:
            kept, records = self._kinds.data(numbers, records)
        except TableUnreadable as error:
            raise ListRefused("several_tables") from error
        block = ListBlock(kept, records, faults)
        if blank := sorted(self._incomplete.intersection(numbers).difference(kept)):
            for row in blank:
                block.add(row, [""] * len(self.headings), "formula")
            order = sorted(range(len(block.rows)), key=block.rows.__getitem__)
            block.rows = [block.rows[at] for at in order]
            block.records = [block.records[at] for at in order]
        return block


def _is_number(cell: Cell) -> TypeGuard[float]:
    return isinstance(cell, float | int)


def _before(rows: Sequence[tuple[int, list[str]]], header_row: int) -> list[tuple[int, list[str]]]:
    return [(row, cells) for row, cells in rows if row < header_row]


def _read_facts(source: ListSource, place: int) -> SheetFacts:
    """Return the facts of a sheet. Raises ListRefused where they cannot be read."""
    try:
        facts = read_facts(source.open, place)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ListRefused("damaged") from error
    if facts is None or facts.rows.repeat:
        raise ListRefused("damaged")
    if facts.unplaced:
        raise ListRefused("formulas")
    return facts
