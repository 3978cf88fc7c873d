"""GET and POST /corrections and /corrections/new: request a correction, and look up its state.

Neither a cookie nor an address holds anything: the identity and the receipt code travel in bodies.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.answer_pages.texts import ID_TYPE_WORDS
from app.checks.person_form import kind_may_differ
from app.limits.actions import EVERYWHERE, Allowance
from app.query.corrections.form import FIELD_MAX_CHARACTERS, CorrectionForm
from app.query.corrections.texts import (
    STATE_WORDS,
    WHAT_WORDS,
    correction_fault_words,
    reason_words,
)
from app.query.kept_receipts import parse_kept_receipt
from app.records.citizens.corrections import (
    OPEN_STATES,
    Correction,
    add_correction,
    correction_of,
    withdraw,
)
from app.records.citizens.receipt_codes import (
    TYPED_MAX_CHARACTERS,
    ReceiptMistyped,
    in_groups,
    new_receipt,
    parse_receipt,
)
from app.services import AppServices, current_services
from app.web.cached_pages import OF_A_FORM, CachedPage, cached_page
from app.web.request_bodies import same_origin_form
from exposure_index.identity.parsing import FieldFault

FORM_MAX_BYTES = 131_072
FIELDS_MAX = 12
DAY_SECONDS = 86_400
BEGIN_STEP = "begin"
RECEIPT_STEP = "receipt"
WITHDRAW_STEP = "withdraw"
RECEIPT_PURPOSE = "correction receipt"

bp = Blueprint("corrections", __name__)


@bp.get("/corrections/new")
@cached_page(CachedPage(OF_A_FORM))
def request_form() -> str:
    """Show the empty form."""
    return _render_form(CorrectionForm())


@bp.post("/corrections/new")
def submit_request() -> ResponseReturnValue:
    """Seal and keep one request and show its receipt code, or show the form with what is wrong.

    The step ``begin`` comes from an answer page and only fills the form; ``receipt`` comes from the
    page with the receipt code, and shows it in another language.
    """
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    correction = CorrectionForm.from_fields(form)
    if form.get("step") == BEGIN_STEP:
        return _render_form(correction.with_whole_trips())
    if form.get("step") == RECEIPT_STEP:
        return _render_receipt(parse_kept_receipt(form))
    faults = correction.faults()
    if faults:
        return _render_form(correction, faults), HTTPStatus.UNPROCESSABLE_ENTITY
    _admit(services)
    receipt = new_receipt()
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    sealed = correction.seal(services.sealed_public_key())
    with services.records.writing() as connection:
        add_correction(connection, digest, sealed, services.settings.today())
    return _render_receipt(receipt)


@bp.get("/corrections")
@cached_page(CachedPage(OF_A_FORM))
def state_form() -> str:
    """Ask for a receipt code."""
    return _render_state_form("", {})


@bp.post("/corrections")
def show_state() -> ResponseReturnValue:
    """Show the state of the request of a receipt code; the step ``withdraw`` withdraws it first.

    The step ``begin`` only fills the form, in another language.
    """
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    text = form.get("receipt", "")
    if form.get("step") == BEGIN_STEP:
        return _render_state_form(text, {})
    try:
        receipt = parse_receipt(text)
    except ReceiptMistyped:
        return _render_state_form(
            text, {"receipt": FieldFault("mistyped")}
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    if form.get("step") == WITHDRAW_STEP:
        with services.records.writing() as connection:
            withdraw(connection, digest, services.settings.today())
    with services.records.reading() as connection:
        correction = correction_of(connection, digest)
    if correction is None:
        return _render_state_form(
            text, {"receipt": FieldFault("unknown")}
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    return _render_state(correction, receipt)


def _admit(services: AppServices) -> None:
    """Count one request of this network. Raises LimitReached."""
    settings = services.settings
    limits = services.action_limits
    own = Allowance("correction", settings.network_corrections, DAY_SECONDS)
    limits.admit_network(own, services.network_of(request))
    limits.admit(Allowance("correction", settings.corrections_everywhere, DAY_SECONDS), EVERYWHERE)


def _render_form(correction: CorrectionForm, faults: Mapping[str, FieldFault] | None = None) -> str:
    return render_template(
        "query/corrections/form.html",
        fields=correction.printable(),
        faults=correction_fault_words(faults or {}),
        what_words=WHAT_WORDS,
        id_types=ID_TYPE_WORDS,
        longest=FIELD_MAX_CHARACTERS,
        kinds_open=kind_may_differ(faults or {}),
    )


def _render_receipt(receipt: str) -> str:
    return render_template(
        "query/corrections/receipt.html",
        receipt=in_groups(receipt),
        days=current_services().settings.corrections_days,
    )


def _render_state_form(receipt: str, faults: Mapping[str, FieldFault]) -> str:
    return render_template(
        "query/corrections/state_form.html",
        receipt=receipt[:TYPED_MAX_CHARACTERS],
        faults=correction_fault_words(faults),
    )


def _render_state(correction: Correction, receipt: str) -> str:
    return render_template(
        "query/corrections/state.html",
        correction=correction,
        state=STATE_WORDS[correction.state],
        reason=reason_words(correction.reason),
        receipt=in_groups(receipt),
        may_withdraw=correction.state in OPEN_STATES,
    )
