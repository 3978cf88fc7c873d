"""The whole way once: source directory → exposures → people → candidate index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from exposure_index.crypto.keys import KeyRing
from exposure_index.files.build_files import TRIPS_FILE
from exposure_index.publishing.candidate import BuildFacts, write_sealed_candidate
from exposure_index.publishing.publication import VALID_FOR
from index_builder.comparison.digests import place_digests, write_digests
from index_builder.contact_tracing import CaseTrips, people_met, trips_of_cases
from index_builder.data_dictionary.classification import TRIPS_KEPT_DAYS, past_retention
from index_builder.data_dictionary.tables import NOTICES
from index_builder.engines.engine import EngineChoice
from index_builder.exposures.find_exposures import cases_without_trip, trips_without_rule
from index_builder.inquiries.ledger import Ledger
from index_builder.inquiries.open_questions import open_questions
from index_builder.inquiries.question import InquiryIds
from index_builder.people.contacts import ExposedPeople
from index_builder.people.sealing import sealed_people
from index_builder.published_trips.publications import Publications, read_publications
from index_builder.published_trips.trip_records import TripRecords, trip_records
from index_builder.quality.coverage import coverage_of
from index_builder.quality.duplicates import repeated_rows
from index_builder.report.facts import BuildReport, count_by, counted_widenings, identity_warnings
from index_builder.report.figures import figures_of
from index_builder.report.report_files import ReportFiles
from index_builder.report.report_json import signed_report
from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.casework import Casework
from index_builder.runtime.workers import get_ready
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import Inputs
from index_builder.sources.rejects import RejectList
from index_builder.sources.source import Source, open_source
from index_builder.trips.timetable import doubtful_timetables

SHANGHAI = timezone(timedelta(hours=8))  # dates of the tables are local


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build from and into.

    as_of: the date to which the data reach, None for today. columns: the mapping file, None for
    the one in the source directory. private: whether it can be asked without telling who is meant.
    """

    source: Path
    out: Path
    rules: RuleAssignment
    authority: str
    as_of: date | None = None
    engine: EngineChoice = field(default_factory=EngineChoice)
    columns: Path | None = None
    casework: Path | None = None
    private: bool = False


def build(
    order: BuildOrder,
    keys: KeyRing,
    progress: Callable[[str], None] = lambda _: None,
    sealed: Callable[[int], None] = lambda _: None,
) -> tuple[str, BuildReport]:
    """Write and verify a candidate; return its build_id (hex) and the report.

    progress is told each step as it starts, sealed the number of entries written so far.
    Raises SourceRefused or RulesRefused for the input, KeyFault for the keys, LedgerUnusable for
    the inquiries, Refused where the candidate fails its own checks.
    """
    ids = InquiryIds(keys.bytes("root_plain"))  # first, so that a missing key is told at once
    order.out.mkdir(parents=True, exist_ok=True)
    casework = Casework.beside(order.out, order.casework)
    with (
        Ledger(casework.inquiries) as ledger,
        Workspace(order.out, order.engine) as work,
        RejectList(work.folder, order.out) as rejects,
    ):
        progress("reading tables")
        source = open_source(order.source, work, rejects, order.columns, order.as_of)
        get_ready(source.rows("legs"))
        inputs = Inputs(work, source, rejects, order.rules, ledger.subjects)
        publications = read_publications(source.notices, rejects)
        known = trips_of_cases(inputs, progress)
        exposed = people_met(inputs, known, progress)
        progress("asking what is left open")
        questions = open_questions(inputs, known, exposed)
        with ledger.asking(questions, ids, _today(order), known.replied) as inquiries:
            progress("counting for the report")
            figures = figures_of(inputs, known, exposed)
            facts = _facts(order, inputs, known)
            report = _report(inputs, known, exposed, facts)
            report = replace(_with_notices(report, publications, rejects), inquiries=inquiries)
            documents = ReportFiles(report, figures, facts, signed_report(order.out))
            digests = write_digests(work, exposed, keys)
            trips = trip_records(inputs, known.trips, publications)
            progress("writing and verifying the index")
            facts = replace(facts, documents=_beside(documents, trips))
            blocks = sealed_people(work, exposed.people)
            build_id = write_sealed_candidate(order.out, blocks, facts, keys, sealed)
        rejects.belongs_to(build_id)
        place_digests(digests, casework.digests(build_id))
        casework.prune_digests(order.out, datetime.now(UTC))
        return build_id, documents.report


def _beside(
    report: ReportFiles, trips: TripRecords
) -> Callable[[str, int], Mapping[str, bytes | Path]]:
    """Return what makes the files beside the index, once the build has its name."""

    def files(build_id: str, entries: int) -> Mapping[str, bytes | Path]:
        return {**report(build_id, entries), TRIPS_FILE: trips.write(build_id)}

    return files


def _with_notices(
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


def _today(order: BuildOrder) -> date:
    return order.as_of or datetime.now(SHANGHAI).date()


def _facts(order: BuildOrder, inputs: Inputs, known: CaseTrips) -> BuildFacts:
    oldest = _oldest(order, inputs.source)
    used = order.rules.used_for(known.cases.diseases)
    return BuildFacts(
        authority=order.authority,
        built_at=datetime.now(UTC).replace(microsecond=0),
        valid_for=VALID_FOR,
        oldest_source=oldest,
        rules={name: rules.published(disease) for name, (rules, disease) in used.items()},
        coverage=coverage_of(known.trips, oldest),
        private=order.private,
    )


def _oldest(order: BuildOrder, source: Source) -> datetime:
    changed = source.oldest.replace(microsecond=0)
    if order.as_of is None:
        return changed
    end_of_day = datetime.combine(order.as_of, time(23, 59, 59), SHANGHAI)
    return min(end_of_day.astimezone(UTC), changed)


def _kept_too_long(known: CaseTrips) -> list[str]:
    """Say where the tables hold trips that the classification no longer lets them keep."""
    days = known.trips.dates.agg(
        first=known.trips.dates.date.min(), last=known.trips.dates.date.max()
    )
    row = days.to_pyarrow().to_pylist()[0]
    over = past_retention(row["first"], row["last"]) if row["first"] else 0
    return (
        [f"the oldest trips are {over} days past the {TRIPS_KEPT_DAYS} they are kept"]
        if over
        else []
    )


def _report(
    inputs: Inputs,
    known: CaseTrips,
    exposed: ExposedPeople,
    facts: BuildFacts,
) -> BuildReport:
    """Return the report but for the build's name and the number of its entries."""
    cases, case_legs = known.cases, known.case_legs
    source, rejects = inputs.source, inputs.rejects
    repeated = repeated_rows(inputs)
    warnings = [(*key, count) for key, count in rejects.warnings.items()]
    return BuildReport(
        build_id="",
        rules=sorted(facts.rules),
        rows={name: table.rows for name, table in source.tables.items()},
        rejected={name: rejects.count(name) for name in source.tables},
        duplicates={name: found.duplicates for name, found in repeated.items()},
        compared={name: found.compared for name, found in repeated.items()},
        reasons=sorted((*key, count) for key, count in rejects.reasons.items()),
        warnings=sorted(warnings + identity_warnings(exposed.identities)),
        remarks=[
            *source.remarks,
            *doubtful_timetables(known.trips.runs),
            *_kept_too_long(known),
            *cases_without_trip(cases, case_legs),
            *trips_without_rule(inputs, cases, case_legs),
        ],
        cases=cases.count,
        case_legs=case_legs.reported + case_legs.from_manifests,
        case_legs_from_manifests=case_legs.from_manifests,
        case_legs_outside_window=case_legs.outside_window,
        exposures=count_by(exposed.exposures, ("rule", "mode", "tier")),
        people=exposed.people.count,
        entries=0,
        cleared=exposed.cleared,
        unresolved=exposed.unresolved,
        widenings={
            **counted_widenings(inputs.work),
            "no_onset_date": cases.without_onset,
            "no_isolation_date": cases.without_isolation,
        },
        coverage=facts.coverage,
        oldest_source=facts.oldest_source,
    )
