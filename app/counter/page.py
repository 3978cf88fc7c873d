"""/counter: sign in, check one person, print, next person. Off unless GAUGE_COUNTER is on."""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts.audience import AudienceCookie
from app.accounts.sessions import Sessions
from app.accounts.sign_in import Attempt
from app.answer_pages.household import household_view
from app.answer_pages.render import COUNTER_TEMPLATE, present_answer, render_household
from app.answer_pages.texts import ID_TYPE_WORDS, fault_words
from app.checks.lookup import check_for_account
from app.checks.person_form import PersonForm, kind_may_differ, names_doubted
from app.counter.audience import COUNTER
from app.counter.quota import count_check
from app.i18n import current_language
from app.records.accounts.accounts import AccountName
from app.services import current_services
from app.web.forwarded_scheme import came_by_https
from app.web.request_bodies import same_origin_form
from app.web.sign_in_form import FIELD, remember_device, sign_in_by_form

PATH = COUNTER.path
FORM_MAX_BYTES = 131_072
FIELDS_MAX = 8

bp = Blueprint("counter", __name__)


@bp.get(PATH)
def counter() -> ResponseReturnValue:
    """Show the empty form to a clerk, and the sign-in to anybody else."""
    if _clerk() is None:
        return render_template("counter/sign_in.html", outcome=None)
    return _form_page(PersonForm())


@bp.post(f"{PATH}/sign-in")
def take_sign_in() -> ResponseReturnValue:
    """Begin a session, or show the sign-in again; what was wrong is not told."""
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    account, password, code = (form.get(name, "") for name in ("account", "password", "code"))
    attempt = Attempt(account, password, code)
    outcome = sign_in_by_form(COUNTER, attempt, form.get(FIELD, ""))
    if outcome.account is None:
        page = render_template("counter/sign_in.html", outcome=outcome)
        return page, outcome.status, outcome.headers
    response, cookie = _back_to_the_form(), _cookie()
    response.set_cookie(cookie.name, _sessions().begin(outcome.account), **cookie.attributes)
    remember_device(response, COUNTER, outcome.account)
    return response


@bp.post(f"{PATH}/sign-out")
def take_sign_out() -> ResponseReturnValue:
    """End the session."""
    same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    _sessions().sign_out(_cookie_value())
    response, cookie = _back_to_the_form(), _cookie()
    response.delete_cookie(cookie.name, **cookie.attributes)
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
        return render_template("counter/sign_in.html", outcome=None), HTTPStatus.FORBIDDEN
    person = PersonForm.from_fields(form)
    if not _sessions().spend_form(_cookie_value(), form.get("form", "")):
        return _back_to_the_form()
    if person.faults_or_doubts():
        return _form_page(person, show_errors=True), HTTPStatus.UNPROCESSABLE_ENTITY
    settings = services.settings
    quota, timezone = settings.counter_checks_per_day, settings.timezone
    checks_today = count_check(services.records, clerk.name, quota, timezone)
    now = datetime.now(get_timezone())
    claim = person.identity()
    answer = check_for_account(services.indexes, claim)
    language = current_language()
    answer_view = present_answer(answer, now.date(), language)
    builds = tuple(manifest.build_id for manifest in answer.indexes)
    household = household_view([person], [claim], [answer_view], now, language)
    part = render_household(household, builds, COUNTER_TEMPLATE)
    return render_template(
        "counter/answer.html",
        part=Markup(part.decode()),  # noqa: S704 - escaped where it was filled in
        answer=answer_view,
        made=checks_today,
        quota=quota,
    )


def _form_page(person: PersonForm, *, show_errors: bool = False) -> str:
    faults = person.faults_or_doubts() if show_errors else {}
    return render_template(
        "counter/form.html",
        fields=person.printable(),
        form=_sessions().new_form(_cookie_value()),
        faults={field: fault_words(field, fault) for field, fault in faults.items()},
        kinds_open=kind_may_differ(faults),
        doubted=names_doubted(faults),
        id_types=ID_TYPE_WORDS,
    )


def _back_to_the_form() -> Response:
    """Lead to the empty form."""
    return redirect(url_for("counter.counter"), HTTPStatus.SEE_OTHER)


def _clerk() -> AccountName | None:
    return _sessions().account(_cookie_value())


def _sessions() -> Sessions:
    services = current_services()
    return Sessions(COUNTER, services.session_key, services.records, services.settings)


def _cookie() -> AudienceCookie:
    return COUNTER.cookie(https=came_by_https())


def _cookie_value() -> str | None:
    return request.cookies.get(_cookie().name)
