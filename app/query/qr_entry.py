"""GET /q/{code}: where a QR poster leads."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.service import service

bp = Blueprint("qr_entry", __name__)


@bp.get("/q/<code>")
def enter(code: str) -> ResponseReturnValue:
    """Lead to the form. A forged code raises ForgedCode; without a key none can be told."""
    codes = service().qr_codes
    if codes is None:
        return render_template("errors/unproven_code.html"), HTTPStatus.SERVICE_UNAVAILABLE
    codes.origin(code)
    return redirect(url_for("check.check_form"), HTTPStatus.SEE_OTHER)
