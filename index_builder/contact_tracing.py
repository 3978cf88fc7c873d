"""From tables to exposed people, in two halves: what is known of the cases, and whom they met."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis

from index_builder.exposures.case_legs import CaseLegs, read_case_legs
from index_builder.exposures.cases import CasesRead, read_cases
from index_builder.exposures.drivers import read_drivers
from index_builder.exposures.find_exposures import find_aboard, find_exposures, rule_sets
from index_builder.people.contacts import ExposedPeople, exposed_people
from index_builder.people.linked_documents import (
    LinkedDocuments,
    documents_of_cases,
    persons_of_cases,
    read_documents,
)
from index_builder.quality.unusable_legs import reject_unusable_legs
from index_builder.replies.reply_rows import take_replies
from index_builder.sources.build_context import Inputs
from index_builder.sources.source import check_reject_share
from index_builder.trips.trip_tables import TripsRead, read_trips


@dataclass(frozen=True, slots=True)
class CaseTrips:
    """The cases, who they are, and where they went.

    case_persons: see persons_of_cases; drivers: of vehicles that legs name, None without any;
    replied: ids of the inquiries that replies answer.
    """

    cases: CasesRead
    trips: TripsRead
    documents: LinkedDocuments
    case_persons: ibis.Table
    case_legs: CaseLegs
    drivers: ibis.Table | None
    replied: frozenset[str]


def trips_of_cases(inputs: Inputs, progress: Callable[[str], None]) -> CaseTrips:
    """Return where the cases went. Raises SourceRefused where too much had to be rejected."""
    progress("reading cases, services and timetables")
    replied = take_replies(inputs)
    cases = read_cases(inputs)
    trips = read_trips(inputs.work, inputs.source, inputs.rejects)
    reject_unusable_legs(inputs.source, trips, inputs.rejects)
    drivers = read_drivers(inputs, trips)
    check_reject_share(inputs.source, inputs.rejects)
    progress("finding the trips of cases")
    documents = read_documents(inputs)
    case_persons = persons_of_cases(inputs, cases.table, documents.persons)
    case_documents = documents_of_cases(inputs, case_persons, documents.persons)
    case_legs = read_case_legs(inputs, trips, cases, case_documents, drivers)
    return CaseTrips(cases, trips, documents, case_persons, case_legs, drivers, replied)


def people_met(inputs: Inputs, known: CaseTrips, progress: Callable[[str], None]) -> ExposedPeople:
    """Return whom the cases met, of those in the tables of `inputs`."""
    progress("finding who was aboard")
    aboard = find_aboard(inputs, known.trips, known.cases, known.case_legs, known.drivers)
    progress("judging who was near")
    exposures = find_exposures(inputs, known.cases, aboard)
    progress("merging by person")
    days = inputs.work.small(
        "observation",
        {"rule": "int16", "observation_days": "int16"},
        [(rule.number, rule.observation_days) for rule in rule_sets(inputs, known.cases)],
    )
    exposed = exposed_people(inputs, exposures, known.documents, known.case_persons, days)
    check_reject_share(inputs.source, inputs.rejects)
    return exposed
