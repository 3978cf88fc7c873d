"""Rejects rows of legs and case_legs that name no trip or nobody, each with its row number."""

from collections.abc import Iterator

import ibis

from exposure_index.trip_text.date_items import DAYS_MAXIMUM
from exposure_index.trip_text.dates import DateFault
from exposure_index.trip_text.folding import compact, says_unknown
from index_builder.data_dictionary.table_definitions import ROLES
from index_builder.normalise.times import is_day_or_moment
from index_builder.quality.doubtful_numbers import NAMED_ROWS_MAX
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source
from index_builder.trips.leg_origins import replied_leg
from index_builder.trips.legs import CellCleaner, as_written
from index_builder.trips.trip_tables import TripTables


def reject_unusable_legs(source: Source, trips: TripTables, rejects: RejectList) -> None:
    """Reject every leg whose mode, number or date means nothing, or that names no document."""
    bad = _unusable_cells(trips)
    several_days = trips.dates.filter(trips.dates.day_place == 1).select("date_text")
    has_several_days = bool(several_days.count().execute())
    replied = source.replies.get("legs")
    if replied is not None:
        replied = replied.mutate(row=replied["row"] - replied_leg(0))
    tables = {name: source.delivered(name) for name in ("legs", "case_legs")}
    for name, table in (tables | {"replies": replied}).items():
        if table is None:
            continue
        texts = table.select(
            "row",
            mode_text=table["mode"].fill_null(""),
            number_text=table["number"].fill_null(""),
            date_text=table["service_date"].fill_null(""),
        )
        for column, unusable, keys, reason in bad:
            # Passenger lists are read again only where their cells have shown a fault.
            if name == "case_legs" and column == "number":
                # One flight told without its airline makes no table of a few trips a bad one.
                numbered = (unusable["mode"] == "flight") & unusable.number_text.re_search("[0-9]")
                flights = texts.semi_join(unusable.filter(numbered), keys)
                _warn_of_flights(name, flights, trips, rejects)
                unusable = unusable.filter(~numbered)  # noqa: PLW2901
            if name != "legs" or _occurs(trips.leg_cells, unusable, keys):
                for row in _rows(texts.semi_join(unusable, keys)):
                    rejects.reject(name, row, column, reason)
        if has_several_days:
            _warn_of_several_days(name, texts, several_days, trips, rejects)
        if name == "case_legs":
            _warn_of_times(name, table, rejects)
        delivered = source.tables.get(name)
        count = (
            strange_roles(table, as_written)
            if delivered is None
            else strange_roles(delivered.raw, delivered.clean)
        )
        rejects.warn_many(name, "role", "not a known one, taken as passenger", count)


def _unusable_cells(trips: TripTables) -> list[tuple[str, ibis.Table, list[str], str]]:
    """Return each fault that a cell has: its column, the cells, their columns and the reason."""
    cells, dates = trips.services.table, trips.dates
    bad_mode = cells["mode"].isnull()
    bad_number = cells["mode"].notnull() & cells.service.isnull()
    found = cells.agg(mode=bad_mode.sum(), number=bad_number.sum()).to_pyarrow().to_pylist()[0]
    faults = dates.select("date_fault").distinct().to_pyarrow()["date_fault"].to_pylist()
    trip = ["mode_text", "number_text"]
    bad = [
        (column, cells.filter(unusable), trip, _REASONS[column])
        for column, unusable in (("mode", bad_mode), ("number", bad_number))
        if found[column]
    ]
    return bad + [
        ("service_date", dates.filter(dates.date_fault == fault.value), ["date_text"], reason)
        for fault, reason in _DATE_REASONS.items()
        if fault.value in faults
    ]


def strange_roles(table: ibis.Table, clean: CellCleaner) -> int:
    """Return how many rows have a role that the standard does not know.

    The engine sees in the scan that most roles are written as in the standard. What else there is
    is read here: asked for what it means, the engine would ask each row before it counts.
    """
    role = table["role"]
    others = table.filter(role.notnull() & role.notin(sorted(ROLES)))
    strange = 0
    for batch in others.group_by("role").agg(rows=others.count()).to_pyarrow_batches():
        for cell, rows in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            text = clean("role", cell)
            strange += rows if text and text.lower() not in ROLES else 0
    return strange


def _occurs(leg_cells: ibis.Table | None, unusable: ibis.Table, keys: list[str]) -> bool:
    return leg_cells is not None and bool(leg_cells.semi_join(unusable, keys).count().execute())


_EVERY_AIRLINE = "a flight without airline; taken for every flight of these digits"
_JOINS_NOTHING = "a flight without airline, or not understood; joins nothing"
_REASONS = {
    "mode": "not one of flight, train, metro, coach, bus, taxi, ship",
    "number": "blank, unknown or not understood, or a flight without airline: ask the department",
}
_NO_DATE = "not a date (YYYY-MM-DD) from 2019 on"
_DATE_REASONS = {
    DateFault.UNREADABLE: _NO_DATE,
    DateFault.YEAR_MISSING: "a date without its year (YYYY-MM-DD)",
    DateFault.AMBIGUOUS: "a date with two readings in this file (YYYY-MM-DD has one)",
    DateFault.TOO_MANY_DAYS: f"more than {DAYS_MAXIMUM} days: give each trip its boarding date",
}


def _warn_of_flights(name: str, texts: ibis.Table, trips: TripTables, rejects: RejectList) -> None:
    """Tell flights that are not understood whole, and those that may be one of several."""
    keys, known = ["mode_text", "number_text"], trips.services.without_airline
    for row in _rows(texts.semi_join(known, keys)):
        rejects.warn(name, row, "number", _EVERY_AIRLINE)
    for row in _rows(texts.anti_join(known, keys)):
        rejects.warn(name, row, "number", _JOINS_NOTHING)


def _warn_of_several_days(
    name: str, texts: ibis.Table, several: ibis.Table, trips: TripTables, rejects: RejectList
) -> None:
    """Tell rows that name several days, of which each counts as a trip."""
    reason = "names several days, each counts"
    if name != "legs":
        for row in _rows(texts.semi_join(several, "date_text")):
            rejects.warn(name, row, "service_date", reason)
    elif trips.leg_cells is not None:
        cells = trips.leg_cells.filter(trips.leg_cells.delivered).semi_join(several, "date_text")
        count = int(cells["legs"].sum().fill_null(0).execute())
        if not count:
            return
        rows = texts.semi_join(several, "date_text").order_by("row").limit(NAMED_ROWS_MAX)
        named = list(_rows(rows))
        for row in named:
            rejects.warn(name, row, "service_date", reason)
        rejects.warn_many(name, "service_date", reason, count - len(named))


def _warn_of_times(name: str, table: ibis.Table, rejects: RejectList) -> None:
    """Tell times of a small table that are not wholly understood: they count as unknown."""
    columns = ("board_time", "alight_time")
    cells = table.filter(table.board_time.notnull() | table.alight_time.notnull())
    rows = cells.select("row", *columns).to_pyarrow().to_pydict()
    for column in columns:
        for row, text in zip(rows["row"], rows[column], strict=True):
            if text is not None and not is_day_or_moment(text) and not says_unknown(compact(text)):
                rejects.warn(name, row, column, "not a date with a time, taken as unknown")


def _rows(texts: ibis.Table) -> Iterator[int]:
    for batch in texts.select("row").order_by("row").to_pyarrow_batches():
        yield from batch.column("row").to_pylist()
