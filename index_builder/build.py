"""Builds an index: source directory → exposures → contacts → candidate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from exposure_index.crypto.keys import KeyRing
from exposure_index.files.build_files import TRIPS_FILE
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_sealed_candidate
from exposure_index.publishing.publication import VALID_FOR
from index_builder.comparison.digests import digests_beside, place_digests
from index_builder.contact_tracing import CaseTrips, find_contacts, trips_of_cases
from index_builder.engines.engine_choice import EngineChoice
from index_builder.inquiries.ledger import Ledger
from index_builder.inquiries.open_questions import open_questions
from index_builder.inquiries.question import InquiryIds
from index_builder.people.contacts import Contacts
from index_builder.people.sealing import sealed_people
from index_builder.published_trips.publications import read_publications
from index_builder.published_trips.trip_records import TripRecords, trip_records
from index_builder.quality.anybody import check_anybody
from index_builder.quality.coverage import coverage_of
from index_builder.quality.unread_rows import unread_rows
from index_builder.report.build_report import BuildReport, build_report, with_notices
from index_builder.report.figures import figures_of
from index_builder.report.report_files import ReportFiles
from index_builder.report.report_json import signed_report
from index_builder.report.suppression import safe_coverage
from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.casework import Casework
from index_builder.runtime.garbage_collection import rare_collections
from index_builder.runtime.workers import prepare_workers
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.sources.directory import rows_within
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source, open_source

WORKER_MODULES = (
    "index_builder.comparison.digest_batches",
    "index_builder.people.identity_batches",
    "index_builder.people.number_batches",
    "index_builder.people.sealed_batches",
)
"""Of the functions that worker processes are given; none of them imports an engine."""
SHANGHAI = timezone(timedelta(hours=8))  # dates of the tables are local


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """One build: from which source, into which directory, by which rules.

    as_of: the date to which the data reach, None for today. columns: the mapping file, None for
    the one in the source directory. encoding: that of files which prove none, "" to refuse them.
    private: whether it gets a private index.
    """

    source: Path
    out: Path
    rules: RuleAssignment
    authority: str
    as_of: date | None = None
    engine: EngineChoice = field(default_factory=EngineChoice)
    columns: Path | None = None
    encoding: str = ""
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
        rare_collections(),
        Ledger(casework.inquiries) as ledger,
        Workspace(order.out, order.engine) as work,
        RejectList(work.folder, order.out) as rejects,
    ):
        prepare_workers(rows_within(order.source), WORKER_MODULES)
        progress("reading tables")
        source = open_source(
            order.source,
            work,
            rejects,
            order.columns,
            order.as_of,
            encoding=order.encoding,
        )
        context = BuildContext(work, source, rejects, order.rules, ledger.subjects)
        publications = read_publications(source, rejects)
        case_trips = trips_of_cases(context, progress)
        contacts = find_contacts(context, case_trips, progress)
        check_anybody(context, contacts, case_trips.drivers, publications)
        progress("asking what is left open")
        questions = open_questions(context, case_trips, contacts)
        with ledger.record_questions(
            questions, ids, _today(order), case_trips.replied
        ) as inquiries:
            progress("counting for the report")
            with digests_beside(work, contacts, keys) as digests:
                figures = figures_of(context, case_trips, contacts)
                facts = _facts(order, context, case_trips, contacts)
                report = build_report(context, case_trips, contacts, facts, order.as_of)
                report = replace(with_notices(report, publications, rejects), inquiries=inquiries)
                documents = ReportFiles(report, figures, facts, signed_report(order.out))
                trips = trip_records(context, case_trips.trips, publications)
            progress("writing and verifying the index")
            facts = replace(facts, documents=_files_beside(documents, trips, work))
            blocks = sealed_people(work, contacts.people)
            build_id = write_sealed_candidate(order.out, blocks, facts, keys, sealed)
        rejects.belongs_to(build_id)
        place_digests(digests, casework.digests(build_id))
        casework.prune_digests(order.out, datetime.now(UTC))
        return build_id, documents.report


def _files_beside(
    report: ReportFiles, trips: TripRecords, work: Workspace
) -> Callable[[str, int], Mapping[str, bytes | Path]]:
    """Return the function that makes the files beside the index, once the build has its name.

    They are the last for which anything is asked of the engine.
    """

    def files(build_id: str, entries: int) -> Mapping[str, bytes | Path]:
        trip_list = trips.write(build_id)
        work.close_engine()
        return {**report(build_id, entries), TRIPS_FILE: trip_list}

    return files


def _today(order: BuildOrder) -> date:
    return order.as_of or datetime.now(SHANGHAI).date()


def _facts(
    order: BuildOrder, context: BuildContext, case_trips: CaseTrips, contacts: Contacts
) -> BuildFacts:
    oldest = _oldest_source(order, context.source)
    unread = unread_rows(context, case_trips.trips, contacts)
    used = order.rules.used_for(case_trips.cases.diseases)
    return BuildFacts(
        authority=order.authority,
        built_at=datetime.now(UTC).replace(microsecond=0),
        valid_for=VALID_FOR,
        oldest_source=oldest,
        rules={name: rules.manifest_entry(disease) for name, (rules, disease) in used.items()},
        coverage=safe_coverage(coverage_of(case_trips.trips, oldest, unread)),
        private=order.private,
        unruled=tuple(case_trips.cases.unruled),
    )


def _oldest_source(order: BuildOrder, source: Source) -> datetime:
    changed = source.oldest.replace(microsecond=0)
    if order.as_of is None:
        return changed
    end_of_day = datetime.combine(order.as_of, time(23, 59, 59), SHANGHAI)
    return min(end_of_day.astimezone(UTC), changed)
