"""POST /trips/watch and /trips/watch/stop: to be told of a trip, and no longer.

Neither a cookie nor an address holds anything: trip, telephone and receipt travel in bodies. The
answer is the same whether or not the trip was watched before, or the receipt was of any watch.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from app.answer_pages.labels import mode_words, unusable_phone_words
from app.i18n import current_language
from app.limits.actions import EVERYWHERE, Allowance
from app.limits.outcomes import LimitKind
from app.phones.verifier import reachable_phone
from app.query.alerts.messages import FAULTS
from app.query.trips.form import TripInvalid, TripTyped, trip_asked
from app.query.trips.lookup import numbers_of_run
from app.query.trips.today import today_here
from app.records.receipt_codes import (
    TYPED_MAX_CHARACTERS,
    ReceiptMistyped,
    in_groups,
    new_receipt,
    parse_receipt,
)
from app.records.trip_alerts import add_trip_alert, stop_trip_alert
from app.services import AppServices, current_services
from app.web.errors import BadInput
from app.web.request_bodies import same_origin_form
from exposure_index.lookup.trip import Trip
from exposure_index.messages.phone_number import InvalidPhone
from exposure_index.messages.watch_message import KEPT_AFTER_TRIP, Watch

FORM_MAX_BYTES = 8_192
FIELDS_MAX = 8
DAY_SECONDS = 86_400
PHONE_SHOWN_MAX = 40
RECEIPT_PURPOSE = "watch receipt"

bp = Blueprint("watches", __name__)


@bp.post("/trips/watch")
def watch_trip() -> ResponseReturnValue:
    """Seal and keep one watch and show its receipt code, or the form with what is wrong."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    asked = _trip(form)
    phone, faults = _phone(form.get("phone", ""))
    if faults or asked.day + KEPT_AFTER_TRIP <= today_here():
        return _watch_page(asked, form, faults or {"trip": "over"}), HTTPStatus.UNPROCESSABLE_ENTITY
    _admit(services, phone)
    receipt = new_receipt()
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    # What is published may name the run by another number, which another authority alone unites.
    numbers = numbers_of_run(services.indexes, asked)
    watch = Watch(asked.mode, numbers, asked.day, phone, current_language()).cut()
    sealed = watch.sealed(services.sealed_public_key())
    with services.records.writing() as connection:
        add_trip_alert(connection, digest, sealed, watch.delete_on)
    return render_template(
        "query/alerts/receipt.html",
        receipt=in_groups(receipt),
        mode_words=mode_words(asked.mode),
        number="/".join(asked.numbers),
        day=asked.day,
        delete_on=watch.delete_on,
    )


@bp.get("/trips/watch/stop")
def stop_form() -> str:
    """Ask for the receipt code of a watch."""
    return _stop_page("", {})


@bp.post("/trips/watch/stop")
def stop_watching() -> ResponseReturnValue:
    """Forget the watch of a receipt code, if it is kept still."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    typed = form.get("receipt", "")
    try:
        receipt = parse_receipt(typed)
    except ReceiptMistyped:
        return _stop_page(typed, {"receipt": "mistyped"}), HTTPStatus.UNPROCESSABLE_ENTITY
    digest = services.records.cipher.digest(RECEIPT_PURPOSE, receipt.encode())
    with services.records.writing() as connection:
        stop_trip_alert(connection, digest)
    return render_template("query/alerts/deletion.html")


def _trip(form: Mapping[str, str]) -> Trip:
    """Return the trip of the hidden fields. Raises BadInput for one that no page of ours sent."""
    try:
        return trip_asked(TripTyped.of(form), today_here(), ())
    except TripInvalid:
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _phone(typed: str) -> tuple[str, dict[str, str]]:
    if not typed.strip():
        return "", {"phone": "missing"}
    try:
        return reachable_phone(typed, current_services().settings.phone_countries), {}
    except InvalidPhone:
        return "", {"phone": "unusable"}


def _admit(services: AppServices, phone: str) -> None:
    """Count one watch of this network and for this telephone; raises LimitReached."""
    settings, limits = services.settings, services.action_limits
    own = Allowance("watch", settings.network_watches, DAY_SECONDS)
    limits.admit(own, services.network_of(request))
    limits.admit(Allowance("watch", settings.watches_everywhere, DAY_SECONDS), EVERYWHERE)
    told = Allowance("watch_phone", settings.phone_watches, DAY_SECONDS, LimitKind.TRIP_ALERTS)
    limits.admit(told, phone.encode())


def _watch_page(asked: Trip, form: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template(
        "query/alerts/form_page.html",
        mode=asked.mode,
        mode_words=mode_words(asked.mode),
        number="/".join(asked.numbers),
        day=asked.day,
        phone=_printable(form.get("phone", "")),
        faults={field: _fault_words(field, reason) for field, reason in faults.items()},
    )


def _fault_words(field: str, reason: str) -> LazyString | str:
    if (field, reason) == ("phone", "unusable"):
        return unusable_phone_words(current_services().settings.phone_countries)
    return FAULTS[field, reason]


def _stop_page(typed: str, faults: Mapping[str, str]) -> str:
    return render_template(
        "query/alerts/stop.html",
        receipt=_printable(typed)[:TYPED_MAX_CHARACTERS],
        faults={field: FAULTS[field, reason] for field, reason in faults.items()},
    )


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:PHONE_SHOWN_MAX]
