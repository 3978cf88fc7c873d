"""The cells that name trips: each distinct one is read once, however many legs bear it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis

from index_builder.runtime.workspace import Workspace
from index_builder.sources.source import Source
from index_builder.trips.leg_origins import replied_leg
from index_builder.trips.scheduled_services import (
    NumberCell,
    flights_of_digits,
    read_number_cells,
)

_NUMBERED = ("case_legs", "timetable", "carriages")
_TEXTS = {"mode": "mode_text", "number": "number_text", "service_date": "date_text"}
_CELLS = ("mode", "number", "service_date")
_CARRIER_CELLS = ("mode", "operator", "service_date")


@dataclass(frozen=True, slots=True)
class ScheduledServices:
    """Every (mode, number) cell of the source and what it means; `cells` is the same by text.

    without_airline: mode_text and number_text of a flight without its airline, with mode, service,
    shown and service_place (from 0) of each flight that it may be.
    """

    table: ibis.Table
    without_airline: ibis.Table
    cells: dict[tuple[str, str], NumberCell]

    @property
    def modes(self) -> ibis.Table:
        """Every mode_text of the source, once, and the mode that it means, null for none."""
        return self.table.select("mode_text", "mode").distinct()


def read_leg_cells(work: Workspace, source: Source) -> ibis.Table | None:
    """Return the combinations of cells that name trips in passenger lists, with legs, stored.

    Columns: mode, number, service_date as delivered; mode_text, number_text, date_text, trimmed, ""
    where blank; legs; delivered: in a passenger list, not in a reply.
    """
    table = source.whole("legs")
    if table is None:
        return None
    raw = table.raw
    if "legs" in source.replies:
        raw = raw.mutate(delivered=raw["row"] < replied_leg(0))
        cells = raw.group_by(*_CELLS, "delivered").agg(legs=raw.count())
    else:
        cells = raw.group_by(_CELLS).agg(legs=raw.count()).mutate(delivered=ibis.literal(True))
    texts = {name: text.fill_null("") for name, text in table.trim(cells, _CELLS).items()}
    named = cells.select(
        "mode",
        "number",
        "service_date",
        "delivered",
        "legs",
        mode_text=texts["mode"],
        number_text=texts["number"],
        date_text=texts["service_date"],
    )
    return work.keep("leg_cells", named)


def read_carrier_cells(work: Workspace, source: Source) -> ibis.Table | None:
    """Return the combinations of cells that name carriers and days, with legs, stored.

    Of passenger lists alone: replies are none. Columns: mode_text, operator, date_text, trimmed, ""
    where blank; legs. Apart from read_leg_cells: a carrier for each trip would be as many rows as
    there are trips, times the carriers whose people are aboard.
    """
    table = source.whole("legs")
    if table is None:
        return None
    raw = table.raw.filter(table.raw["row"] < replied_leg(0))
    cells = raw.group_by(_CARRIER_CELLS).agg(legs=raw.count())
    texts = {name: text.fill_null("") for name, text in table.trim(cells, _CARRIER_CELLS).items()}
    named = cells.select(
        "legs",
        mode_text=texts["mode"],
        operator=texts["operator"],
        date_text=texts["service_date"],
    )
    return work.keep("carrier_cells", named)


def read_scheduled_services(
    work: Workspace, source: Source, leg_cells: ibis.Table | None
) -> ScheduledServices:
    """Return what every (mode, number) cell of the source means, stored."""
    pairs: set[tuple[str, str]] = set()
    for modes, numbers in named_cells(source, leg_cells, _NUMBERED, ("mode", "number")):
        pairs.update(zip(modes, numbers, strict=True))
    cells = read_number_cells(sorted(pairs))
    columns = dict.fromkeys(("mode_text", "number_text", "mode", "service", "shown"), "string")
    table = work.small(
        "services",
        columns,
        [
            (cell.mode_text, cell.number_text, cell.mode, cell.service, cell.display)
            for cell in cells
        ],
    )
    without_airline = work.small(
        "flights_without_airline",
        {**columns, "service_place": "int64"},
        [
            (cell.mode_text, cell.number_text, flight.mode, flight.service, flight.display, place)
            for cell, flights in flights_of_digits(cells).items()
            for place, flight in enumerate(flights)
        ],
    )
    return ScheduledServices(
        table,
        without_airline,
        {(cell.mode_text or "", cell.number_text or ""): cell for cell in cells},
    )


def named_cells(
    source: Source, leg_cells: ibis.Table | None, tables: Iterable[str], columns: Sequence[str]
) -> Iterable[list[list[str]]]:
    """Yield the distinct cells of some columns, of the passenger lists and of each other table."""
    if leg_cells is not None:
        texts = {name: leg_cells[_TEXTS[name]] for name in columns}
        distinct = leg_cells.select(**texts).distinct().to_pyarrow()
        yield [distinct[name].to_pylist() for name in columns]
    for name in tables:
        table = source.get(name)
        if table is not None:
            texts = {column: table[column].fill_null("") for column in columns}
            distinct = table.select(**texts).distinct().to_pyarrow()
            yield [distinct[column].to_pylist() for column in columns]
