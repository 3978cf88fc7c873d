"""Scheduled services: the numbers under which one run is sold, or which it bears on its way.

`Z11/Z14` is one train that changes its number on the way; `ZH4751（CA8215）` is one flight sold by
two airlines. Numbers written together in any row are one service, wherever they stand alone. A
plate is one vehicle, though one table calls it a bus and another a coach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exposure_index.trip_text.modes import mode as normal_mode
from exposure_index.trip_text.plates import modes_of
from exposure_index.trip_text.scheduled_numbers import digits_of_flight
from exposure_index.trip_text.service_numbers import digits_without_airline
from exposure_index.trip_text.service_numbers import numbers as normal_numbers

FLIGHTS_OF_DIGITS_MAX = 8
"""So many flights of other airlines a flight without one may be; the numbers of legs have room."""


_LINE_WORDS = {"metro": "号线", "bus": "路"}
"""Behind the number of a line; one table writes 2号线, another Line 2, which is read as 2."""


@dataclass(frozen=True, slots=True)
class NumberCell:
    """What one pair of cells (mode, number) means.

    service: the same text (a mode and number of it) for every number of a service; display: the
    numbers as an answer names them; mode None or service None: not usable.
    """

    mode_text: str | None
    number_text: str | None
    mode: str | None
    service: str | None
    display: str | None
    numbers: tuple[str, ...]


class _Classes:
    """Union-find over (mode, number); the representative is the first in sorting order."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, str], tuple[str, str]] = {}

    def find(self, item: tuple[str, str]) -> tuple[str, str]:
        parent = self._parent.setdefault(item, item)
        while parent != item:
            grand = self._parent[parent]
            self._parent[item] = grand
            item, parent = parent, grand
        return item

    def unite(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first


def read_number_cells(
    cells: Iterable[tuple[str | None, str | None]],
) -> list[NumberCell]:
    """Return the meaning of each distinct (mode, number) of all tables of a source."""
    meanings: list[tuple[str | None, str | None, str | None, tuple[str, ...]]] = []
    classes = _Classes()
    vehicles: dict[str, tuple[str, str]] = {}
    for mode_text, number_text in cells:
        mode = normal_mode(mode_text or "")
        numbers = normal_numbers(mode, number_text or "") if mode else ()
        meanings.append((mode_text, number_text, mode, numbers))
        if mode:
            for number in numbers:
                classes.unite((mode, numbers[0]), (mode, number))
                classes.unite((mode, number), (mode, _line_number(mode, number)))
                if len(modes_of(mode, number)) > 1:
                    classes.unite(vehicles.setdefault(number, (mode, number)), (mode, number))
    return [
        NumberCell(
            mode_text,
            number_text,
            mode,
            " ".join(classes.find((mode, numbers[0]))) if mode and numbers else None,
            "/".join(numbers) if numbers else None,
            numbers,
        )
        for mode_text, number_text, mode, numbers in meanings
    ]


def _line_number(mode: str, number: str) -> str:
    """Return the number of a line without the word behind it, any other number as it is."""
    bare = number.removesuffix(_LINE_WORDS.get(mode, ""))
    return bare if bare.isdecimal() else number


def flights_of_digits(cells: Sequence[NumberCell]) -> dict[NumberCell, list[NumberCell]]:
    """Return each cell of a flight without its airline, and the flights of a source it may be.

    One cell of each flight that bears the same digits. Nobody can say which of them it was, so
    that it may be any; where they are more than FLIGHTS_OF_DIGITS_MAX, or none, the cell is left
    out.
    """
    named: dict[str, dict[str, NumberCell]] = {}
    for cell in cells:
        if cell.mode == "flight" and cell.service is not None:
            for digits in filter(None, map(digits_of_flight, cell.numbers)):
                named.setdefault(digits, {}).setdefault(cell.service, cell)
    found: dict[NumberCell, list[NumberCell]] = {}
    for cell in cells:
        if cell.service is None:
            digits = digits_without_airline(cell.mode, cell.number_text or "")
            flights = list(named.get(digits, {}).values())
            if 0 < len(flights) <= FLIGHTS_OF_DIGITS_MAX:
                found[cell] = flights
    return found
