"""GET and POST /phone, POST /phone/code: a one-time code by text message, and a cookie for it.

The number travels in one body, is handed to the gateway and forgotten.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext

from app.answer_pages.texts import unusable_phone_words
from app.phones.verifier import CodeGone, CodeWrong, PhoneVerifier
from app.query.phone.verification import COOKIE
from app.services import current_services
from app.web.forwarded_scheme import came_by_https
from app.web.request_bodies import same_origin_form
from exposure_index.messages.phone_number import InvalidPhone
from exposure_index.messages.sms_gateway import SmsNotSent

FORM_MAX_BYTES = 4_096
FIELDS_MAX = 6

bp = Blueprint("phone", __name__)

FAULT_WORDS: dict[str, LazyString] = {
    "code": lazy_gettext("This is not the code that was sent"),
    "gone": lazy_gettext("This code is no longer valid. Ask for a new one."),
    "not_sent": lazy_gettext("The message could not be sent. Please try again later."),
}


@bp.get("/phone")
def phone_form() -> str:
    """Ask for the number."""
    return _render_number_form({})


@bp.post("/phone")
def send_code() -> ResponseReturnValue:
    """Send a one-time code and ask for it."""
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    try:
        waiting = _verifier().send_code(
            form.get("phone", ""), current_services().network_of(request), message_words
        )
    except InvalidPhone:
        return _render_number_form({"phone": "phone"}), HTTPStatus.UNPROCESSABLE_ENTITY
    except SmsNotSent:
        return _render_number_form({"phone": "not_sent"}), HTTPStatus.SERVICE_UNAVAILABLE
    return _render_code_form(waiting, {})


@bp.post("/phone/code")
def verify_code() -> ResponseReturnValue:
    """Verify the one-time code; redirect to the check with a cookie that says: verified."""
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    waiting = form.get("waiting", "")
    code = "".join(form.get("code", "").split())
    try:
        session = _verifier().verify(waiting, code)
    except CodeWrong:
        return _render_code_form(waiting, {"code": "code"}), HTTPStatus.UNPROCESSABLE_ENTITY
    except CodeGone:
        return _render_number_form({"phone": "gone"}), HTTPStatus.UNPROCESSABLE_ENTITY
    response = Response(status=HTTPStatus.SEE_OTHER)
    response.headers["Location"] = url_for("check.check_form")
    settings = current_services().settings
    response.set_cookie(
        COOKIE,
        session,
        max_age=settings.phone_session_seconds,
        secure=came_by_https(),
        httponly=True,
        samesite="Strict",
    )
    return response


def message_words(code: str, minutes: int) -> str:
    """Return the text message, in the language of the page."""
    words = gettext(
        "Contact Gauge: your code is %(code)s, valid for %(minutes)s minutes. Do not share it with"
        " anyone.",
        code=code,
        minutes=minutes,
    )
    return str(words)


def _verifier() -> PhoneVerifier:
    verifier = current_services().phone_verifier
    if verifier is None:  # the views are registered only where there is one
        raise RuntimeError("phones")
    return verifier


def _render_number_form(faults: Mapping[str, str]) -> str:
    return render_template("query/phone/number.html", faults=_words(faults))


def _render_code_form(waiting: str, faults: Mapping[str, str]) -> str:
    return render_template("query/phone/code.html", waiting=waiting, faults=_words(faults))


def _words(faults: Mapping[str, str]) -> dict[str, LazyString | str]:
    return {field: _fault_words(reason) for field, reason in faults.items()}


def _fault_words(reason: str) -> LazyString | str:
    if reason == "phone":
        return unusable_phone_words(current_services().settings.phone_countries)
    return FAULT_WORDS[reason]
