"""Invented layouts of the vehicles: which seats there are around the published one."""

from __future__ import annotations

from dataclasses import dataclass

from index_builder.demo.published import Trip
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


def layout_of(trip: Trip) -> Layout:
    """Return a layout that has the seats that were published for a trip."""
    return _aircraft(trip) if trip.mode == "flight" else _railway_carriage(trip)


def _aircraft(trip: Trip) -> Layout:
    told = seats("flight", trip.seats).positions
    letters_told = {position.letter for position in told} - {None}
    rows = _ROWS_FROM_31 if any((place.row or 0) > 34 for place in told) else _ROWS_FROM_1
    letters = "ABC-DEF"
    if letters_told & {"G"}:
        letters = "ABC-DEFG-HJK"
    elif letters_told & {"L"}:
        letters = "ABC-JKL"
    elif letters_told & {"H", "J", "K"}:
        letters = "ABC-HJK"
    return Layout("seat", rows, "", letters, _lettered(rows, letters))


def _railway_carriage(trip: Trip) -> Layout:
    told = seats("train", trip.seats).positions
    if trip.number in _SOFT_SLEEPERS:
        firsts = range(1, _SOFT_SLEEPER_BERTHS, _COMPARTMENT_BERTHS)
        units = ",".join(f"{first}-{first + _COMPARTMENT_BERTHS - 1}" for first in firsts)
        berths = tuple(
            f"{berth}号{'上下'[berth % 2 == 0]}铺" for berth in range(1, _SOFT_SLEEPER_BERTHS + 1)
        )
        return Layout("soft_sleeper", "", units, "", berths)
    if any(place.level for place in told):
        bays = range(1, _HARD_SLEEPER_BAYS + 1)
        units = ",".join(f"{first}-{first + 1}" for first in bays[::2])
        places = tuple(f"{bay}号{level}铺" for bay in bays for level in "上中下")
        return Layout("hard_sleeper", "", units, "", places)
    lettered = any(place.letter for place in told)
    if lettered or trip.number[0] in "GDC":
        last = max([_MULTIPLE_UNIT_ROWS, *(place.row or 0 for place in told)])
        rows = f"1-{last}"
        return Layout("seat", rows, "", "ABC-DF", _lettered(rows, "ABC-DF"))
    last = max([_HARD_SEATS, *(place.berth or 0 for place in told)])
    return Layout("hard_seat", "", "", "", tuple(f"{seat}号" for seat in range(1, last + 1)))


def _lettered(rows: str, letters: str) -> tuple[str, ...]:
    return tuple(f"{row}{letter}" for row in rows_of(rows) for letter in letters.replace("-", ""))
