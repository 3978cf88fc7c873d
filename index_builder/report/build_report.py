"""The report of a build: counts by mode, rule and tier, and all that was assumed or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import ibis

from exposure_index.label.model import Tier
from exposure_index.publishing.build_facts import BuildFacts
from index_builder.contact_tracing import CaseTrips
from index_builder.data_dictionary.classification import TRIPS_RETENTION_DAYS, past_retention
from index_builder.data_dictionary.table_definitions import NOTICES
from index_builder.exposures.find_exposures import cases_without_trip, trips_without_rule
from index_builder.exposures.pairs import WIDENINGS
from index_builder.exposures.rules_in_force import RuleSetNotInForce, rule_sets_not_in_force
from index_builder.inquiries.inquiry_counts import InquiryCounts
from index_builder.people.contacts import Contacts
from index_builder.published_trips.publications import Publications
from index_builder.quality.duplicates import count_duplicates
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.sources.reject_list import RejectList
from index_builder.trips.timetable import doubtful_timetables


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The facts of one build; counts of rows, legs and people, never an identity.

    exposures: (rule number, mode, tier, distinct people); unresolved: exposed legs without a
    usable document; nameless: those with a usable document and no name, by what stands in its
    place (blank, filler); unruled: cases left out by disease, since no rule set is for it; cleared:
    exposures that a clearance ended; compared: rows among which duplicates were looked for, see
    repeated_rows.
    """

    build_id: str
    rules: list[str]
    rows: dict[str, int]
    rejected: dict[str, int]
    duplicates: dict[str, int]
    compared: dict[str, int]
    reasons: list[tuple[str, str, str, int]]
    warnings: list[tuple[str, str, str, int]]
    remarks: list[str]
    cases: int
    unruled: Mapping[str, int]
    case_legs: int
    case_legs_from_manifests: int
    case_legs_outside_window: int
    exposures: list[tuple[int, str, str, int]]
    people: int
    entries: int
    cleared: int
    unresolved: int
    nameless: Mapping[str, int]
    widenings: dict[str, int]
    coverage: list[dict[str, Any]]
    not_in_force: list[RuleSetNotInForce]
    oldest_source: datetime
    inquiries: InquiryCounts | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON can hold it."""
        return asdict(self) | {"oldest_source": self.oldest_source.strftime("%Y-%m-%dT%H:%M:%SZ")}


def count_by(exposures: ibis.Table, columns: Sequence[str]) -> list[tuple[int, str, str, int]]:
    """Return how many distinct people are exposed, by rule, mode and tier."""
    alone, others = exposures.filter(exposures.alone), exposures.filter(~exposures.alone)
    each = others.group_by(columns).agg(people=others.person.nunique())
    people = alone.group_by(columns).agg(people=alone.count()).union(each)
    totals = people.group_by(columns).agg(people=people.people.sum()).order_by(columns)
    counts = totals.to_pyarrow().to_pylist()
    return [(row["rule"], row["mode"], Tier(row["tier"]).word, row["people"]) for row in counts]


def count_widenings(work: Workspace) -> dict[str, int]:
    """Return how many exposures each kind of missing datum widened; 0 without passenger lists."""
    if not work.has("pair_exposures"):
        return dict.fromkeys(WIDENINGS, 0)
    pairs = work.table("pair_exposures")
    row = (
        pairs.agg(**{name: pairs[name].sum().fill_null(0) for name in WIDENINGS})
        .to_pyarrow()
        .to_pylist()[0]
    )
    return {name: int(row[name]) for name in WIDENINGS}


_IDENTITY_FAULTS = {
    "length": ("id_number", "a resident number of another length; kept"),
    "check_digit": ("id_number", "a resident number with a wrong check digit; kept"),
    "name_too_long": ("name", "longer than anybody can type; listed under the number alone"),
}


def identity_warnings(identities: ibis.Table) -> list[tuple[str, str, str, int]]:
    """Return (table, column, reason, count) of identities that are kept with a fault."""
    faults = identities.filter(identities.fault.isin(list(_IDENTITY_FAULTS)))
    counts = faults.group_by("fault").agg(people=faults.count()).to_pyarrow().to_pylist()
    return [("identities", *_IDENTITY_FAULTS[row["fault"]], row["people"]) for row in counts]


def build_report(
    context: BuildContext,
    case_trips: CaseTrips,
    contacts: Contacts,
    facts: BuildFacts,
    as_of: date | None = None,
) -> BuildReport:
    """Return the report but for the build's name, its entries and its inquiries.

    as_of: the day to which the data reach, where it was given.
    """
    cases, case_legs = case_trips.cases, case_trips.case_legs
    source, rejects = context.source, context.rejects
    duplicates = count_duplicates(context)
    warnings = [(*key, count) for key, count in rejects.warnings.items()]
    return BuildReport(
        build_id="",
        rules=sorted(facts.rules),
        rows={name: table.rows for name, table in source.tables.items()},
        rejected={name: rejects.count(name) for name in source.tables},
        duplicates={name: count.duplicates for name, count in duplicates.items()},
        compared={name: count.compared for name, count in duplicates.items()},
        reasons=sorted((*key, count) for key, count in rejects.reasons.items()),
        warnings=sorted(warnings + identity_warnings(contacts.identities)),
        remarks=[
            *source.remarks,
            *doubtful_timetables(case_trips.trips.runs),
            *_past_retention_remarks(case_trips),
            *cases_without_trip(cases, case_legs),
            *trips_without_rule(context, cases, case_legs),
        ],
        cases=cases.count,
        unruled=cases.unruled,
        case_legs=case_legs.reported + case_legs.from_passenger_lists,
        case_legs_from_manifests=case_legs.from_passenger_lists,
        case_legs_outside_window=case_legs.outside_window,
        exposures=count_by(contacts.exposures, ("rule", "mode", "tier")),
        people=contacts.people.count,
        entries=0,
        cleared=contacts.cleared,
        unresolved=contacts.unresolved,
        nameless=contacts.nameless,
        widenings={
            **count_widenings(context.work),
            "no_onset_date": cases.without_onset,
            "no_isolation_date": cases.without_isolation,
        },
        coverage=facts.coverage,
        not_in_force=rule_sets_not_in_force(context, cases, case_legs, as_of),
        oldest_source=facts.oldest_source,
    )


def with_notices(
    report: BuildReport, publications: Publications, rejects: RejectList
) -> BuildReport:
    """Return the report with the control total of the publications, where there are any."""
    if not publications.delivered:
        return report
    return replace(
        report,
        rows={**report.rows, NOTICES: publications.rows},
        rejected={**report.rejected, NOTICES: rejects.count(NOTICES)},
        duplicates={**report.duplicates, NOTICES: publications.duplicates},
        compared={**report.compared, NOTICES: publications.rows - rejects.count(NOTICES)},
    )


def _past_retention_remarks(case_trips: CaseTrips) -> list[str]:
    """Say where the tables hold trips that the classification no longer lets them keep."""
    days = case_trips.trips.dates.agg(
        first=case_trips.trips.dates.date.min(), last=case_trips.trips.dates.date.max()
    )
    row = days.to_pyarrow().to_pylist()[0]
    days_over = past_retention(row["first"], row["last"]) if row["first"] else 0
    return (
        [f"the oldest trips are {days_over} days past the {TRIPS_RETENTION_DAYS} they are kept"]
        if days_over
        else []
    )
