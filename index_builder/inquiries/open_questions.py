"""Questions about trips: who was aboard, who sat there, who drove."""

from collections.abc import Iterator

import ibis

from exposure_index.trip_text.plates import PLATED_MODES
from index_builder.contact_tracing import CaseTrips
from index_builder.data_dictionary.classification import DEPARTMENT_OF_DOCUMENT, DEPARTMENT_OF_MODE
from index_builder.exposures.zones_table import names_a_plate
from index_builder.inquiries.question import Question
from index_builder.inquiries.question_groups import Asked, distinct_questions
from index_builder.normalise.documents import document_kind
from index_builder.people.contacts import ExposedPeople
from index_builder.people.identities import IDENTITY_TEXTS
from index_builder.sources.build_context import Inputs
from index_builder.trips.legs import LEG_TEXTS

WITH_MANIFESTS = ("flight", "train", "coach", "ship")
"""Modes whose carriers know their passengers by name; of other vehicles only the driver does."""
_WRONG = ("length", "check_digit")


def open_questions(inputs: Inputs, known: CaseTrips, exposed: ExposedPeople) -> Iterator[Question]:
    """Yield each question once, however many cases and departments ask it."""
    yield from manifest_questions(inputs, known)
    yield from driver_questions(inputs, known)
    yield from passenger_questions(inputs, known, exposed)
    yield from document_questions(inputs, known, exposed)


def manifest_questions(inputs: Inputs, known: CaseTrips) -> Iterator[Question]:
    """Yield a question for each run that carried a case and of which no leg was delivered.

    Also for a vehicle that a case drove: its passengers cannot be named by the case.
    """
    legs, work = known.case_legs.table, inputs.work
    drove = legs.mode.isin(PLATED_MODES) & legs.crew & names_a_plate(legs)
    legs = legs.filter(legs.mode.isin(WITH_MANIFESTS) | drove)
    columns = ("leg", "case_id", "mode", "service", "service_date", "run_date")
    legs = legs.select(*columns).distinct()
    if work.has("runs_aboard"):
        aboard = work.kept("runs_aboard").mutate(delivered=True)
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
    asked = Asked("asked_manifests", runs, ("mode", "service", "day"), {})
    shown = _shown(known)
    for found in distinct_questions(work, known.cases, asked):
        mode, service, day = found.key
        subject = {"mode": mode, "number": shown[service], "service_date": day}
        department = DEPARTMENT_OF_MODE[mode]
        yield Question("manifest", department, found.key, subject, found.requesters)


def driver_questions(inputs: Inputs, known: CaseTrips) -> Iterator[Question]:
    """Yield a question for each plate and day that carried a case while no driver is known."""
    legs, work = known.case_legs.table, inputs.work
    legs = legs.filter(legs.mode.isin(PLATED_MODES) & names_a_plate(legs) & ~legs.crew)
    columns = ("leg", "mode", "service", "service_date", "end_date", "board_at", "alight_at")
    legs = legs.select("case_id", *columns).distinct()
    legs = legs.anti_join(_driven(known, legs), ["leg", "service_date"])
    if work.has("candidates_read"):
        crew = work.kept("candidates_read")
        crew = crew.filter(crew.crew).select("service", service_date="run_date").distinct()
        legs = legs.anti_join(crew, ["service", "service_date"])
    times = {"window_from": legs.board_at.min(), "window_to": legs.alight_at.max()}
    asked = Asked("asked_drivers", legs, ("mode", "service", "service_date"), times)
    shown = _shown(known)
    for found in distinct_questions(work, known.cases, asked):
        mode, service, day = found.key
        subject = {"mode": mode, "plate": shown[service], "service_date": day, **found.found}
        department = DEPARTMENT_OF_MODE[mode]
        yield Question("driver", department, found.key, subject, found.requesters)


def _driven(known: CaseTrips, legs: ibis.Table) -> ibis.Table:
    """Return leg and service_date of the legs during which a known driver may have driven."""
    if known.drivers is None:
        return legs.select("leg", "service_date").limit(0)
    shifts = known.drivers.select("service", "from_date", "to_date", "from_at", "to_at")
    pairs = legs.inner_join(shifts, "service")
    during = (
        (pairs.from_date <= pairs.end_date).fill_null(True)
        & (pairs.to_date >= pairs.service_date).fill_null(True)
        & (pairs.from_at < pairs.alight_at).fill_null(True)
        & (pairs.to_at > pairs.board_at).fill_null(True)
    )
    return pairs.filter(during).select("leg", "service_date").distinct()


def passenger_questions(
    inputs: Inputs, known: CaseTrips, exposed: ExposedPeople
) -> Iterator[Question]:
    """Yield a question for each place aboard where somebody without usable document sat."""
    work = inputs.work
    if not work.has("pair_exposures"):
        return
    legs = work.kept("candidates")
    legs = legs.drop("carriage").rename(carriage="carriage_text")
    texts = {name: legs[name].fill_null("") for name in (*LEG_TEXTS, *IDENTITY_TEXTS)}
    legs = legs.mutate(**texts)
    identities = exposed.identities.filter(exposed.identities.document == "")
    legs = legs.inner_join(identities.drop("document", "fault"), list(IDENTITY_TEXTS))
    # Few legs lack a document, so they are joined with the many pairs, not the pairs made distinct.
    pairs = work.kept("pair_exposures").select("leg", "case_id")
    exposed_legs = pairs.inner_join(legs, "leg")
    places = ("mode", "service", "service_date", "carriage", "seat", "board", "alight", "name_key")
    others = ("shown", "board_time", "alight_time", "role", "booking", "name")
    found_of = {name: exposed_legs[name].min() for name in others}
    found_of["passengers"] = exposed_legs.leg.nunique()
    asked = Asked("asked_passengers", exposed_legs, places, found_of)
    for found in distinct_questions(work, known.cases, asked):
        told = dict(zip(places, found.key, strict=True)) | dict(found.found)
        told["number"] = told.pop("shown")
        subject = {name: told[name] for name in told if name not in {"service", "name_key"}}
        department = DEPARTMENT_OF_MODE[told["mode"]]
        yield Question("passenger", department, found.key, subject, found.requesters)


def document_questions(
    inputs: Inputs, known: CaseTrips, exposed: ExposedPeople
) -> Iterator[Question]:
    """Yield a question for each document of a listed person that names nobody or is wrong.

    A resident number that cannot be right is asked about as `number`, whether named or not.
    """
    work = inputs.work
    documents = work.kept("listed_documents")
    faulty = exposed.identities
    faulty = faulty.filter(faulty.fault.isin(_WRONG)).select("document").distinct()
    asked_by = exposed.exposures.select("person", "case_id").distinct()
    doubtful = documents.filter(documents.name == "").select("document").union(faulty)
    documents = documents.semi_join(doubtful, "document")
    described = documents.group_by(["person", "document"]).agg(
        id_type=documents.id_type.max(), name=documents.name.max()
    )
    described = described.left_join(faulty.mutate(wrong=True), "document").drop("document_right")
    described = described.mutate(wrong=described.wrong.fill_null(False))
    nameless = described.filter(~described.wrong & (described.name == ""))
    if work.has("answered_listed"):
        nameless = nameless.anti_join(work.kept("answered_listed"), "document")
    open_ones = described.filter(described.wrong).union(nameless)
    asking = asked_by.inner_join(open_ones, "person")
    found_of = {"id_type": asking.id_type.max(), "name": asking.name.max()}
    asked = Asked("asked_documents", asking, ("wrong", "document"), found_of)
    for found in distinct_questions(work, known.cases, asked):
        wrong, document = found.key
        kind = "number" if wrong == "True" else "holder"
        id_type = document_kind(found.found["id_type"])
        subject = {"about": document, "id_type": id_type, "name": found.found["name"]}
        department = DEPARTMENT_OF_DOCUMENT[id_type]
        yield Question(kind, department, (document,), subject, found.requesters)


def _shown(known: CaseTrips) -> dict[str, str]:
    """Return service → its numbers as people write them."""
    shown: dict[str, set[str]] = {}
    for cell in known.trips.services.cells.values():
        if cell.service:
            shown.setdefault(cell.service, set()).update(cell.numbers)
    return {service: "/".join(sorted(numbers)) for service, numbers in shown.items()}
