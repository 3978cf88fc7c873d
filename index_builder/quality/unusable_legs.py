"""Rejects rows of legs and case_legs that name no trip or nobody, each with its row number."""

import ibis

from index_builder.data_dictionary.table_definitions import ROLES
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source, SourceTable
from index_builder.trips.leg_origins import replied_leg
from index_builder.trips.trip_tables import TripTables


def reject_unusable_legs(source: Source, trips: TripTables, rejects: RejectList) -> None:
    """Reject every leg whose mode, number or date means nothing, or that names no document."""
    cells = trips.services.table
    bad_mode = cells.filter(cells["mode"].isnull())
    bad_number = cells.filter(cells["mode"].notnull() & cells.service.isnull())
    bad_date = trips.dates.filter(trips.dates.date.isnull())
    bad = (
        ("mode", bad_mode, ["mode_text", "number_text"]),
        ("number", bad_number, ["mode_text", "number_text"]),
        ("service_date", bad_date, ["date_text"]),
    )
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
        for column, unusable, keys in bad:
            # Passenger lists are read again only where their cells have shown a fault.
            if name != "legs" or _occurs(trips.leg_cells, unusable, keys):
                _reject(texts.semi_join(unusable, keys), name, column, rejects)
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


_REASONS = {
    "mode": "not one of flight, train, metro, coach, bus, taxi, ship",
    "number": "blank or unknown: ask the department that delivered it",
    "service_date": "not a date (YYYY-MM-DD) from 2019 on",
}


def _reject(rows: ibis.Table, table: str, column: str, rejects: RejectList) -> None:
    for batch in rows.select("row").order_by("row").to_pyarrow_batches():
        for row in batch.column("row").to_pylist():
            rejects.reject(table, row, column, _REASONS[column])
