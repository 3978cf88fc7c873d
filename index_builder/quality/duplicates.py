"""Duplicates: rows that repeat an earlier one of their table, counted for the control total.

They change nothing, as people and exposures are merged; but a delivery that holds its rows twice
says that something went wrong on its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis

from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.sources.source import SourceTable
from index_builder.trips.leg_origins import leg_row, replied_leg
from index_builder.trips.legs import LEG_TEXTS

_TRIP = ("mode", "service", "carriage_text")
_TEXTS = (*(text for text in LEG_TEXTS if text != "carriage"), "id_type", "id_number", "name")
_PERSON_ABOARD = ("service", "service_date", "id_number")


@dataclass(frozen=True, slots=True)
class DuplicateCount:
    """compared: rows among which duplicates were looked for; duplicates: those that repeat one."""

    compared: int
    duplicates: int


def count_duplicates(context: BuildContext) -> dict[str, DuplicateCount]:
    """Return, by table, how many usable rows equal another one in every column.

    Of `legs`, which may have hundreds of millions of rows, only those are compared that were read
    closely (find_candidates) and name a document; passenger lists are among them. Call it at the
    end, when all is rejected that will be.
    """
    counts: dict[str, DuplicateCount] = {}
    for name, table in context.source.tables.items():
        if name == "legs" and context.work.has("candidates"):
            counts[name] = _among_legs(context.work)
        elif name in TABLES and name != "legs":
            counts[name] = _in_table(context, table)
        else:
            counts[name] = DuplicateCount(0, 0)
    return counts


def _in_table(context: BuildContext, table: SourceTable) -> DuplicateCount:
    data, name = table.data, table.name
    rejected = [(row,) for row in sorted(context.rejects.rows(name))]
    if rejected:
        listed = context.work.small(f"rejected_{name}", {"row": "int64"}, rejected)
        data = data.anti_join(listed, "row")
    return _count_alike(data.drop("row"))


def _among_legs(work: Workspace) -> DuplicateCount:
    candidates = work.table("candidates")
    legs = candidates.mutate(row=leg_row(candidates.leg))
    delivered = (legs.leg >= 0) & (legs["row"] < replied_leg(0))
    legs = legs.filter(delivered & (legs.id_number.fill_null("") != ""))
    compared = int(legs["row"].nunique().execute())
    # Few people stand in several rows, fewer twice on one trip: only theirs are compared whole.
    legs = legs.semi_join(
        work.keep("numbers_again", _several_rows(legs, ["id_number"])), "id_number"
    )
    again = legs.semi_join(_several_rows(legs, _PERSON_ABOARD), _PERSON_ABOARD)
    # A leg of several places stands once, and so does a row of several days.
    rows = again.group_by(["row", *_TRIP, *_TEXTS]).agg(
        first_day=again.service_date.min(), last_day=again.service_date.max()
    )
    return DuplicateCount(compared, _count_alike(rows.drop("row")).duplicates)


def _several_rows(legs: ibis.Table, keys: Sequence[str]) -> ibis.Table:
    """Return the combinations of keys that stand in several rows."""
    found = legs.group_by(keys).agg(first=legs["row"].min(), last=legs["row"].max())
    return found.filter(found["first"] < found["last"]).select(*keys)


def _count_alike(rows: ibis.Table) -> DuplicateCount:
    alike = rows.group_by(rows.columns).agg(alike=rows.count())
    totals = (
        alike.agg(rows=alike.alike.sum().fill_null(0), distinct=alike.count())
        .to_pyarrow()
        .to_pylist()[0]
    )
    compared = int(totals["rows"])
    return DuplicateCount(compared, compared - totals["distinct"])
