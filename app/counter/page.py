"""/counter: sign in, check one person, print, next person. Off unless GAUGE_COUNTER is on."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts.sessions import PATH, CounterSessions
from app.accounts.sign_in import Attempt, sign_in
from app.answer_pages.household import household_view
from app.answer_pages.labels import ID_TYPE_WORDS, fault_words
from app.answer_pages.render import COUNTER_TEMPLATE, present_answer, render_household
from app.checks.lookup import check_for_account
from app.checks.person_form import PersonForm
from app.counter.quota import count_check
from app.records.clerks import Lasting
from app.records.counter_audit import Event, record_now
from app.records.database import RecordsUnavailable
from app.services import current_services
from app.web.request_bodies import same_origin_form

FORM_MAX_BYTES = 131_072
FIELDS_MAX = 8

bp = Blueprint("counter", __name__)


@bp.get(PATH)
def counter() -> ResponseReturnValue:
    """Show the empty form to a clerk, and the sign-in to anybody else."""
    if _clerk() is None:
        return render_template("counter/sign_in.html", refused=False)
    return _form_page(PersonForm())


@bp.post(f"{PATH}/sign-in")
def take_sign_in() -> ResponseReturnValue:
    """Begin a session, or show the sign-in again; what was wrong is not told."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    attempt = Attempt(*(form.get(name, "") for name in ("account", "password", "code")))
    clerk = sign_in(services.records, services.action_limits, services.network_of(request), attempt)
    if clerk is None:
        page = render_template("counter/sign_in.html", refused=True)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    response = _back_to_the_form()
    response.set_cookie(
        _cookie_name(),
        _sessions().begin(clerk),
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=_https(),
    )
    return response


@bp.post(f"{PATH}/sign-out")
def take_sign_out() -> ResponseReturnValue:
    """End the session."""
    same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    clerk = _clerk()
    if clerk is not None:
        record_now(current_services().records, clerk, Event.SIGNED_OUT)
        _sessions().end(request.cookies.get(_cookie_name()))
    response = _back_to_the_form()
    response.delete_cookie(
        _cookie_name(), path=PATH, httponly=True, samesite="Strict", secure=_https()
    )
    return response


@bp.post(f"{PATH}/next")
def next_person() -> ResponseReturnValue:
    """Show an empty form."""
    same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    return _back_to_the_form()


@bp.post(f"{PATH}/check")
def answer_at_counter() -> ResponseReturnValue:
    """Answer one person; audit that a check was made, not whose and with what result."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    clerk = _clerk()
    if clerk is None:
        return render_template("counter/sign_in.html", refused=False), HTTPStatus.FORBIDDEN
    typed = PersonForm(form.get("id_type", ""), form.get("id_number", ""), form.get("name", ""))
    if not _sessions().spend_form(request.cookies.get(_cookie_name()), form.get("form", "")):
        return _back_to_the_form()
    if typed.faults():
        return _form_page(typed, told=True), HTTPStatus.UNPROCESSABLE_ENTITY
    settings = services.settings
    made = count_check(services.records, clerk, settings.counter_checks_per_day, settings.timezone)
    now = datetime.now(get_timezone())
    answer = check_for_account(services.indexes, typed.identity())
    shown = present_answer(answer, now.date())
    builds = tuple(manifest.build_id for manifest in answer.indexes)
    part = render_household(household_view([typed], [shown]), builds, COUNTER_TEMPLATE)
    return render_template(
        "counter/answer.html",
        part=Markup(part.decode()),  # noqa: S704 - escaped where it was filled in
        answer=shown,
        now=now,
        made=made,
        quota=settings.counter_checks_per_day,
    )


def _form_page(typed: PersonForm, *, told: bool = False) -> str:
    faults = typed.faults() if told else {}
    return render_template(
        "counter/form.html",
        fields=typed.printable(),
        form=_sessions().new_form(request.cookies.get(_cookie_name())),
        faults={field: fault_words(field, reason) for field, reason in faults.items()},
        id_types=ID_TYPE_WORDS,
    )


def _back_to_the_form() -> Response:
    """Lead to the empty form."""
    return redirect(url_for("counter.counter"), HTTPStatus.SEE_OTHER)


def _clerk() -> str | None:
    return _sessions().clerk(request.cookies.get(_cookie_name()))


def _sessions() -> CounterSessions:
    services = current_services()
    if services.session_key is None:
        raise RecordsUnavailable
    settings = services.settings
    lasting = Lasting(settings.counter_idle_minutes * 60, settings.counter_hours * 3_600)
    return CounterSessions(services.session_key, services.records, lasting)


def _https() -> bool:
    return current_services().settings.base_url.startswith("https://")


def _cookie_name() -> str:
    """Return the name; behind https one that a browser takes over https only."""
    return "__Secure-counter" if _https() else "counter"
