"""Warns of rows whose service number was kept and may join less than it should, by row."""

from collections.abc import Iterator

from index_builder.normalise.number_doubts import doubt_reason
from index_builder.sources.build_context import BuildContext
from index_builder.trips.trip_tables import TripTables

_COLUMNS = ("mode_text", "number_text")
NAMED_ROWS_MAX = 100
"""So many rows of a table are named for each reason; the others are counted."""


def warn_doubtful_numbers(context: BuildContext, trips: TripTables) -> None:
    """Warn of each row of legs and case_legs with a doubtful number."""
    doubts = list(_doubtful_cells(trips))
    if not doubts:
        return
    schema = {**dict.fromkeys(_COLUMNS, "string"), "reason": "string"}
    cells = context.work.small("doubtful_numbers", schema, doubts)
    for name in ("legs", "case_legs"):
        table = context.source.delivered(name)
        if table is None or (name == "legs" and not _in_passenger_lists(trips, doubts)):
            continue
        texts = table.select(
            "row",
            mode_text=table["mode"].fill_null(""),
            number_text=table["number"].fill_null(""),
        )
        rows = texts.inner_join(cells, list(_COLUMNS))
        counts = rows.group_by("reason").agg(rows=rows.count()).order_by("reason")
        for found in counts.to_pyarrow().to_pylist():
            reason, count = found["reason"], found["rows"]
            same = rows.filter(rows.reason == reason).select("row").order_by("row")
            named = same.limit(NAMED_ROWS_MAX).to_pyarrow()["row"].to_pylist()
            for row in named:
                context.rejects.warn(name, row, "number", reason)
            context.rejects.warn_many(name, "number", reason, count - len(named))


def _doubtful_cells(trips: TripTables) -> Iterator[tuple[str, str, str]]:
    for cell in trips.services.cells.values():
        mode_text, number_text = cell.mode_text or "", cell.number_text or ""
        if cell.mode and cell.numbers and (reason := doubt_reason(cell.mode, number_text)):
            yield mode_text, number_text, reason


def _in_passenger_lists(trips: TripTables, doubts: list[tuple[str, str, str]]) -> bool:
    # Passenger lists are read again only where their cells have shown a doubt.
    if trips.leg_cells is None:
        return False
    cells = trips.leg_cells.filter("delivered").select(*_COLUMNS).distinct().to_pyarrow()
    pairs = zip(*(cells[column].to_pylist() for column in _COLUMNS), strict=True)
    return not {(mode, number) for mode, number, _ in doubts}.isdisjoint(pairs)
