"""Investigated contacts: found by investigators, close, at a setting, on a date."""

import ibis

from exposure_index.label.model import Relation, Tier
from exposure_index.trip_text.dates import exposure_days
from exposure_index.trip_text.modes import SETTING
from index_builder.exposures.cases import CASE_LEFT_OUT, Cases
from index_builder.sources.build_context import BuildContext

_SCHEMA = {
    "case_id": "string",
    "rule": "int16",
    "tier": "int16",
    "relation": "int16",
    "mode": "string",
    "service": "string",
    "trip": "string",
    "day": "date",
    "carriage": "string",
    "end_date": "date",
    "id_type": "string",
    "id_number": "string",
    "name": "string",
}


def read_investigated(context: BuildContext, cases: Cases) -> ibis.Table:
    """Return the usable rows of the table `contacts` as exposures, stored.

    A contact of a case that is not in `cases` is kept, under the rule set of any disease there is;
    one of a case that was left out is left out too.
    """
    table, rejects = context.source.get("contacts"), context.rejects
    by_case = dict(
        zip(
            *(cases.table.select("case_id", "rule").to_pyarrow().to_pydict().values()),
            strict=True,
        )
    )
    fallback = min(rules.number for rules, _ in context.rules.used_for(cases.diseases).values())
    rows: list[tuple[object, ...]] = []
    for values in () if table is None else table.to_pyarrow().to_pylist():
        if values["case_id"] in cases.ids_left_out:
            rejects.leave_out("contacts", values["row"], "case_id", CASE_LEFT_OUT)
            continue
        days = exposure_days(values["exposure_date"]) if values["exposure_date"] else ()
        if not days:
            rejects.reject("contacts", values["row"], "exposure_date", "not a date from 2019 on")
            continue
        if values["case_id"] not in by_case:
            rejects.warn("contacts", values["row"], "case_id", "no such case in the table cases")
        setting = _printable(values["setting"] or "")
        rows.append(
            (
                values["case_id"],
                by_case.get(values["case_id"], fallback),
                int(Tier.CLOSE),
                int(Relation.UNKNOWN),
                SETTING,
                f"{SETTING} {setting}",
                setting,
                days[-1],
                None,
                days[-1],
                values["id_type"] or "",
                values["id_number"] or "",
                values["name"] or "",
            )
        )
    return context.work.small("investigated", _SCHEMA, rows)


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
