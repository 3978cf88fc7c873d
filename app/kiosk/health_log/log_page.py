"""/org/health/log: who is in observation and whose readings were missed; begin, end, new link."""

import time
from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.kiosk.dashboard.subjects import observation_handle
from app.kiosk.health_log.log_lines import LogReader
from app.kiosk.health_log.observation_book import (
    USUAL_DAYS,
    NewObservation,
    NoSuchObservation,
    ObservationBook,
    ObservationInvalid,
)
from app.kiosk.health_log.slot_words import SLOT_WORDS, STATE_WORDS
from app.kiosk.settings.kiosk_settings import settings_of
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.portal.qr_picture import qr_path
from app.records.kiosks.roster import RosterPerson, roster_people
from app.services import current_services
from app.settings.local_days import LocalDays

NOBODY_CHOSEN = "nobody"  # of the roster: somebody else of the same name
FAULTS: dict[str, LazyString] = {
    "name": lazy_gettext("Enter a name of at most 100 characters"),
    "last_day": lazy_gettext("Choose a day from today on, at most 60 days ahead"),
}
ENDED = lazy_gettext("The observation has ended. Its link takes no readings any more.")
GOES_ON = lazy_gettext("The observation goes on, with the same link.")
GONE = lazy_gettext("There is no such observation any more.")

add_portal_page(
    "organisation.show_log", lazy_gettext("Daily temperature log"), Permission.SEE_HEALTH, place=40
)


@bp.get("/health/log")
def show_log() -> ResponseReturnValue:
    """Show everybody in observation, and the form to begin one."""
    return _page(require_member(Permission.SEE_HEALTH))


@bp.post("/health/log")
def begin_observation() -> ResponseReturnValue:
    """Begin an observation, and show its personal link; ask first who of the roster is meant."""
    member, form = require_form(Permission.SEE_HEALTH)
    name, roster = form.get("name", "").strip(), form.get("roster", "")
    namesakes = _namesakes(member, name)
    if namesakes and roster not in {NOBODY_CHOSEN, *(one.id for one in namesakes)}:
        return render_template("health/namesakes.html", form=form, namesakes=namesakes)
    chosen = "" if roster == NOBODY_CHOSEN or not namesakes else roster
    try:
        new = NewObservation(name, _last_day(form), chosen)
        _, token = _book().begin(member.organisation.id, new, member.name)
    except ObservationInvalid as invalid:
        faults = {invalid.field: FAULTS[invalid.field]}
        return _page(member, form=form, faults=faults), HTTPStatus.UNPROCESSABLE_ENTITY
    return _link_page(name, token)


@bp.post("/health/log/link")
def renew_health_link() -> ResponseReturnValue:
    """Make a new personal link; the old one leads nowhere from now on."""
    member, form = require_form(Permission.SEE_HEALTH)
    book, observation_id = _book(), form.get("observation", "")
    try:
        token = book.renew_link(member.organisation.id, observation_id, member.name)
        name = book.one(member.organisation.id, observation_id).name
    except NoSuchObservation:
        return _page(member, notice=GONE), HTTPStatus.NOT_FOUND
    return _link_page(name, token)


@bp.post("/health/log/close")
def close_observation() -> ResponseReturnValue:
    """End an observation before its last day; the page has a button that undoes it."""
    member, form = require_form(Permission.SEE_HEALTH)
    observation_id = form.get("observation", "")
    try:
        _book().close(member.organisation.id, observation_id, member.name)
    except NoSuchObservation:
        return _page(member, notice=GONE), HTTPStatus.NOT_FOUND
    return _page(member, notice=ENDED, undo=observation_id)


@bp.post("/health/log/reopen")
def reopen_observation() -> ResponseReturnValue:
    """Undo the end of an observation."""
    member, form = require_form(Permission.SEE_HEALTH)
    try:
        _book().reopen(member.organisation.id, form.get("observation", ""), member.name)
    except NoSuchObservation:
        return _page(member, notice=GONE), HTTPStatus.NOT_FOUND
    return _page(member, notice=GOES_ON)


def _page(
    member: SignedInMember,
    *,
    notice: LazyString | None = None,
    undo: str = "",
    form: Mapping[str, str] | None = None,
    faults: dict[str, LazyString] | None = None,
) -> str:
    services, now = current_services(), int(time.time() * 1_000)
    days, organisation = LocalDays.of(services.settings), member.organisation.id
    settings = settings_of(services.records, organisation)
    with services.records.reading() as connection:
        scope = (connection, services.records.cipher, organisation)
        lines = LogReader(*scope, days, settings.retention_days).lines(now)
    last_day = days.day(now) + timedelta(days=USUAL_DAYS - 1)
    return render_template(
        "health/log.html",
        lines=lines,
        settings=settings,
        notice=notice,
        undo=undo,
        form={"name": "", "last_day": last_day.isoformat(), **(form or {})},
        faults=faults or {},
        slot_words=SLOT_WORDS,
        state_words=STATE_WORDS,
        handle_of=observation_handle,
    )


def _link_page(name: str, token: str) -> str:
    base = current_services().settings.base_url or request.host_url.rstrip("/")
    link = base + url_for(
        "health_link.show_form", token=token, lang=None
    )  # as the telephone speaks
    width, path = qr_path(link)
    return render_template("health/link.html", name=name, link=link, qr_width=width, qr_path=path)


def _namesakes(member: SignedInMember, name: str) -> list[RosterPerson]:
    """Return who of the roster bears a name exactly."""
    records = current_services().records
    with records.reading() as connection:
        people = roster_people(connection, records.cipher, member.organisation.id)
    return [one for one in people if name and name in {one.name, one.name_latin}]


def _last_day(form: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(form.get("last_day", ""))
    except ValueError:
        raise ObservationInvalid("last_day") from None


def _book() -> ObservationBook:
    services = current_services()
    return ObservationBook(services.records, LocalDays.of(services.settings))
