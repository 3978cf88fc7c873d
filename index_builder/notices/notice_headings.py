"""Recognises the columns of a notices file by the headings in use, and picks a row's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index_builder.notices.advice import places_in
from index_builder.notices.heading_table import NUMBER_FIELDS, HeadingMeaning, meaning_of
from index_builder.notices.joined_cells import value_of
from index_builder.notices.notice_rejects import NOT_A_TRIP, RowRejected
from index_builder.notices.number_cells import names_no_trip, split_number_cell
from tables.column_mapping import MappingRefused, TableMapping
from tables.headings import heading_form

_FIELD_OF = {"service_date": "date", "seat": "seats"}  # other columns are named as their field
_COLUMN_OF = {name: column for column, name in _FIELD_OF.items()}
_SERVICE = (*NUMBER_FIELDS, "description")
# Of these the best heading of a file alone counts: 日期 beside 乘车日期 is a day of something else.
_ONE_ALONE = frozenset({"date", *_SERVICE})
_LOOSE, _SURE, _MAPPED = 0, 1, 2
_LETTER = re.compile(r"[^\W\d_]")
# Tried in this order: Aix-en-Provence → Paris, Port-au-Prince to Montreal, 武汉-郑州东.
_PATH_MARKS = tuple(
    re.compile(marks, re.IGNORECASE)
    for marks in (
        r"→|->|=>|—+|至|–|\s+to\s+",
        r"到|[~～]|\s+-\s+",
        r"(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff])|[／/]",
        r"-",
    )
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the heading it stands under.

    text: the part of it that is of the field; delivered: the whole cell.
    """

    text: str
    heading: str
    delivered: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: the column, and what its heading means."""

    column: int
    meaning: HeadingMeaning
    rank: int = _SURE


@dataclass(frozen=True, slots=True)
class Columns:
    """The recognised columns: field → places in a row, the surest heading first.

    unread: the headings of no field, as they stand. mapping: what the mapping file says.
    """

    headings: tuple[str, ...]
    places: Mapping[str, tuple[Place, ...]]
    unread: tuple[str, ...] = ()
    mapping: TableMapping = field(default_factory=TableMapping)

    def missing(self) -> tuple[str, ...]:
        """Return which of the columns without which no row can be read are not there."""
        present = {*self.places, *(_field(name) for name in self.mapping.fixed)}
        lacking = []
        if not present & set(_SERVICE):
            lacking.append("number")
        if not present & {"date", "board_time"}:
            lacking.append("service_date")
        return tuple(lacking)

    def cell(self, row: Sequence[str], name: str) -> Cell:
        """Return the first cell of a field that is not blank; a blank one where there is none."""
        cells = list(self._cells(row, name))
        filled = [cell for cell in cells if cell.text] or [cell for cell in cells if cell.delivered]
        if filled:
            return filled[0]
        if name == "seats" and (advice := [c for c in self._cells(row, "advice") if c.text]):
            places = places_in("\n".join(cell.text for cell in advice))
            return Cell(places, advice[0].heading, places)
        if name == "carriage" and (service := self._service(row)[0]).text:
            carriages = split_number_cell(service.text).carriages
            return Cell(carriages, service.heading, carriages)
        return cells[-1] if cells else Cell("", name)

    def other_cells(self, row: Sequence[str], name: str) -> list[Cell]:
        """Return the cells of a field that are not blank, but for the first."""
        return [cell for cell in self._cells(row, name) if cell.text][1:]

    def number(self, row: Sequence[str]) -> tuple[Cell, str | None]:
        """Return the number's cell and the mode its heading implies (车次: train).

        Raises RowRejected where the row names two trips, or a place and no trip.
        """
        cell, name = self._service(row)
        if name == "description" and cell.text and names_no_trip(cell.text):
            raise RowRejected(cell.heading, NOT_A_TRIP)
        number = split_number_cell(cell.text).number if cell.text else ""
        return Cell(number, cell.heading), None if name in ("number", "description") else name

    def ends(self, row: Sequence[str]) -> tuple[str, str]:
        """Return where the trip began and ended, from two columns or one (`汉口 → 南京南`)."""
        board, alight = self.cell(row, "board").text, self.cell(row, "alight").text
        path = self.cell(row, "path").text
        parts = next((each for marks in _PATH_MARKS if len(each := marks.split(path)) > 1), [])
        if not all(map(_LETTER.search, parts)):
            parts = []  # 08:00-10:00 is no way from a stop to a stop
        if not parts and (service := self._service(row)[0]).text:
            of_number = split_number_cell(service.text)
            parts = [of_number.board, of_number.alight]
        return (board or parts[0], alight or parts[-1]) if parts else (board, alight)

    def _service(self, row: Sequence[str]) -> tuple[Cell, str]:
        """Return the cell that names the service, and its field.

        Numbers in several columns are numbers of one service, unless two modes have one each.
        """
        names = [name for name in _SERVICE if name in self.places or name in self.mapping.fixed]
        cells = {name: [cell for cell in self._cells(row, name) if cell.text] for name in names}
        filled = [name for name in names if cells[name]]
        of_modes = [name for name in filled if name not in ("number", "description")]
        if len(of_modes) > 1:
            raise RowRejected(cells[of_modes[1]][0].heading, "several_trips")
        if not filled:
            return next(self._cells(row, names[-1])), names[-1]
        numbered = [name for name in filled if name != "description"] or ["description"]
        texts = dict.fromkeys(cell.text for name in numbered for cell in cells[name])
        name = next(iter([*of_modes, *numbered]))
        return Cell("/".join(texts), cells[name][0].heading), name

    def _cells(self, row: Sequence[str], name: str) -> Iterator[Cell]:
        """Yield every cell of a field, in the mapping file's words where it has some."""
        fixed = self.mapping.fixed.get(_column(name))
        if fixed is not None:
            yield Cell(fixed, name, fixed)
        words = self.mapping.values.get(_column(name), {})
        for place in self.places.get(name, ()):
            text = row[place.column].strip() if place.column < len(row) else ""
            value = value_of(text, name, place.meaning.names, place.meaning.marks)
            yield Cell(words.get(value, value), self.headings[place.column], text)


def recognise(headings: Sequence[str], mapping: TableMapping | None = None) -> Columns:
    """Recognise the columns of a file by its header; other headings are left alone.

    mapping: the part of the mapping file about notices, which goes before the known headings.
    """
    mapping = mapping or TableMapping()
    places: dict[str, list[Place]] = {}
    for column, heading in enumerate(headings):
        place = _place(column, heading, mapping)
        if place is None:
            continue
        for name in place.meaning.names:
            for each in name:
                places.setdefault(each, []).append(place)
    for fixed in map(_field, mapping.fixed):
        places.pop(fixed, None)
    ranked = {name: tuple(_best_first(name, places)) for name in places}
    ranked = {name: of_field for name, of_field in ranked.items() if of_field}
    used = {place.column for of_field in ranked.values() for place in of_field}
    unread = tuple(
        heading.strip()
        for column, heading in enumerate(headings)
        if column not in used
        and heading.strip()
        and mapping.columns.get(heading_form(heading)) != ""
    )
    return Columns(tuple(headings), ranked, unread, mapping)


def check_mapping(columns: Columns) -> None:
    """Raise MappingRefused where the mapping file names a heading that is not there."""
    forms = {heading_form(heading) for heading in columns.headings}
    if missing := [form for form in columns.mapping.columns if form not in forms]:
        message = f"the mapping file names headings that are not there: {', '.join(missing)}"
        raise MappingRefused(message)


def _place(column: int, heading: str, mapping: TableMapping) -> Place | None:
    by_mapping = mapping.columns.get(heading_form(heading))
    if by_mapping is not None:
        meaning = HeadingMeaning(((_field(by_mapping),),))
        return Place(column, meaning, _MAPPED) if by_mapping else None
    known = meaning_of(heading)
    return Place(column, known, _SURE if known.sure else _LOOSE) if known else None


def _best_first(name: str, places: Mapping[str, Sequence[Place]]) -> list[Place]:
    rivals = _SERVICE if name in _SERVICE else (name,)
    best = max(place.rank for rival in rivals for place in places.get(rival, ()))
    ranked = sorted(places[name], key=lambda place: (-place.rank, _may_be_another(place, name)))
    if name not in _ONE_ALONE:
        return ranked
    doubtful = _may_be_another(ranked[0], name)
    return [
        place for place in ranked if place.rank == best and _may_be_another(place, name) == doubtful
    ]


def _may_be_another(place: Place, name: str) -> bool:
    """Return whether a heading may as well mean another field: 时间 a date or a time of day."""
    return any(name in fields and len(fields) > 1 for fields in place.meaning.names)


def _field(column: str) -> str:
    return _FIELD_OF.get(column, column)


def _column(name: str) -> str:
    return _COLUMN_OF.get(name, name)
