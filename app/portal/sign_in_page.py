"""/org/sign-in and /org/sign-out: sessions of members begin and end."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.sign_in import Attempt
from app.organisations.audience import ORGANISATION, parse_address
from app.organisations.directory import OrganisationDirectory
from app.portal.blueprint import bp
from app.portal.current_member import (
    FIELDS_MAX,
    FORM_MAX_BYTES,
    cookie_value,
    session_cookie,
    sessions,
)
from app.services import current_services
from app.web.request_bodies import same_origin_form
from app.web.sign_in_form import FIELD, remember_device, sign_in_by_form


@bp.post("/sign-in")
def take_sign_in() -> ResponseReturnValue:
    """Begin a session, or show the sign-in again; what was wrong is not told."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    address, password, code = (form.get(name, "") for name in ("account", "password", "code"))
    name, organisation = parse_address(OrganisationDirectory(services.records), address)
    attempt = Attempt(name, password, code, organisation)
    outcome = sign_in_by_form(ORGANISATION, attempt, form.get(FIELD, ""))
    if outcome.account is None:
        page = render_template("portal/sign_in.html", outcome=outcome)
        return page, outcome.status, outcome.headers
    response, cookie = to_start_page(), session_cookie()
    response.set_cookie(cookie.name, sessions().begin(outcome.account), **cookie.attributes)
    remember_device(response, ORGANISATION, outcome.account)
    return response


@bp.post("/sign-out")
def take_sign_out() -> ResponseReturnValue:
    """End the session."""
    same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    sessions().sign_out(cookie_value())
    response, cookie = to_start_page(), session_cookie()
    response.delete_cookie(cookie.name, **cookie.attributes)
    return response


def to_start_page() -> Response:
    """Lead to the page that /org shows."""
    return redirect(url_for("organisation.start_page"), HTTPStatus.SEE_OTHER)
