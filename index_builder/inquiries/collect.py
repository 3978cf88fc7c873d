"""Everything that a build's sources leave open, as distinct questions."""

from collections.abc import Iterator

from index_builder.contact_tracing import CaseTrips
from index_builder.inquiries.document_questions import document_questions
from index_builder.inquiries.question import Question
from index_builder.inquiries.trip_questions import (
    driver_questions,
    manifest_questions,
    passenger_questions,
)
from index_builder.people.exposed import ExposedPeople
from index_builder.sources.build_context import Inputs


def open_questions(inputs: Inputs, known: CaseTrips, exposed: ExposedPeople) -> Iterator[Question]:
    """Yield each question once, however many cases and departments ask it."""
    yield from manifest_questions(inputs, known)
    yield from driver_questions(inputs, known)
    yield from passenger_questions(inputs, known, exposed)
    yield from document_questions(inputs, known, exposed)
