"""The numbers of each scheduled service, as any table but those of the cases unites them.

The join unites numbers of `case_legs` too. Here they would tell of a trip that nobody published.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from index_builder.sources.source import Source
from index_builder.trips.scheduled_services import NumberCell, read_number_cells
from index_builder.trips.trip_cells import named_cells
from index_builder.trips.trip_tables import TripTables

_TABLES = ("timetable", "carriages")

TripNumber = tuple[str, str]
"""(mode, canonical number)."""


@dataclass(frozen=True, slots=True)
class TripNumbers:
    """of: every number of a scheduled service, by any of them.

    cells: (mode and number as in the passenger lists, mode, every number of the service).
    """

    of: dict[TripNumber, tuple[str, ...]]
    cells: list[tuple[str, str, str, tuple[str, ...]]]


def trip_numbers(
    source: Source, trips: TripTables, published: Iterable[tuple[str, tuple[str, ...]]]
) -> TripNumbers:
    """Return the numbers in passenger lists, timetable, carriages and publications.

    published: (mode, numbers) of each.
    """
    pairs: set[tuple[str | None, str | None]] = set()
    for modes, numbers in named_cells(source, trips.leg_cells, _TABLES, ("mode", "number")):
        pairs.update(zip(modes, numbers, strict=True))
    pairs.update((mode, "/".join(numbers)) for mode, numbers in published)
    cells = read_number_cells(sorted(pairs))
    services: dict[str, dict[str, None]] = {}
    for cell in cells:
        if cell.service:
            services.setdefault(cell.service, {}).update(dict.fromkeys(cell.numbers))
    of = {
        (cell.mode, number): tuple(services[cell.service])
        for cell in cells
        if cell.mode and cell.service
        for number in cell.numbers
    }
    return TripNumbers(of, [_meaning(cell, of) for cell in cells if cell.mode and cell.service])


def _meaning(
    cell: NumberCell, of: dict[TripNumber, tuple[str, ...]]
) -> tuple[str, str, str, tuple[str, ...]]:
    mode = cell.mode or ""
    return cell.mode_text or "", cell.number_text or "", mode, of[mode, cell.numbers[0]]
