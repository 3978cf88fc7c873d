"""The questions that sources leave open: who was aboard, sat there or drove; whose document."""

from collections.abc import Iterator

import ibis

from exposure_index.trip_text.plates import PLATED_MODES
from index_builder.contact_tracing import CaseTrips
from index_builder.data_dictionary.classification import DEPARTMENT_OF_DOCUMENT, DEPARTMENT_OF_MODE
from index_builder.exposures.zones_table import names_a_plate
from index_builder.inquiries.question import Question
from index_builder.inquiries.question_groups import QuestionGroups, distinct_questions
from index_builder.people.contacts import Contacts
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.sources.build_context import BuildContext
from index_builder.trips.legs import LEG_TEXTS
from tables.document_cells import document_kind

MODES_WITH_PASSENGER_LISTS = ("flight", "train", "coach", "ship")
"""Modes whose carriers know their passengers by name; of other vehicles only the driver does."""
_WRONG = ("length", "check_digit")


def open_questions(
    context: BuildContext, case_trips: CaseTrips, contacts: Contacts
) -> Iterator[Question]:
    """Yield each question once, however many cases and departments ask it."""
    yield from passenger_list_questions(context, case_trips)
    yield from driver_questions(context, case_trips)
    yield from passenger_questions(context, case_trips, contacts)
    yield from document_questions(context, case_trips, contacts)


def passenger_list_questions(context: BuildContext, case_trips: CaseTrips) -> Iterator[Question]:
    """Yield a question for each run that carried a case and of which no leg was delivered.

    Also for a vehicle that a case drove: its passengers cannot be named by the case.
    """
    legs, work = case_trips.case_legs.table, context.work
    driven_by_case = legs.mode.isin(PLATED_MODES) & legs.crew & names_a_plate(legs)
    legs = legs.filter(legs.mode.isin(MODES_WITH_PASSENGER_LISTS) | driven_by_case)
    columns = ("leg", "case_id", "mode", "service", "service_date", "run_date")
    legs = legs.select(*columns).distinct()
    if work.has("runs_aboard"):
        aboard = work.table("runs_aboard").mutate(delivered=True)
        legs = legs.left_join(aboard, ["service", "run_date"])
        legs = legs.mutate(delivered=legs.delivered.fill_null(False)).select(*columns, "delivered")
    else:
        legs = legs.mutate(delivered=ibis.literal(False))
    runs = legs.group_by(["leg", "case_id", "mode", "service", "service_date"]).agg(
        any_delivered=legs.delivered.any(), first=legs.run_date.min(), runs=legs.run_date.nunique()
    )
    runs = runs.filter(~runs.any_delivered)
    # A leg that may belong to several runs is asked about by the date of its ticket.
    runs = runs.mutate(day=(runs.runs == 1).ifelse(runs.first, runs.service_date))
    groups = QuestionGroups("passenger_list_questions", runs, ("mode", "service", "day"), {})
    numbers_of = _numbers_of(case_trips)
    for question in distinct_questions(work, case_trips.cases, groups):
        mode, service, day = question.key
        subject = {"mode": mode, "number": numbers_of[service], "service_date": day}
        department = DEPARTMENT_OF_MODE[mode]
        yield Question("manifest", department, question.key, subject, question.requesters)


def driver_questions(context: BuildContext, case_trips: CaseTrips) -> Iterator[Question]:
    """Yield a question for each plate and day that carried a case while no driver is known."""
    legs, work = case_trips.case_legs.table, context.work
    legs = legs.filter(legs.mode.isin(PLATED_MODES) & names_a_plate(legs) & ~legs.crew)
    columns = ("leg", "mode", "service", "service_date", "end_date", "board_at", "alight_at")
    legs = legs.select("case_id", *columns).distinct()
    legs = legs.anti_join(_with_known_driver(case_trips, legs), ["leg", "service_date"])
    if work.has("crew_aboard"):
        crew = work.table("crew_aboard").rename(service_date="run_date")
        legs = legs.anti_join(crew, ["service", "service_date"])
    times = {"window_from": legs.board_at.min(), "window_to": legs.alight_at.max()}
    groups = QuestionGroups("driver_questions", legs, ("mode", "service", "service_date"), times)
    numbers_of = _numbers_of(case_trips)
    for question in distinct_questions(work, case_trips.cases, groups):
        mode, service, day = question.key
        subject = {
            "mode": mode,
            "plate": numbers_of[service],
            "service_date": day,
            **question.details,
        }
        department = DEPARTMENT_OF_MODE[mode]
        yield Question("driver", department, question.key, subject, question.requesters)


def _with_known_driver(case_trips: CaseTrips, legs: ibis.Table) -> ibis.Table:
    """Return leg and service_date of the legs during which a known driver may have driven."""
    if case_trips.drivers is None:
        return legs.select("leg", "service_date").limit(0)
    shifts = case_trips.drivers.select("service", "from_date", "to_date", "from_at", "to_at")
    pairs = legs.inner_join(shifts, "service")
    during = (
        (pairs.from_date <= pairs.end_date).fill_null(True)
        & (pairs.to_date >= pairs.service_date).fill_null(True)
        & (pairs.from_at < pairs.alight_at).fill_null(True)
        & (pairs.to_at > pairs.board_at).fill_null(True)
    )
    return pairs.filter(during).select("leg", "service_date").distinct()


def passenger_questions(
    context: BuildContext, case_trips: CaseTrips, contacts: Contacts
) -> Iterator[Question]:
    """Yield a question for each place aboard where somebody without usable document sat."""
    work = context.work
    if not contacts.unresolved or not work.has("pair_exposures"):
        return
    legs = work.table("candidates")
    legs = legs.drop("carriage").rename(carriage="carriage_text")
    texts = {name: legs[name].fill_null("") for name in (*LEG_TEXTS, *IDENTITY_TEXTS)}
    legs = legs.mutate(**texts)
    identities = contacts.identities.filter(contacts.identities.document == "")
    legs = legs.inner_join(identities.drop("document", "fault"), list(IDENTITY_TEXTS))
    # Few legs lack a document, so they are joined with the many pairs, not the pairs made distinct.
    pairs = work.table("pair_exposures").select("leg", "case_id")
    exposed_legs = pairs.inner_join(legs, "leg")
    places = ("mode", "service", "service_date", "carriage", "seat", "board", "alight", "name_key")
    others = ("shown", "board_time", "alight_time", "role", "booking", "name")
    details = {name: exposed_legs[name].min() for name in others}
    details["passengers"] = exposed_legs.leg.nunique()
    groups = QuestionGroups("passenger_questions", exposed_legs, places, details)
    for question in distinct_questions(work, case_trips.cases, groups):
        cells = dict(zip(places, question.key, strict=True)) | dict(question.details)
        cells["number"] = cells.pop("shown")
        subject = {name: cells[name] for name in cells if name not in {"service", "name_key"}}
        department = DEPARTMENT_OF_MODE[cells["mode"]]
        yield Question("passenger", department, question.key, subject, question.requesters)


def document_questions(
    context: BuildContext, case_trips: CaseTrips, contacts: Contacts
) -> Iterator[Question]:
    """Yield a question for each document of a listed person that names nobody or is wrong.

    A resident number that cannot be right is asked about as `number`, whether named or not.
    """
    work = context.work
    documents = contacts.listed
    faulty = contacts.identities
    faulty = faulty.filter(faulty.fault.isin(_WRONG)).select("document").distinct()
    doubtful = documents.filter(documents.name == "").select("document").union(faulty)
    documents = documents.semi_join(doubtful, "document")
    described = documents.group_by(["person", "document"]).agg(
        id_type=documents.id_type.max(), name=documents.name.max()
    )
    described = described.left_join(faulty.mutate(wrong=True), "document").drop("document_right")
    described = described.mutate(wrong=described.wrong.fill_null(False))
    nameless = described.filter(~described.wrong & (described.name == ""))
    if work.has("answered_listed"):
        nameless = nameless.anti_join(work.table("answered_listed"), "document")
    questionable = described.filter(described.wrong).union(nameless)
    exposures = contacts.exposures.select("person", "case_id")
    case_documents = exposures.inner_join(questionable, "person")
    details = {"id_type": case_documents.id_type.max(), "name": case_documents.name.max()}
    groups = QuestionGroups("document_questions", case_documents, ("wrong", "document"), details)
    for question in distinct_questions(work, case_trips.cases, groups):
        wrong, document = question.key
        kind = "number" if wrong == "True" else "holder"
        id_type = document_kind(question.details["id_type"])
        subject = {"about": document, "id_type": id_type, "name": question.details["name"]}
        department = DEPARTMENT_OF_DOCUMENT[id_type]
        yield Question(kind, department, (document,), subject, question.requesters)


def _numbers_of(case_trips: CaseTrips) -> dict[str, str]:
    """Return service → its numbers as people write them."""
    numbers_of: dict[str, set[str]] = {}
    for cell in case_trips.trips.services.cells.values():
        if cell.service:
            numbers_of.setdefault(cell.service, set()).update(cell.numbers)
    return {service: "/".join(sorted(numbers)) for service, numbers in numbers_of.items()}
