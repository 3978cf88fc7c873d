"""GET /q/{code}: what a QR code of a poster leads to."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.services import current_services

bp = Blueprint("qr_entry", __name__)


@bp.get("/q/<code>")
def enter(code: str) -> ResponseReturnValue:
    """Redirect to the check. Raises ForgedQrCode; without a key no code can be verified."""
    return _redirect(code, "check.check_form")


@bp.get("/q/<code>/trips")
def enter_trips(code: str) -> ResponseReturnValue:
    """Redirect to the form of trips, as ``enter`` does to the check."""
    return _redirect(code, "trips.trip_form")


def _redirect(code: str, endpoint: str) -> ResponseReturnValue:
    codes = current_services().qr_codes
    if codes is None:
        return render_template("errors/unproven_code.html"), HTTPStatus.SERVICE_UNAVAILABLE
    codes.verify(code)
    return redirect(url_for(endpoint), HTTPStatus.SEE_OTHER)
