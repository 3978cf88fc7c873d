"""Questions about documents: whose they are, and what a wrong number should have been."""

from collections.abc import Iterator

from index_builder.contact_tracing import CaseTrips
from index_builder.data_dictionary.classification import DEPARTMENT_OF_DOCUMENT
from index_builder.inquiries.grouping import Asked, distinct_questions
from index_builder.inquiries.question import Question
from index_builder.normalise.documents import document_kind
from index_builder.people.exposed import ExposedPeople
from index_builder.sources.build_context import Inputs

_WRONG = ("length", "check_digit")


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
