"""The epidemiological figures of a build, counted by the engine: exact, for the builder's side.

Contacts are people, each once, close where any of their exposures is; those whose observation has
ended count like the others. Source of the indicators: the Guangzhou paper (docs/report.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from exposure_index.label.model import Tier
from exposure_index.trip_text.dates import date as normal_date
from index_builder.contact_tracing import CaseTrips
from index_builder.people.contacts import Contacts
from index_builder.people.identities import canonical_identities
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.sources.build_context import BuildContext

COUNTS = ("close", "general", "became_cases")
_ALWAYS = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of people. Rows of the lists: their keys, then COUNTS, and `cases` where it fits.

    became_cases: close contacts who became cases; by_exposure_day: by boarding date or last day
    met; by_case_day: by the cases' onset (or specimen) date, None where unknown.
    """

    overall: Mapping[str, int]
    by_exposure_day: Sequence[Mapping[str, Any]]
    by_mode_and_rule: Sequence[Mapping[str, Any]]
    by_case_day: Sequence[Mapping[str, Any]]
    by_reporter: Sequence[Mapping[str, Any]]


def figures_of(context: BuildContext, case_trips: CaseTrips, contacts: Contacts) -> Figures:
    """Return the figures of all contacts, also those cleared since."""
    cases = case_trips.cases.table.group_by("case_id").agg(
        reported_by=case_trips.cases.table.reported_by.max(),
        case_date=case_trips.cases.table.case_date.min(),
    )
    meetings = _meetings(context, case_trips, contacts, cases)
    return Figures(
        overall=_counts(meetings, [])[0] | {"cases": int(cases.count().execute())},
        by_exposure_day=_counts(meetings, ["day"]),
        by_mode_and_rule=_counts(meetings, ["rule", "mode"]),
        by_case_day=_with_cases(_counts(meetings, ["case_date"]), cases, "case_date"),
        by_reporter=_with_cases(_counts(meetings, ["reported_by"]), cases, "reported_by"),
    )


def _meetings(
    context: BuildContext, case_trips: CaseTrips, contacts: Contacts, cases: ibis.Table
) -> ibis.Table:
    """Return one row for each contact, case, day, mode and rule, stored.

    Contacts who met one case once are counted instead: one row for as many as are alike, without a
    person. people: how many.
    """
    exposures = contacts.all_exposures
    keys = ("case_id", "day", "mode", "rule")
    several = exposures.filter(~exposures.alone)
    several = several.group_by(["person", *keys]).agg(tier=several.tier.min())
    ill = _cases_since(context, case_trips)
    several = _with_became_case(several, ill).mutate(people=ibis.literal(1, "int64"))
    alone = exposures.filter(exposures.alone).select("person", *keys, "tier")
    alone = _with_became_case(alone, ill)
    alone = alone.group_by([*keys, "tier", "became_case"]).agg(people=alone.count())
    alone = alone.mutate(person=ibis.null(exposures.person.type()))
    meetings = several.union(alone.select(*several.columns))
    meetings = meetings.left_join(cases, "case_id").drop("case_id_right")
    meetings = meetings.mutate(reported_by=meetings.reported_by.fill_null(""))
    return context.work.keep("contact_meetings", meetings)


def _with_became_case(meetings: ibis.Table, ill: ibis.Table) -> ibis.Table:
    meetings = meetings.left_join(ill, "person").drop("person_right")
    became = (meetings.ill_from >= meetings.day).fill_null(False)
    return meetings.mutate(became_case=became).drop("ill_from")


def _cases_since(context: BuildContext, case_trips: CaseTrips) -> ibis.Table:
    """Return person and the last day from which they were a case.

    Cases themselves from their onset or specimen date, where known; people of the table
    `outcomes` from `confirmed_on`, or always where only the case is named.
    """
    dated = case_trips.case_persons.inner_join(case_trips.cases.table, "case_id")
    dated = dated.filter(dated.case_date.notnull()).select("person", ill_from="case_date")
    outcomes = context.source.get("outcomes")
    if outcomes is not None:
        rows = [_outcome(row) for row in outcomes.to_pyarrow().to_pylist()]
        schema = {**dict.fromkeys(IDENTITY_TEXTS, "string"), "ill_from": "date"}
        table = context.work.small("outcomes_read", schema, [row for row in rows if row[-1]])
        identities = canonical_identities(context.work, "outcome_identities", [table])
        named = table.inner_join(identities, list(IDENTITY_TEXTS))
        named = case_trips.documents.persons.of(named.filter(named.document != ""))
        dated = dated.union(named.select("person", "ill_from"))
    return dated.group_by("person").agg(ill_from=dated.ill_from.max())


def _outcome(row: Mapping[str, Any]) -> tuple[str, str, str, date | None]:
    identity = (row["id_type"] or "", row["id_number"] or "", row["name"] or "")
    confirmed = normal_date(row["confirmed_on"]) if row["confirmed_on"] else None
    return (*identity, confirmed or (_ALWAYS if row["became_case_id"] else None))


def _counts(meetings: ibis.Table, keys: list[str]) -> list[dict[str, Any]]:
    """Return COUNTS of distinct people for each combination of keys; one row where none is."""
    became = meetings.became_case & (meetings.tier == int(Tier.CLOSE))
    meetings = meetings.mutate(became_case=became)
    each = meetings.filter(meetings.person.notnull())
    each = each.group_by([*keys, "person"]).agg(
        tier=each.tier.min(), became_case=each.became_case.any(), people=each.people.min()
    )
    alone = meetings.filter(meetings.person.isnull())
    people = each.drop("person").union(alone.select(*keys, "tier", "became_case", "people"))
    counts = {
        "close": people.people.sum(where=people.tier == int(Tier.CLOSE)),
        "general": people.people.sum(where=people.tier == int(Tier.GENERAL)),
        "became_cases": people.people.sum(where=people.became_case),
    }
    totals = people.group_by(keys).agg(**counts).order_by(keys) if keys else people.agg(**counts)
    rows = totals.to_pyarrow().to_pylist()
    return [row | {name: int(row[name] or 0) for name in COUNTS} for row in rows]


def _with_cases(
    rows: Sequence[dict[str, Any]], cases: ibis.Table, key: str
) -> list[dict[str, Any]]:
    """Add how many cases each key has; a key without contacts gets a row too."""
    totals = cases.group_by(key).agg(cases=cases.count()).to_pyarrow().to_pylist()
    number = {row[key]: row["cases"] for row in totals}
    row_of = {row[key]: row for row in rows}
    blank = dict.fromkeys(COUNTS, 0)
    keys = sorted({*number, *row_of}, key=lambda value: str(value or ""))
    return [{key: k, **blank, **row_of.get(k, {}), "cases": number.get(k, 0)} for k in keys]
