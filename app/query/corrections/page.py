"""GET and POST /corrections and /corrections/new: ask for a correction, and hear what came of it.

Neither a cookie nor an address holds anything: the identity and the receipt code travel in bodies.
"""

from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from app.answer_pages.labels import ID_TYPE_WORDS
from app.limits.actions import EVERYWHERE, Allowance
from app.query.corrections.form import LONGEST, CorrectionTyped
from app.query.corrections.messages import (
    STATE_WORDS,
    WHAT_WORDS,
    correction_fault_words,
    reason_words,
)
from app.records.corrections import OPEN_STATES, Correction, add_correction, correction_of, withdraw
from app.records.receipt_codes import (
    TYPED_MAX_CHARACTERS,
    ReceiptMistyped,
    in_groups,
    new_receipt,
    parse_receipt,
)
from app.services import AppServices, current_services
from app.web.request_bodies import same_origin_form

FORM_MAX_BYTES = 131_072
FIELDS_MAX = 12
DAY_SECONDS = 86_400
BEGIN_STEP = "begin"
WITHDRAW_STEP = "withdraw"
RECEIPT_PURPOSE = "correction receipt"

bp = Blueprint("corrections", __name__)


@bp.get("/corrections/new")
def request_form() -> str:
    """Show the empty form."""
    return _request_page(CorrectionTyped())


@bp.post("/corrections/new")
def take_request() -> ResponseReturnValue:
    """Seal and keep one request and show its receipt code, or show the form with what is wrong.

    The step ``begin`` comes from an answer page and only fills the form.
    """
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    typed = CorrectionTyped.of(form)
    if form.get("step") == BEGIN_STEP:
        return _request_page(typed)
    faults = typed.faults()
    if faults:
        return _request_page(typed, faults), HTTPStatus.UNPROCESSABLE_ENTITY
    _admit(services)
    receipt = new_receipt()
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    sealed = typed.sealed(services.sealed_public_key())
    with services.records.writing() as connection:
        add_correction(connection, digest, sealed, _today())
    return render_template(
        "query/corrections/receipt.html",
        receipt=in_groups(receipt),
        days=services.settings.corrections_days,
    )


@bp.get("/corrections")
def state_form() -> str:
    """Ask for a receipt code."""
    return _state_page("", {})


@bp.post("/corrections")
def tell_state() -> ResponseReturnValue:
    """Tell how far the request of a receipt code has come; the step ``withdraw`` takes it back."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    typed = form.get("receipt", "")
    try:
        receipt = parse_receipt(typed)
    except ReceiptMistyped:
        return _state_page(typed, {"receipt": "mistyped"}), HTTPStatus.UNPROCESSABLE_ENTITY
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    if form.get("step") == WITHDRAW_STEP:
        with services.records.writing() as connection:
            withdraw(connection, digest, _today())
    with services.records.reading() as connection:
        found = correction_of(connection, digest)
    if found is None:
        return _state_page(typed, {"receipt": "unknown"}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _found_page(found, receipt)


def _admit(services: AppServices) -> None:
    """Count one request of this network; raises LimitReached."""
    settings = services.settings
    limits = services.action_limits
    own = Allowance("correction", settings.network_corrections, DAY_SECONDS)
    limits.admit(own, services.network_of(request))
    limits.admit(Allowance("correction", settings.corrections_everywhere, DAY_SECONDS), EVERYWHERE)


def _request_page(typed: CorrectionTyped, faults: Mapping[str, str] | None = None) -> str:
    return render_template(
        "query/corrections/form.html",
        fields=typed.cut(),
        faults=correction_fault_words(faults or {}),
        what_words=WHAT_WORDS,
        id_types=ID_TYPE_WORDS,
        longest=LONGEST,
    )


def _state_page(typed: str, faults: Mapping[str, str]) -> str:
    return render_template(
        "query/corrections/state_form.html",
        receipt=typed[:TYPED_MAX_CHARACTERS],
        faults=correction_fault_words(faults),
    )


def _found_page(found: Correction, receipt: str) -> str:
    return render_template(
        "query/corrections/state.html",
        found=found,
        state=STATE_WORDS[found.state],
        reason=reason_words(found.reason),
        receipt=in_groups(receipt),
        may_withdraw=found.state in OPEN_STATES,
    )


def _today() -> date:
    return datetime.now(get_timezone()).date()
