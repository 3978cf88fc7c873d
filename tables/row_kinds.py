"""Tells rows of data from what else stands in a table: blank rows, titles, footnotes, headers.

A row with one cell is a title or a footnote only where that cell could be no part of anybody's
trip: whatever might be a day, a number of a trip, of a document or a seat stays a row, which is
then rejected for what it lacks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exposure_index.trip_text.folding import spaced
from tables.dialect import HeaderRules
from tables.table_faults import TableUnreadable, row_ranges

NOTES_MAX = 50
"""More rows of one cell than this are no titles and footnotes, but a table that lost its cells."""

_REMARK = re.compile(
    r"\W*(?:注|备注|備註|附注|说明|說明|来源|來源|资料来源|資料來源|数据来源|信息来源|截至|截止|更新|"
    r"合计|合計|总计|總計|小计|共计|填表|填报|制表|审核|联系|报送|报告单位|"
    r"(?:NOTES?|SOURCES?|REMARKS?|FOOTNOTES?|TOTAL|UPDATED|AS OF|AS AT)(?![A-Z0-9]))"
)
_TOTAL = re.compile(r"(?:(?:合|总|總|小|共)[计計]|(?:GRAND |SUB)?TOTAL)S?(?:人数|人數)?:?")
_COUNT = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3})*(?:\.0+)?(?: ?[人名位例条條行])?")
_NUMBERED_TITLE = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[IVX]{1,4})[)、.]")
_SENTENCE = re.compile(r"[:,;。、!?]|[(].+[)]")
_MONTH = "(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
_COULD_BE_DATA = re.compile(
    rf"""
    [0-9]{{1,2}}\ ?[月/.:-]\ ?[0-9]{{1,2}}              # 1月20, 1/20, 1-20, 08:15
  | [元一二三四五六七八九十]{{1,2}}月[初一二三四五六七八九十]
  | {_MONTH}\.?\ ?[0-9] | [0-9](?:ST|ND|RD|TH)?\ ?{_MONTH}
  | (?<![A-Z])[A-Z]{{1,3}}[\ -]?[0-9]{{1,5}}           # G1712, CZ 3137, a plate
  | (?:FLIGHT|TRAIN|BUS|LINE|ROUTE|CAR|CARRIAGE|COACH|SEAT|ROW)S?\ ?(?:NO\.?\ ?)?[0-9]
  | [0-9]{{1,4}}\ ?[A-Z](?![A-Z])                     # 12F
  | [0-9]{{4,}}(?![0-9年])                            # 1148, a document
  | (?:[0-9]|[一二三四五六七八九十])\ ?(?:号|號|次|车|車|路|线|線|排|座|节)
    """,
    re.VERBOSE,
)


def is_note(text: str, *, holds_names: bool) -> bool:
    """Return whether the one cell of a row is a title or a footnote, and nothing of a trip.

    holds_names: whether a cell may be a name; then what may be one is no title either.
    """
    folded = spaced(text)
    if _REMARK.match(folded):
        return True
    if _COULD_BE_DATA.search(folded):
        return False
    return not holds_names or bool(_NUMBERED_TITLE.match(folded) or _SENTENCE.search(folded))


def is_total(filled: Sequence[str]) -> bool:
    """Return whether the filled cells of a row are the word total and a count: 合计, 40人."""
    if len(filled) != 2:
        return False
    word, count = map(spaced, filled)
    return bool(_TOTAL.fullmatch(word) and _COUNT.fullmatch(count))


def data_above(above: Sequence[tuple[int, list[str]]]) -> list[int]:
    """Return which rows above the header may be data that were sorted there; the others are titles.

    A row that fills every column is one, but for the last where it has no number at all: headings
    in a second language.
    """
    rows = []
    for row, cells in above:
        filled = [spaced(cell) for cell in cells if cell.strip()]
        like_data = sum(map(bool, map(_COULD_BE_DATA.search, filled)))
        is_full = len(filled) == len(cells) > 1 and (like_data or row != above[-1][0])
        if like_data > 1 or is_full:
            rows.append(row)
    return rows


@dataclass(slots=True)
class RowKinds:
    """Sorts the records of one table, and keeps what it has to say of those that are no data."""

    headings: Sequence[str]
    rules: HeaderRules
    notes: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    nameless: dict[int, int] = field(default_factory=dict)  # place → rows that fill it
    required: tuple[int, ...] = ()
    _blank_headings: tuple[int, ...] = ()
    _words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.required = self.rules.required_places(self.headings)
        self._words = frozenset(heading for heading in self.headings if heading.strip())
        self._blank_headings = tuple(
            place for place, heading in enumerate(self.headings) if not heading.strip()
        )

    def data(self, rows: list[int], records: list[list[str]]) -> tuple[list[int], list[list[str]]]:
        """Return the rows and records that are data; records have the header's width or more.

        Raises TableUnreadable for a second header of other columns.
        """
        suspects = self._suspects(records)
        dropped = {at for at in sorted(suspects) if not self._is_data(rows[at], records[at])}
        if dropped:
            rows = [row for at, row in enumerate(rows) if at not in dropped]
            records = [record for at, record in enumerate(records) if at not in dropped]
        for place in self._blank_headings:
            if filled := sum(bool(record[place].strip()) for record in records):
                self.nameless[place] = self.nameless.get(place, 0) + filled
        return rows, records

    def may_be_note(self, cells: Sequence[str]) -> bool:
        """Return whether a row may be a note, by the places of its cells: always."""
        return True

    def is_note(self, row: int, filled: Sequence[str]) -> bool:
        """Return whether the filled cells of a row are a title, a footnote or a total; note it."""
        if len(self.notes) >= NOTES_MAX or not self.rules.may_hold_notes:
            return False
        if not (
            is_note(filled[0], holds_names=self.rules.holds_names)
            if len(filled) == 1
            else is_total(filled)
        ):
            return False
        self.notes.append(row)
        return True

    def remarks(self) -> Iterator[str]:
        """Yield what there is to say of the rows that were no data, by their numbers."""
        if self.notes:
            yield f"rows taken as titles, notes or totals and not read: {row_ranges(self.notes)}"
        if self.headers:
            yield f"rows that repeat the header: {row_ranges(self.headers)}"
        for place, count in self.nameless.items():
            yield f"cells of column {place + 1}, which has no heading, not read: {count}"

    def _suspects(self, records: list[list[str]]) -> set[int]:
        """Return the places of records that may be no data, seen by the columns all data fill."""
        suspects: set[int] = set()
        for place in self.required or (0,):
            column = [record[place] for record in records]
            if not all(column) or any(map(str.isspace, column)):
                suspects.update(at for at, cell in enumerate(column) if not cell.strip())
        if self.required and not self._words.isdisjoint(column):
            suspects.update(at for at, cell in enumerate(column) if cell in self._words)
        return suspects

    def _is_data(self, row: int, record: Sequence[str]) -> bool:
        filled = [cell for cell in record if cell.strip()]
        if not filled:
            return False
        if self.required and record[self.required[-1]] in self._words:
            return not self._repeats_header(row, record)
        blank = [place for place in self.required if not record[place].strip()]
        return not (blank and self.may_be_note(record) and self.is_note(row, filled))

    def _repeats_header(self, row: int, record: Sequence[str]) -> bool:
        if [cell.strip() for cell in record] == [cell.strip() for cell in self.headings]:
            self.headers.append(row)
            return True
        if self.rules.is_header(record):
            message = f"row {row} is the header of another table; keep one table in each file"
            raise TableUnreadable(message)
        return False
