"""Positions aboard: carriage, row, berth, or the area that a member of the crew served."""

from typing import Any

from exposure_index.trip_text.modes import MODES_WITH_CARRIAGES
from index_builder.normalise.carriages import carriages
from index_builder.normalise.place_record import Places
from index_builder.normalise.seat_positions import seats

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
POSITIONS_MAXIMUM = 2_000
"""A leg that names more places than that is taken to be everywhere aboard."""


def positions(mode: str, carriage_text: str, seat_text: str, role: str) -> list[tuple[Any, ...]]:
    """Return the rows of POSITION_COLUMNS for one distinct combination of cells."""
    seat = seats(mode, seat_text) if seat_text else Places(unknown=True)
    crew = role == "crew" or seat.crew
    person = (crew, role == "infant" or seat.infant)
    area = _area(mode, carriage_text) if crew else (None, None)
    aboard = mode in MODES_WITH_CARRIAGES
    rows, named = _seated(seat), 0
    if aboard:
        rows, named = _in_carriages(carriages(mode, carriage_text), seat, crew=crew)
    if not aboard and (seat.unknown or seat.standing or crew or not rows):
        rows.append((None, None, None, None))
    places = list(dict.fromkeys(rows))
    if len(places) > POSITIONS_MAXIMUM:
        places = [(None, None, None, None)]
    several = sum(place[1:] != (None, None, None) for place in places) > 1 or named > 1
    return [(*place, *person, *area, seat.standing, several) for place in places]


def _seated(seat: Places) -> list[tuple[Any, ...]]:
    """The places where no carriage counts."""
    return [(None, place.row, place.berth, place.letter) for place in seat.positions]


def _in_carriages(cell: Places, seat: Places, *, crew: bool) -> tuple[list[tuple[Any, ...]], int]:
    """Return the places in each carriage that cells of carriage and seat name, and their count."""
    in_cell: tuple[str | None, ...] = cell.carriages
    if crew and len(in_cell) > 1 and _area_of(cell.carriages) != (None, None):
        in_cell = ()  # the area that it served says it all
    named = dict.fromkeys((*in_cell, *seat.carriages))
    elsewhere = any(place.carriage not in {None, *in_cell} for place in seat.positions)
    own = any(place.carriage for place in seat.positions)
    # A seat that stands beside seats in other carriages is in none that the cell of seats tells.
    of_seats = in_cell or ((None,) if own else tuple(named)) or (None,)
    rows: list[tuple[Any, ...]] = [
        (name, place.row, place.berth, place.letter)
        for place in seat.positions
        for name in ((place.carriage,) if place.carriage else of_seats)
    ]
    if in_cell and elsewhere:
        # The seat names another carriage than its row: the person may have been in either.
        rows += [(name, None, None, None) for name in in_cell]
    if seat.unknown or seat.standing or crew or not rows:
        rows += [(name, None, None, None) for name in named or (None,)]
    if cell.residue or seat.carriage_unknown:
        rows.append((None, None, None, None))
    return rows, len(named)


def place_text(mode: str, carriage_text: str, seat_text: str, role: str) -> list[tuple[str | None]]:
    """Return one row with the position as comparable text, null where none of it is known."""
    rows = positions(mode, carriage_text, seat_text, role)
    known_places = [row for row in rows if any(part is not None for part in row[:4])]
    return [(" ".join(sorted(map(str, known_places))) if known_places else None,)]


def _area(mode: str, text: str) -> tuple[int | None, int | None]:
    """The first and the last carriage, or row, that a cell names; none where one is not known."""
    if mode in MODES_WITH_CARRIAGES:
        return _area_of(carriages(mode, text).carriages)
    served = seats("flight", text)
    rows = [place.row for place in served.positions if place.row]
    if served.unknown or len(rows) < len(served.positions):
        return None, None
    return min(rows), max(rows)


def _area_of(labels: tuple[str, ...]) -> tuple[int | None, int | None]:
    numbers = [int(label) for label in labels if label.isdigit()]
    if not numbers or len(numbers) < len(labels):
        return None, None
    return min(numbers), max(numbers)
