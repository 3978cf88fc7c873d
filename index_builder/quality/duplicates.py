"""Rows that repeat an earlier row of their table: counted, so that rows in and out balance.

They change nothing, as people and exposures are merged; but a delivery that holds its rows twice
says that something went wrong on its way.
"""

from dataclasses import dataclass

import ibis

from index_builder.data_dictionary.tables import TABLES
from index_builder.sources.build_context import Inputs
from index_builder.sources.source import SourceTable
from index_builder.trips.leg_numbers import replied_leg
from index_builder.trips.legs import LEG_TEXTS

_TRIP = ("mode", "service", "service_date", "carriage_text")
_TEXTS = (*(text for text in LEG_TEXTS if text != "carriage"), "id_type", "id_number", "name")
_PERSON_ABOARD = ("service", "service_date", "id_number")


@dataclass(frozen=True, slots=True)
class RepeatedRows:
    """compared: rows that were held against each other; duplicates: those that repeat another."""

    compared: int
    duplicates: int


def repeated_rows(inputs: Inputs) -> dict[str, RepeatedRows]:
    """Return, by table, how many usable rows equal another one in every column.

    Of `legs`, which may have hundreds of millions of rows, only those are compared that were read
    closely (find_candidates) and name a document; passenger lists are among them. Call it at the
    end, when all is rejected that will be.
    """
    found: dict[str, RepeatedRows] = {}
    for name, table in inputs.source.tables.items():
        if name == "legs" and inputs.work.has("candidates"):
            found[name] = _among_legs(inputs.work.kept("candidates"))
        elif name in TABLES and name != "legs":
            found[name] = _in_table(inputs, table)
        else:
            found[name] = RepeatedRows(0, 0)
    return found


def _in_table(inputs: Inputs, table: SourceTable) -> RepeatedRows:
    data, name = table.data, table.name
    rejected = [(row,) for row in sorted(inputs.rejects.rows(name))]
    if rejected:
        listed = inputs.work.small(f"rejected_{name}", {"row": "int64"}, rejected)
        data = data.anti_join(listed, "row")
    return _repeated(data.drop("row"))


def _among_legs(candidates: ibis.Table) -> RepeatedRows:
    delivered = candidates.leg.between(0, replied_leg(0) - 1)
    legs = candidates.filter(delivered & (candidates.id_number.fill_null("") != ""))
    compared = int(legs.leg.nunique().execute())
    # Few people stand twice on one trip: only their rows are compared as a whole.
    aboard = legs.group_by(_PERSON_ABOARD).agg(first=legs.leg.min(), last=legs.leg.max())
    twice = aboard.filter(aboard["first"] < aboard["last"])
    again = legs.semi_join(twice, _PERSON_ABOARD)
    rows = again.select("leg", *_TRIP, *_TEXTS).distinct()  # a leg of several places stands once
    return RepeatedRows(compared, _repeated(rows.drop("leg")).duplicates)


def _repeated(rows: ibis.Table) -> RepeatedRows:
    alike = rows.group_by(rows.columns).agg(alike=rows.count())
    counted = (
        alike.agg(rows=alike.alike.sum().fill_null(0), distinct=alike.count())
        .to_pyarrow()
        .to_pylist()[0]
    )
    compared = int(counted["rows"])
    return RepeatedRows(compared, compared - counted["distinct"])
