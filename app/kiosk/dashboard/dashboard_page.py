"""/org/health: today's numbers, alarms, kiosks and charts, for the health officer."""

import time
from dataclasses import replace
from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.kiosk.dashboard.access_log import ReasonMissing, require_reason
from app.kiosk.dashboard.board import BoardReader
from app.kiosk.health_words import WORD_WORDS
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.records.health.alarms import Alarm, alarm_of_id, put_resolution
from app.services import current_services
from app.settings.local_days import LocalDays

NOTE_FAULT = lazy_gettext("Write in 5 to 200 characters what was done")

add_portal_page(
    "organisation.show_health", lazy_gettext("Health today"), Permission.SEE_HEALTH, place=20
)


@bp.get("/health")
def show_health() -> ResponseReturnValue:
    """Show the dashboard as it stands now."""
    return _page(require_member(Permission.SEE_HEALTH))


@bp.post("/health/alarms")
def resolve_alarm() -> ResponseReturnValue:
    """Settle an alarm with a note, or open it again."""
    member, form = require_form(Permission.SEE_HEALTH)
    alarm_id = form.get("alarm", "")
    if form.get("reopen"):
        _keep(member, alarm_id, None)
        return redirect(url_for("organisation.show_health", _anchor="alarms"), HTTPStatus.SEE_OTHER)
    try:
        note = require_reason(form.get("note", ""))
    except ReasonMissing:
        page = _page(member, {f"note-{alarm_id}": NOTE_FAULT})
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    _keep(member, alarm_id, note)
    return redirect(url_for("organisation.show_health", _anchor="alarms"), HTTPStatus.SEE_OTHER)


def _page(member: SignedInMember, faults: dict[str, LazyString] | None = None) -> str:
    services = current_services()
    reader = BoardReader(services.records, LocalDays.of(services.settings))
    board = reader.read(member.organisation.id, int(time.time() * 1_000))
    return render_template(
        "health/dashboard.html",
        board=board,
        settings=board.settings,
        word_words=WORD_WORDS,
        faults=faults or {},
    )


def _keep(member: SignedInMember, alarm_id: str, note: str | None) -> None:
    """Keep a resolution with its note, or with None that there is none; of another alarm nothing.

    Of two officers who settle one alarm the first stands.
    """
    records, now = current_services().records, time.time()
    organisation = member.organisation.id
    with records.writing() as connection:
        alarm = alarm_of_id(connection, records.cipher, organisation, alarm_id)
        if alarm is None or (alarm.resolved_at is None) == (note is None):
            return
        put_resolution(connection, records.cipher, _settled(alarm, member.name, note, now))
        event = Event.ALARM_REOPENED if note is None else Event.ALARM_RESOLVED
        entry = OrganisationEntry(organisation, member.name, event, 1)
        append_event(connection, records.cipher, entry, int(now))


def _settled(alarm: Alarm, actor: str, note: str | None, now: float) -> Alarm:
    if note is None:
        return replace(alarm, resolved_at=None, resolver="", note="")
    return replace(alarm, resolved_at=int(now * 1_000), resolver=actor, note=note)
