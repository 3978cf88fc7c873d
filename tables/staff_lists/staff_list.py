"""Reads the staff list of an organisation: every row of it, and whom each asks about.

Whatever is wrong with a row stays in that row. What makes the list as a whole doubtful (it is cut
off, it may be read in two ways) refuses it, before the first row is given.

Threat: a spreadsheet has replaced the last digits of numbers by zeros; one in eleven still has a
check digit that fits, and somebody else is looked up.
Limit: numbers past 15 digits in numeric cells are lost whatever they look like; and where more than
one in a hundred of a list's long numbers ends in 000, all that do are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import NamedTuple

from exposure_index.identity.document import resident_number_fault
from exposure_index.identity.parsing import InvalidIdentity
from tables.people_csv import ALL_COLUMNS, PersonRow
from tables.staff_lists.claims import RowClaims, claims_of, reason_of, row_claims
from tables.staff_lists.columns import are_plain, number_places, person_reader
from tables.staff_lists.csv_list import CsvList
from tables.staff_lists.json_list import JsonList
from tables.staff_lists.list_header import were_understood
from tables.staff_lists.list_source import ListBlock, ListChoice, ListKind, ListReader, ListSource
from tables.staff_lists.list_type import refuse_other_types
from tables.staff_lists.list_words import (
    REASONS,
    REFUSALS,
    REMARKS,
    ColumnsUnclear,
    ListRefused,
    Remark,
)
from tables.staff_lists.workbook_list import XlsxList
from tables.text_encodings.encodings import CODECS

__all__ = [
    "REASONS",
    "REFUSALS",
    "REMARKS",
    "ColumnsUnclear",
    "ListChoice",
    "ListKind",
    "ListRefused",
    "ListSource",
    "PersonRow",
    "ReadBlock",
    "Remark",
    "RowClaims",
    "StaffList",
    "StaffRow",
    "claims_of",
    "open_staff_list",
    "reason_of",
    "row_claims",
]

ROUND_SHARE_MAX = 0.01
ROUND_TEXTS_MIN = 3
"""Where cells are known to be text, one number may end so; of several the text comes from one."""
_ROUND = re.compile(r"[^0-9]*[0-9]{13,}000[^0-9]*")
_LONG = re.compile("[0-9]{15,}[0-9Xx]")
_READERS: Mapping[str, Callable[[ListSource, ListChoice], ListReader]] = {
    "csv": CsvList,
    "xlsx": XlsxList,
    "jsonl": JsonList,
}


class StaffRow(NamedTuple):
    """One row. row: as the program shows it; cells: the organisation's own, of the header's width.

    person: whom it is about; None and a reason, one of REASONS, where it cannot be checked.
    """

    row: int
    cells: tuple[str, ...]
    person: PersonRow | None
    reason: str


class ReadBlock(NamedTuple):
    """Some rows as they were read, in order: what StaffRow says of each, without making a person.

    rows: their numbers; records: their cells, of the header's width; reasons: place → one of
    REASONS, for those that cannot be checked, whatever stands in their cells.
    """

    rows: list[int]
    records: list[list[str]]
    reasons: dict[int, str]


@dataclass(frozen=True, slots=True)
class StaffList:
    """A list that was read through once and can be read again.

    headings: as they stand; columns: column name → place from 0; remarks: what is odd in it;
    rows: how many rows of data it has.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    remarks: tuple[Remark, ...]
    rows: int
    _reader: ListReader
    _rounded: bool

    def blocks(self) -> Iterator[list[StaffRow]]:
        """Yield every row of data once and in order, at most 5,000 in a block.

        Can be called again. Raises ListRefused where the bytes are others by now.
        """
        for block in self._reader.blocks():
            if not are_plain(self.columns):
                yield self._joined(block)
                continue
            rows, records = block.rows, block.records
            blank = [""] * len(rows)
            fields = [
                [cells[place] for cells in records] if place is not None else blank
                for place in map(self.columns.get, ALL_COLUMNS)
            ]
            people = map(PersonRow, *fields, rows)
            found = list(map(StaffRow, rows, map(tuple, records), people, repeat("")))
            for at, reason in self._not_checked(block):
                found[at] = StaffRow(rows[at], found[at].cells, None, reason)
            yield found

    def read_blocks(self) -> Iterator[ReadBlock]:
        """Yield the rows as `blocks` does, for whoever reads their people from the cells later.

        Raises ListRefused where the bytes are others by now.
        """
        for block in self._reader.blocks():
            yield ReadBlock(block.rows, block.records, dict(self._not_checked(block)))

    def _joined(self, block: ListBlock) -> list[StaffRow]:
        """Return the rows of a list whose people stand in more columns than they have fields."""
        read, reasons = person_reader(self.columns), dict(self._not_checked(block))
        found = []
        for at, (row, cells) in enumerate(zip(block.rows, block.records, strict=True)):
            person, reason = None, reasons.get(at, "")
            if not reason:
                try:
                    person = read(cells, row)
                except InvalidIdentity as error:
                    reason = reason_of(error)
            found.append(StaffRow(row, tuple(cells), person, reason))
        return found

    def _not_checked(self, block: ListBlock) -> Iterator[tuple[int, str]]:
        """Yield the places of rows in a block that cannot be checked, and why."""
        for place in number_places(self.columns):
            for at, cells in enumerate(block.records):
                number = cells[place]
                if "000" in number[-5:] and _is_rounded(number, doubtful=self._rounded):
                    yield at, "digits_lost"
        if block.faults:
            faults = ((at, block.faults.get(row, "")) for at, row in enumerate(block.rows))
            yield from (fault for fault in faults if fault[1])


def open_staff_list(source: ListSource, choice: ListChoice | None = None) -> StaffList:
    """Read a list through once, and return it to be read row by row.

    Raises ListRefused, and ColumnsUnclear where somebody has to say which column is which.
    """
    choice = choice or ListChoice()
    if choice.encoding:
        choice = replace(choice, encoding=choice.encoding.lower())
    if choice.encoding and choice.encoding not in CODECS:
        raise ListRefused("encoding", choices=tuple(CODECS))
    refuse_other_types(source)
    reader = _READERS[source.kind](source, choice)
    numbers_at = number_places(reader.columns)
    rows = long_numbers = rounded = 0
    for block in reader.blocks():
        rows += len(block.rows)
        numbers = [cells[place] for place in numbers_at for cells in block.records]
        numbers = [number for number in numbers if len(number) > 15 and _LONG.search(number)]
        long_numbers += len(numbers)
        rounded += sum(map(_may_be_rounded, numbers))
    if not rows:
        raise ListRefused("no_people")
    remarks = list(reader.remarks())
    least = 1 if source.kind == "csv" else ROUND_TEXTS_MIN
    doubtful = rounded >= least and rounded > ROUND_SHARE_MAX * long_numbers
    if were_understood(reader.headings, reader.columns):
        remarks.append(Remark("headings_by_meaning"))
    if doubtful:
        remarks.append(Remark("rounded_numbers", count=rounded))
    return StaffList(tuple(reader.headings), reader.columns, tuple(remarks), rows, reader, doubtful)


def _may_be_rounded(number: str) -> bool:
    return "000" in number[-5:] and _ROUND.fullmatch(number) is not None


def _is_rounded(number: str, *, doubtful: bool) -> bool:
    """Whether a long number ends as a spreadsheet leaves it: all of them where that is doubtful."""
    if not _ROUND.fullmatch(number):
        return False
    digits = "".join(filter(str.isdigit, number))
    return doubtful or resident_number_fault(digits) is not None
