"""GET and POST /check: the self-check as a form, without JavaScript and without a cookie."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import Blueprint, Request, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.answer_pages.household import household_view
from app.answer_pages.render import present_answer, render_answer
from app.answer_pages.texts import ID_TYPE_WORDS, fault_words
from app.checks.admission import admit_first, admit_people, count_names
from app.checks.lookup import check_household
from app.checks.person_form import (
    FIELDS,
    PersonForm,
    TooManyPeople,
    kind_may_differ,
    names_doubted,
    parse_people,
    with_blank_row,
    without_blanks,
)
from app.i18n import current_language
from app.limits.outcomes import ProofNeeded
from app.query.check.proof_page import FIELD, render_proof_page
from app.query.phone.verification import count_documents, phone_of, redirect_to_verification
from app.query.private.browser_config import checkable_in_browser
from app.services import current_services
from app.web.cached_pages import OF_A_FORM, CachedPage, cached_page
from app.web.error_types import BadInput
from app.web.request_bodies import form_fields
from app.web.same_origin import require_same_origin
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.lookup.result import ListedExposure, LookupResult

FORM_MAX_BYTES = 131_072  # a name of 10,000 Han characters still gets its message
FIELDS_MAX = 32
ADD_STEP = "add"
CORRECT_STEP = "correct"
ANSWER_TEMPLATE = "query/check/answer.html"

bp = Blueprint("check", __name__)


@bp.get("/check")
@cached_page(CachedPage(OF_A_FORM, when=lambda settings: settings.phone_verification == "off"))
def check_form() -> ResponseReturnValue:
    """Show the empty form. Raises CannotAnswer, so that nobody types where nothing can answer."""
    current_services().indexes.snapshot()
    if phone_of(current_services(), request) is None:
        return redirect_to_verification()
    return render_form((PersonForm(),))


@bp.post("/check")
def answer_check() -> ResponseReturnValue:
    """Answer the self-checks of one form; keep nothing, log no identity."""
    services = current_services()
    this_request = request._get_current_object()  # type: ignore[attr-defined] # finding it takes half a µs
    require_same_origin(this_request.headers, this_request.host, services.settings.base_url)
    network = services.network_of(this_request)
    demand = admit_first(services.check_limits, network)  # before the form is read
    phone = phone_of(services, this_request)
    if phone is None:
        return redirect_to_verification()
    form, rows = _read(this_request, demand, services.settings.people_per_form)
    if form.get("step") == ADD_STEP and len(rows) < services.settings.people_per_form:
        return render_form(with_blank_row(rows))
    if form.get("step") in (CORRECT_STEP, ADD_STEP):
        return render_form(rows)
    people = without_blanks(rows)
    if any(person.faults_or_doubts() for person in people):
        return render_form(people, show_errors=True), HTTPStatus.UNPROCESSABLE_ENTITY
    proof_text = form.get(FIELD, "")
    claims = [person.identity() for person in people]
    try:
        results = _look_up(claims, network, proof_text, demand, phone)
    except ProofNeeded as needed:
        offer = services.proof_issuer.offer(needed, network, proof_text)
        return render_proof_page(needed, offer, _fields(people), proof_text)
    return _render_answer(people, claims, results, services.settings.today())


def _read(
    this_request: Request, demand: ProofNeeded | None, people_max: int
) -> tuple[dict[str, str], tuple[PersonForm, ...]]:
    """Parse the form into its fields and people. Raises BadInput; the demand where one stands.

    So whatever is sent from a busy network meets the same refusal.
    """
    try:
        form = form_fields(this_request, FORM_MAX_BYTES, FIELDS_MAX)
        return form, parse_people(form, people_max)
    except (BadInput, HTTPException, TooManyPeople) as fault:
        if demand is not None:
            raise demand from None
        if isinstance(fault, TooManyPeople):
            raise BadInput(HTTPStatus.BAD_REQUEST) from None
        raise


def _look_up(
    claims: Sequence[IdentityClaim],
    network: bytes,
    proof_text: str,
    demand: ProofNeeded | None,
    phone: bytes,
) -> list[LookupResult[ListedExposure]]:
    """Admit everybody and look them up. Raises ProofNeeded, LimitReached or CannotAnswer."""
    services = current_services()
    proof = services.proof_issuer.admission_proof(proof_text, network)
    limits = services.check_limits
    proof = admit_people(limits, network, count_names(claims), proof, demand)
    count_documents(services, phone, claims)
    return check_household(services.indexes, limits, network, claims, proof)


def _fields(people: Sequence[PersonForm]) -> dict[str, str]:
    """Return the form's fields as they are sent again."""
    return {
        person.field_name(name): getattr(person, name)
        for person in (person.printable() for person in people)
        for name in FIELDS
    }


def _render_answer(
    people: Sequence[PersonForm],
    claims: Sequence[IdentityClaim],
    results: Sequence[LookupResult[ListedExposure]],
    today: date,
) -> Response:
    """Return the page; it has one length for everybody."""
    language = current_language()
    answers = [present_answer(answer, today, language) for answer in results]
    household = household_view(people, claims, answers, datetime.now(UTC), language)
    return Response(render_answer(household, tuple(results[0].indexes), ANSWER_TEMPLATE))


def render_form(people: Sequence[PersonForm], *, show_errors: bool = False) -> str:
    """Return the form with its rows filled in; show_errors: with what is wrong in them."""
    found = {person: person.faults_or_doubts() if show_errors else {} for person in people}
    faults = {
        person.field_name(field): fault_words(field, fault)
        for person in people
        for field, fault in found[person].items()
    }
    return render_template(
        "query/check/form.html",
        people=[person.printable() for person in people],
        faults=faults,
        kinds_open={person.place for person in people if kind_may_differ(found[person])},
        doubted={person.place for person in people if names_doubted(found[person])},
        id_types=ID_TYPE_WORDS,
        in_browser=checkable_in_browser() is not None,
        now=datetime.now(UTC).isoformat(),
        can_add=len(people) < current_services().settings.people_per_form,
    )
