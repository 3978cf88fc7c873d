"""Reads the tables about trips: numbers, dates, timetable, stops and carriages."""

from collections.abc import Iterable
from dataclasses import dataclass

import ibis

from exposure_index.trip_text.dates import date as normal_date
from index_builder.normalise.carriages import carriages
from index_builder.normalise.stations import station
from index_builder.normalise.times import clock
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source
from index_builder.trips.carriage_layouts import (
    Layout,
    LayoutCells,
    column_orders,
    read_layout,
    row_orders,
    unit_orders,
)
from index_builder.trips.cities import Cities
from index_builder.trips.layout_join import Layouts
from index_builder.trips.legs import TripReading
from index_builder.trips.service_dates import read_dates
from index_builder.trips.stop_positions import StopPositions
from index_builder.trips.timetable import Run, TimetableRow, build_runs
from index_builder.trips.trip_cells import (
    ScheduledServices,
    read_carrier_cells,
    read_scheduled_services,
)


@dataclass(frozen=True, slots=True)
class TripTables:
    """The tables about trips as read, ready to be joined with legs.

    leg_cells, carrier_cells: see read_leg_cells, read_carrier_cells; None without passenger lists.
    """

    services: ScheduledServices
    dates: ibis.Table
    leg_cells: ibis.Table | None
    carrier_cells: ibis.Table | None
    runs: dict[str, tuple[Run, ...]]
    reading: TripReading


def read_trips(
    work: Workspace, source: Source, rejects: RejectList, cells: ibis.Table | None
) -> TripTables:
    """Return services, dates and layouts; rows of their tables that mean nothing are rejected.

    cells: as read_leg_cells returns them.
    """
    services = read_scheduled_services(work, source, cells)
    dates = read_dates(work, source, cells)
    calls = list(_timetable_rows(source, services, rejects))
    cities = Cities(_cities(source, rejects), {call.stop for call in calls})
    runs = build_runs(calls, cities)
    layouts = _layouts(work, source, services, rejects)
    return TripTables(
        services,
        dates,
        cells,
        read_carrier_cells(work, source),
        runs,
        TripReading(StopPositions(runs, cities), layouts),
    )


def _text_rows(table: ibis.Table, *columns: str) -> Iterable[tuple[int, list[str]]]:
    """Yield (row, cells as text, "" where blank) of a small table."""
    data = table.select("row", *columns).to_pyarrow()
    lists = [data[column].to_pylist() for column in columns]
    for row, *cells in zip(data["row"].to_pylist(), *lists, strict=True):
        yield row, [cell or "" for cell in cells]


def _cities(source: Source, rejects: RejectList) -> dict[str, str]:
    table = source.get("stops")
    cities: dict[str, str] = {}
    if table is None:
        return cities
    for row, (stop, city) in _text_rows(table, "stop", "city"):
        name, of = station(stop), station(city)
        if not name or not of:
            rejects.reject("stops", row, "city" if name else "stop", "blank or unknown")
        elif cities.setdefault(name, of) != of:
            rejects.reject("stops", row, "city", "the stop stands in another city further up")
    return cities


def _timetable_rows(
    source: Source, services: ScheduledServices, rejects: RejectList
) -> Iterable[TimetableRow]:
    table = source.get("timetable")
    if table is None:
        return
    columns = ("mode", "number", "stop_seq", "stop", "arrival", "departure")
    for row, (mode, number, sequence, stop, arrival, departure) in _text_rows(table, *columns):
        cell = services.cells[mode, number]
        name = station(stop)
        if cell.service is None or cell.mode is None:
            rejects.reject("timetable", row, "mode" if cell.mode is None else "number", "unknown")
        elif not sequence.isascii() or not sequence.isdigit():
            rejects.reject("timetable", row, "stop_seq", "not a whole number")
        elif not name:
            rejects.reject("timetable", row, "stop", "blank or unknown")
        else:
            times = {"arrival": clock(arrival), "departure": clock(departure)}
            for column, text in (("arrival", arrival), ("departure", departure)):
                if text and times[column] is None:
                    rejects.warn("timetable", row, column, "not a time, taken as unknown")
            yield TimetableRow(cell.service, cell.numbers[0], int(sequence), name, **times)


def _layouts(
    work: Workspace, source: Source, services: ScheduledServices, rejects: RejectList
) -> Layouts:
    rows: list[tuple[object, ...]] = []
    layouts: dict[LayoutCells, tuple[int, Layout]] = {}
    table = source.get("carriages")
    columns = (
        "mode",
        "number",
        "service_date",
        "carriage",
        "class",
        "aircon",
        "rows",
        "units",
        "seats",
    )
    for row, cells in () if table is None else _text_rows(table, *columns):
        mode, number, date_text, carriage_text, *description = cells
        cell = services.cells[mode, number]
        day = normal_date(date_text) if date_text else None
        labels = carriages(cell.mode, carriage_text).carriages if carriage_text else ("",)
        if cell.service is None or cell.mode is None:
            rejects.reject("carriages", row, "mode" if cell.mode is None else "number", "unknown")
            continue
        if (date_text and day is None) or not labels:
            column = "service_date" if labels else "carriage"
            rejects.reject("carriages", row, column, "not readable")
            continue
        described = LayoutCells(*description)
        number_of, layout = layouts.setdefault(described, (len(layouts), read_layout(described)))
        for column in layout.faults:
            rejects.warn("carriages", row, column, "not readable, the wider default is taken")
        rows.extend(
            (
                cell.mode,
                cell.service,
                day,
                label,
                number_of,
                layout.carriage_class,
                layout.aircon,
                layout.class_known,
                layout.aircon_known,
                bool(layout.rows),
                bool(layout.units),
                bool(layout.columns),
            )
            for label in labels
        )
    schema = {
        "layout_mode": "string",
        "layout_service": "string",
        "layout_date": "date",
        "layout_carriage": "string",
        "layout": "int32",
        "layout_class": "string",
        "layout_aircon": "boolean",
        "class_known": "boolean",
        "aircon_known": "boolean",
        "has_rows": "boolean",
        "has_units": "boolean",
        "has_columns": "boolean",
    }
    numbered = list(layouts.values())
    row_schema = {"row_layout": "int32", "layout_row": "int32", "row_place": "int32"}
    unit_schema = {"unit_layout": "int32", "layout_berth": "int32", "unit_place": "int32"}
    column_schema = {"column_layout": "int32", "layout_letter": "string", "column_place": "int32"}
    return Layouts(
        len(rows),
        work.small("layouts", schema, rows),
        work.small("row_orders", row_schema, row_orders(numbered)),
        work.small("unit_orders", unit_schema, unit_orders(numbered)),
        work.small("column_orders", column_schema, column_orders(numbered)),
    )
