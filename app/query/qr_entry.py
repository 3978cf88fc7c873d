"""GET /q/{code}: where a QR poster leads."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.services import current_services

bp = Blueprint("qr_entry", __name__)


@bp.get("/q/<code>")
def enter(code: str) -> ResponseReturnValue:
    """Lead to the form. A forged code raises ForgedCode; without a key none can be told."""
    return _lead(code, "check.check_form")


@bp.get("/q/<code>/trips")
def enter_trips(code: str) -> ResponseReturnValue:
    """Lead to the form of trips, as ``enter`` leads to the check."""
    return _lead(code, "trips.trip_form")


def _lead(code: str, endpoint: str) -> ResponseReturnValue:
    codes = current_services().qr_codes
    if codes is None:
        return render_template("errors/unproven_code.html"), HTTPStatus.SERVICE_UNAVAILABLE
    codes.origin(code)
    return redirect(url_for(endpoint), HTTPStatus.SEE_OTHER)
