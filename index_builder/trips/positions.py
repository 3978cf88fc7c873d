"""Positions aboard: carriage, row, berth, or the area that a member of the crew served."""

import re
from typing import Any

from exposure_index.trip_text.folding import compact
from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from index_builder.normalise.carriages import carriage as normal_carriage
from index_builder.normalise.seat_positions import Seats, seats

POSITION_COLUMNS = {
    "carriage": "string",
    "seat_row": "int32",
    "berth": "int32",
    "letter": "string",
    "crew": "boolean",
    "infant": "boolean",
    "area_first": "int32",
    "area_last": "int32",
    "standing": "boolean",
    "several": "boolean",
}
"""One row for each place that a leg names; seat_row and berth null: not known (or standing);
area_*: carriages or rows that a crew member served, null where not known; standing: a ticket
without a seat; several: the leg names more than one place, as where seats were changed under way.
Crew moves about: beside any seat of its own it has a row for the area that it served."""

_AREA = re.compile(r"(?:第|ROWS?)?([0-9]{1,3})(?:[-~至到]([0-9]{1,3}))?(?:号|节|排)?(?:车厢|车)?")


def positions(mode: str, carriage_text: str, seat_text: str, role: str) -> list[tuple[Any, ...]]:
    """Return the rows of POSITION_COLUMNS for one distinct combination of cells."""
    seat = seats(mode, seat_text) if seat_text else Seats(unknown=True)
    crew = role == "crew" or seat.crew
    person = (crew, role == "infant" or seat.infant)
    area = _area(carriage_text) if crew else (None, None)
    in_cell = normal_carriage(carriage_text) if mode in MODES_WITH_CARRIAGES else None
    named: list[str | None] = [in_cell] if in_cell else []
    if mode in MODES_WITH_CARRIAGES:
        named += [name for name in seat.carriages if name not in named]
    carriages: list[str | None] = named or [None]
    rows: list[tuple[Any, ...]] = [
        (place.carriage or name, place.row, place.berth, place.letter)
        for place in seat.positions
        for name in ([place.carriage] if place.carriage else carriages)
    ]
    if in_cell and any(place.carriage not in {None, in_cell} for place in seat.positions):
        # The seat names another carriage than its row: the person may have been in either.
        rows.append((in_cell, None, None, None))
    if seat.unknown or seat.standing or crew or not rows:
        rows += [(name, None, None, None) for name in carriages]
    if mode not in MODES_WITH_CARRIAGES:
        rows = [(None, *row[1:]) for row in rows]
    places = list(dict.fromkeys(rows))
    several = sum(place[1:] != (None, None, None) for place in places) > 1 or len(named) > 1
    return [(*place, *person, *area, seat.standing, several) for place in places]


def place_text(mode: str, carriage_text: str, seat_text: str, role: str) -> list[tuple[str | None]]:
    """Return one row with the position as comparable text, null where none of it is known."""
    rows = positions(mode, carriage_text, seat_text, role)
    known_places = [row for row in rows if any(part is not None for part in row[:4])]
    return [(" ".join(sorted(map(str, known_places))) if known_places else None,)]


def _area(text: str) -> tuple[int | None, int | None]:
    match = _AREA.fullmatch(compact(text))
    if match is None:
        return None, None
    ends = sorted((int(match[1]), int(match[2] or match[1])))
    return ends[0], ends[1]
