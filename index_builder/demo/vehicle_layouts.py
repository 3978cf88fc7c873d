"""Invented layouts of the vehicles: which seats there are around the published one."""

from __future__ import annotations

from dataclasses import dataclass

from index_builder.demo.published_extract import DemoTrip
from index_builder.normalise import rows_of, seats

# Row numbers as airlines give them: no 13; or economy counted from 31, without 44.
_ROWS_FROM_1, _ROWS_FROM_31 = "1-12,14-34", "31-43,45-70"
_HARD_SEATS, _HARD_SLEEPER_BAYS, _SOFT_SLEEPER_BERTHS = 118, 22, 36
_COMPARTMENT_BERTHS = 4
_MULTIPLE_UNIT_ROWS = 18
# Published with the words for a lower berth; that it was the soft sleeper is our assumption.
_SOFT_SLEEPERS = frozenset(("T35",))


@dataclass(frozen=True, slots=True)
class Layout:
    """One row of the table `carriages`, and every place as its tickets name it."""

    kind: str
    rows: str
    units: str
    seats: str
    places: tuple[str, ...]


def layout_of(trip: DemoTrip) -> Layout:
    """Return a layout that has the seats that were published for a trip."""
    return _aircraft(trip) if trip.mode == "flight" else _railway_carriage(trip)


def _aircraft(trip: DemoTrip) -> Layout:
    positions = seats("flight", trip.seats).positions
    letters_of_seats = {position.letter for position in positions} - {None}
    rows = _ROWS_FROM_31 if any((place.row or 0) > 34 for place in positions) else _ROWS_FROM_1
    letters = "ABC-DEF"
    if letters_of_seats & {"G"}:
        letters = "ABC-DEFG-HJK"
    elif letters_of_seats & {"L"}:
        letters = "ABC-JKL"
    elif letters_of_seats & {"H", "J", "K"}:
        letters = "ABC-HJK"
    return Layout("seat", rows, "", letters, _lettered(rows, letters))


def _railway_carriage(trip: DemoTrip) -> Layout:
    positions = seats("train", trip.seats).positions
    if trip.number in _SOFT_SLEEPERS:
        firsts = range(1, _SOFT_SLEEPER_BERTHS, _COMPARTMENT_BERTHS)
        units = ",".join(f"{first}-{first + _COMPARTMENT_BERTHS - 1}" for first in firsts)
        berths = tuple(
            f"{berth}号{'上下'[berth % 2 == 0]}铺" for berth in range(1, _SOFT_SLEEPER_BERTHS + 1)
        )
        return Layout("soft_sleeper", "", units, "", berths)
    if any(place.level for place in positions):
        bays = range(1, _HARD_SLEEPER_BAYS + 1)
        units = ",".join(f"{first}-{first + 1}" for first in bays[::2])
        places = tuple(f"{bay}号{level}铺" for bay in bays for level in "上中下")
        return Layout("hard_sleeper", "", units, "", places)
    lettered = any(place.letter for place in positions)
    if lettered or trip.number[0] in "GDC":
        last = max([_MULTIPLE_UNIT_ROWS, *(place.row or 0 for place in positions)])
        rows = f"1-{last}"
        return Layout("seat", rows, "", "ABC-DF", _lettered(rows, "ABC-DF"))
    last = max([_HARD_SEATS, *(place.berth or 0 for place in positions)])
    return Layout("hard_seat", "", "", "", tuple(f"{seat}号" for seat in range(1, last + 1)))


def _lettered(rows: str, letters: str) -> tuple[str, ...]:
    return tuple(f"{row}{letter}" for row in rows_of(rows) for letter in letters.replace("-", ""))
