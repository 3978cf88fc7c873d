"""POST /trips/watch and /trips/watch/stop: request a trip alert, and withdraw it.

Neither a cookie nor an address holds anything: trip, telephone and receipt travel in bodies. The
answer is the same whether or not an alert was requested before, or the receipt was of any alert.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.answer_pages.texts import mode_words, unusable_phone_words
from app.i18n import current_language
from app.limits.actions import EVERYWHERE, Allowance
from app.limits.outcomes import LimitKind
from app.phones.verifier import reachable_phone
from app.query.alerts.form_text import printable_text
from app.query.kept_receipts import parse_kept_receipt
from app.query.trips.form import TripForm, TripInvalid, parse_trip
from app.query.trips.lookup import run_numbers
from app.records.citizens.receipt_codes import (
    TYPED_MAX_CHARACTERS,
    ReceiptMistyped,
    in_groups,
    new_receipt,
    parse_receipt,
)
from app.records.citizens.trip_alerts import add_trip_alert, stop_trip_alert
from app.services import AppServices, current_services
from app.web.cached_pages import OF_A_FORM, CachedPage, cached_page
from app.web.error_types import BadInput
from app.web.request_bodies import same_origin_form
from exposure_index.lookup.trip import Trip
from exposure_index.messages.phone_number import InvalidPhone
from exposure_index.messages.trip_alerts import KEPT_AFTER_TRIP, TripAlert

FORM_MAX_BYTES = 8_192
FIELDS_MAX = 8
DAY_SECONDS = 86_400
RECEIPT_STEP = "receipt"
BEGIN_STEP = "begin"
RECEIPT_PURPOSE = "watch receipt"
FAULT_WORDS: dict[tuple[str, str], LazyString] = {
    ("phone", "missing"): lazy_gettext("Enter the mobile number for text alerts"),
    ("trip", "over"): lazy_gettext("This trip was too long ago for a text alert"),
    ("receipt", "mistyped"): lazy_gettext(
        "This is not a receipt code: a character is missing or wrong. Compare it with your copy"
    ),
}

bp = Blueprint("alerts", __name__)


@bp.post("/trips/watch")
def request_alert() -> ResponseReturnValue:
    """Seal and keep one trip alert; show its receipt code, or the form with what is wrong.

    The step ``receipt`` comes from the page with the receipt code: in another language.
    """
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    trip = _trip(form)
    if form.get("step") == RECEIPT_STEP:
        return _render_receipt(trip, parse_kept_receipt(form))
    if form.get("step") == BEGIN_STEP:
        return _render_form(trip, form, {})
    phone, faults = _phone(form.get("phone", ""))
    if faults or trip.day + KEPT_AFTER_TRIP <= services.settings.today():
        return _render_form(trip, form, faults or {"trip": "over"}), HTTPStatus.UNPROCESSABLE_ENTITY
    _admit(services, phone)
    receipt = new_receipt()
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    # What is published may name the run by another number, which another authority alone unites.
    numbers = run_numbers(services.indexes, trip)
    alert = TripAlert(trip.mode, numbers, trip.day, phone, current_language()).fit()
    sealed = alert.seal(services.sealed_public_key())
    with services.records.writing() as connection:
        add_trip_alert(connection, digest, sealed, alert.delete_on)
    return _render_receipt(trip, receipt)


@bp.get("/trips/watch/stop")
@cached_page(CachedPage(OF_A_FORM))
def stop_form() -> str:
    """Ask for the receipt code of a trip alert."""
    return _render_stop("", {})


@bp.post("/trips/watch/stop")
def stop_alert() -> ResponseReturnValue:
    """Delete the trip alert of a receipt code, if it is kept still.

    The step ``begin`` only fills the form, in another language.
    """
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    text = form.get("receipt", "")
    if form.get("step") == BEGIN_STEP:
        return _render_stop(text, {})
    try:
        receipt = parse_receipt(text)
    except ReceiptMistyped:
        return _render_stop(text, {"receipt": "mistyped"}), HTTPStatus.UNPROCESSABLE_ENTITY
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    with services.records.writing() as connection:
        stop_trip_alert(connection, digest)
    return render_template("query/alerts/deletion.html")


def _render_receipt(trip: Trip, receipt: str) -> str:
    return render_template(
        "query/alerts/receipt.html",
        receipt=in_groups(receipt),
        mode=trip.mode,
        mode_words=mode_words(trip.mode),
        number="/".join(trip.numbers),
        day=trip.day,
        delete_on=trip.day + KEPT_AFTER_TRIP,
    )


def _trip(form: Mapping[str, str]) -> Trip:
    """Parse the trip of the hidden fields. Raises BadInput for one that no page of ours sent."""
    try:
        return parse_trip(TripForm.from_fields(form), current_services().settings.today(), ())
    except TripInvalid:
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _phone(text: str) -> tuple[str, dict[str, str]]:
    if not text.strip():
        return "", {"phone": "missing"}
    try:
        return reachable_phone(text, current_services().settings.phone_countries), {}
    except InvalidPhone:
        return "", {"phone": "unusable"}


def _admit(services: AppServices, phone: str) -> None:
    """Count one trip alert of this network and for this telephone. Raises LimitReached."""
    settings, limits = services.settings, services.action_limits
    own = Allowance("watch", settings.network_watches, DAY_SECONDS)
    limits.admit_network(own, services.network_of(request))
    limits.admit(Allowance("watch", settings.watches_everywhere, DAY_SECONDS), EVERYWHERE)
    phones = Allowance("watch_phone", settings.phone_watches, DAY_SECONDS, LimitKind.TRIP_ALERTS)
    limits.admit(phones, phone.encode())


def _render_form(trip: Trip, form: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template(
        "query/alerts/form_page.html",
        mode=trip.mode,
        mode_words=mode_words(trip.mode),
        number="/".join(trip.numbers),
        day=trip.day,
        phone=printable_text(form.get("phone", "")),
        faults={field: _fault_words(field, reason) for field, reason in faults.items()},
    )


def _fault_words(field: str, reason: str) -> LazyString | str:
    if (field, reason) == ("phone", "unusable"):
        return unusable_phone_words(current_services().settings.phone_countries)
    return FAULT_WORDS[field, reason]


def _render_stop(receipt: str, faults: Mapping[str, str]) -> str:
    return render_template(
        "query/alerts/stop.html",
        receipt=printable_text(receipt)[:TYPED_MAX_CHARACTERS],
        faults={field: FAULT_WORDS[field, reason] for field, reason in faults.items()},
    )
