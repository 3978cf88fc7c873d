"""Trips on which a case had violent symptoms: high fever, sneezing, cough, vomiting."""

import ibis

from exposure_index.trip_text.folding import compact, says_unknown
from index_builder.normalise.yes_no import yes_or_no
from index_builder.sources.build_context import Inputs
from index_builder.trips.distinct_values import Vocabulary, with_meanings


def _severity(text: str) -> list[tuple[bool, bool]]:
    """What is neither yes nor no counts as violent symptoms: more are listed, never fewer."""
    told = False if says_unknown(compact(text)) else yes_or_no(text)
    return [(told is not False, told is not None)]


_SEVERE = Vocabulary(
    "severity", ("severe_text",), {"violent": "boolean", "violence_told": "boolean"}, _severity
)


def with_severity(inputs: Inputs, legs: ibis.Table) -> ibis.Table:
    """Return the legs of cases with `severe`: whether a row of that trip tells of such symptoms."""
    table, trip = inputs.source.get("case_legs"), ["case_id", "service", "service_date"]
    if table is None:
        return legs.mutate(severe=ibis.literal(False))
    told = table.mutate(severe_text=table["severe"].fill_null(""))
    told = with_meanings(inputs.work, told, _SEVERE)
    for row in told.filter(~told.violence_told).select("row").to_pyarrow()["row"].to_pylist():
        inputs.rejects.warn("case_legs", row, "severe", "neither yes nor no, taken as yes")
    severe = told.filter(told.violent).select("row").rename(leg="row")
    trips = legs.semi_join(severe, "leg").select(*trip).distinct().mutate(severe=True)
    legs = legs.left_join(trips, trip).drop(*(f"{name}_right" for name in trip))
    return legs.mutate(severe=legs.severe.fill_null(False))
