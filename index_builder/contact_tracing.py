"""Contact tracing: from the tables to the trips of the cases, and from those to their contacts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import ibis

from index_builder.exposures.case_legs import CaseLegs, read_case_legs
from index_builder.exposures.cases import Cases, case_cells, read_cases
from index_builder.exposures.drivers import read_drivers
from index_builder.exposures.find_exposures import find_aboard, find_exposures, rule_sets
from index_builder.people.contacts import Contacts, contacts_of
from index_builder.people.linked_documents import (
    LinkedDocuments,
    documents_of_cases,
    persons_of_cases,
    read_documents,
)
from index_builder.quality.doubtful_numbers import warn_doubtful_numbers
from index_builder.quality.unread_documents import warn_of_tables
from index_builder.quality.unusable_legs import reject_unusable_legs
from index_builder.replies.reply_rows import add_replies
from index_builder.sources.build_context import BuildContext
from index_builder.sources.source import check_reject_share, first_reading
from index_builder.trips.trip_cells import read_leg_cells
from index_builder.trips.trip_tables import TripTables, read_trips


@dataclass(frozen=True, slots=True)
class CaseTrips:
    """The cases, their documents and their trips.

    case_persons: see persons_of_cases; drivers: of vehicles that legs name, None without any;
    replied: ids of the inquiries that replies answer.
    """

    cases: Cases
    trips: TripTables
    documents: LinkedDocuments
    case_persons: ibis.Table
    case_legs: CaseLegs
    drivers: ibis.Table | None
    replied: frozenset[str]


def trips_of_cases(context: BuildContext, progress: Callable[[str], None]) -> CaseTrips:
    """Return the cases and their trips.

    Raises SourceRefused where too much had to be rejected, or where a cell of a passenger list is
    no text.
    """
    with first_reading(context.source, context.work):
        return _trips_of_cases(context, progress)


def _trips_of_cases(context: BuildContext, progress: Callable[[str], None]) -> CaseTrips:
    progress("reading cases, services and timetables")
    replied = add_replies(context)
    work, source, rejects = context.work, context.source, context.rejects
    cells = case_cells(source)
    with ThreadPoolExecutor(1) as beside:  # the engine groups legs while Python reads cases
        grouping = beside.submit(read_leg_cells, work, source)
        case_rows = read_cases(context.rules, rejects, cells)
    leg_cells = grouping.result()
    cases = case_rows.store(work)
    trips = read_trips(work, source, rejects, leg_cells)
    reject_unusable_legs(context.source, trips, context.rejects)
    warn_doubtful_numbers(context, trips)
    warn_of_tables(context)
    drivers = read_drivers(context, trips)
    check_reject_share(context.source, context.rejects)
    progress("finding the trips of cases")
    documents = read_documents(context)
    case_persons = persons_of_cases(context, cases.table, documents.persons)
    case_documents = documents_of_cases(context, case_persons, documents)
    case_legs = read_case_legs(context, trips, cases, case_documents, drivers)
    return CaseTrips(cases, trips, documents, case_persons, case_legs, drivers, replied)


def find_contacts(
    context: BuildContext, case_trips: CaseTrips, progress: Callable[[str], None]
) -> Contacts:
    """Return the contacts of the cases, among the people in the tables of `context`.

    Raises SourceRefused as trips_of_cases does: a damaged page may be read here first.
    """
    with first_reading(context.source, context.work):
        return _find_contacts(context, case_trips, progress)


def _find_contacts(
    context: BuildContext, case_trips: CaseTrips, progress: Callable[[str], None]
) -> Contacts:
    progress("finding who was aboard")
    aboard = find_aboard(
        context, case_trips.trips, case_trips.cases, case_trips.case_legs, case_trips.drivers
    )
    progress("judging who was near")
    exposures = find_exposures(context, case_trips.cases, aboard)
    progress("merging by person")
    days = context.work.small(
        "observation",
        {"rule": "int16", "observation_days": "int16"},
        [(rule.number, rule.observation_days) for rule in rule_sets(context, case_trips.cases)],
    )
    contacts = contacts_of(context, exposures, case_trips.documents, case_trips.case_persons, days)
    check_reject_share(context.source, context.rejects)
    return contacts
