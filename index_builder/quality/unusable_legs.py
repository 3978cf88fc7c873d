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
from index_builder.sources.source import Source, SourceTable
from index_builder.trips.leg_origins import replied_leg
from index_builder.trips.trip_tables import TripTables


def reject_unusable_legs(source: Source, trips: TripTables, rejects: RejectList) -> None:
    """Reject every leg whose mode, number or date means nothing, or that names no document."""
    cells = trips.services.table
    bad_mode = cells.filter(cells["mode"].isnull())
    bad_number = cells.filter(cells["mode"].notnull() & cells.service.isnull())
    bad = [
        ("mode", bad_mode, ["mode_text", "number_text"], _REASONS["mode"]),
        ("number", bad_number, ["mode_text", "number_text"], _REASONS["number"]),
    ]
    for fault, reason in _DATE_REASONS.items():
        bad_date = trips.dates.filter(trips.dates.date_fault == fault.value)
        bad.append(("service_date", bad_date, ["date_text"], reason))
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
        _warn_of_several_days(name, texts, trips, rejects)
        if name == "case_legs":
            _warn_of_times(name, table, rejects)
        roles = _roles(source.tables[name]) if name in source.tables else _rows_of_roles(table)
        strange = roles.filter(roles.role.notnull() & roles.role.lower().notin(sorted(ROLES)))
        count = int(strange["rows"].sum().fill_null(0).execute())
        rejects.warn_many(name, "role", "not a known one, taken as passenger", count)


def _roles(table: SourceTable) -> ibis.Table:
    """Return each role as delivered, trimmed, and its rows: few words stand in many rows."""
    counts = _rows_of_roles(table.raw)
    return counts.select("rows", **table.trim(counts, ["role"]))


def _rows_of_roles(table: ibis.Table) -> ibis.Table:
    return table.group_by("role").agg(rows=table.count())


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
    name: str, texts: ibis.Table, trips: TripTables, rejects: RejectList
) -> None:
    """Tell rows that name several days, of which each counts as a trip."""
    several = trips.dates.filter(trips.dates.day_place == 1).select("date_text")
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
    for column in ("board_time", "alight_time"):
        for cells in (
            table.filter(table[column].notnull()).select("row", column).to_pyarrow_batches()
        ):
            for row, text in zip(*(part.to_pylist() for part in cells.columns), strict=True):
                if not is_day_or_moment(text) and not says_unknown(compact(text)):
                    rejects.warn(name, row, column, "not a date with a time, taken as unknown")


def _rows(texts: ibis.Table) -> Iterator[int]:
    for batch in texts.select("row").order_by("row").to_pyarrow_batches():
        yield from batch.column("row").to_pylist()
