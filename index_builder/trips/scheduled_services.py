"""Scheduled services: the numbers under which one run is sold, or which it bears on its way.

`Z11/Z14` is one train that changes its number on the way; `ZH4751（CA8215）` is one flight sold by
two airlines. Numbers written together in any row are one service, wherever they stand alone. A
plate is one vehicle, though one table calls it a bus and another a coach.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from exposure_index.trip_text.modes import mode as normal_mode
from exposure_index.trip_text.plates import modes_of
from exposure_index.trip_text.service_numbers import numbers as normal_numbers


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
