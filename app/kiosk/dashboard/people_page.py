"""/org/health/people: one person's check-ins, and who was in at the same hours; with a reason.

Threat: a name or number in an address, a history or a log. Limit: both are in bodies of POSTs
alone; forms that follow carry ids that tell nothing.
"""

import time
from collections.abc import Mapping
from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Connection

from app.kiosk.dashboard.access_log import ReasonMissing, log_access, require_reason
from app.kiosk.dashboard.organisation_reading import in_organisation, kiosk_names
from app.kiosk.dashboard.people_search import SEARCH_MIN_CHARACTERS, Match, find_people
from app.kiosk.dashboard.person_record import RecordRow, record_rows, temperature_curve
from app.kiosk.dashboard.subjects import NoSuchSubject, Subject, find_subject
from app.kiosk.settings.kiosk_settings import settings_of
from app.organisations.audit import Event, OrganisationEntry
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.records.encrypted_fields import FieldCipher
from app.services import current_services
from app.settings.local_days import LocalDays

REASON_FAULT = lazy_gettext("Write in 5 to 200 characters why you need to see this")
SEARCH_FAULT = lazy_gettext("Enter at least two characters of a name or document number")
NOBODY = lazy_gettext("Nobody of this name or number is on the roster or came in these days")
GONE = lazy_gettext("Nothing is kept of this person any more")
TEXT_MAX_CHARACTERS = 100

add_portal_page(
    "organisation.show_people", lazy_gettext("One person"), Permission.SEE_HEALTH, place=30
)


@bp.get("/health/people")
def show_people() -> ResponseReturnValue:
    """Show the form that asks whom, and why."""
    require_member(Permission.SEE_HEALTH)
    return search_page()


@bp.post("/health/people")
def find_person() -> ResponseReturnValue:
    """Show the person of a handle, or who may be meant by a name or number."""
    member, form = require_form(Permission.SEE_HEALTH)
    try:
        reason = require_reason(form.get("reason", ""))
    except ReasonMissing:
        return refused(form, {"reason": REASON_FAULT})
    if handle := form.get("person", ""):
        return _show(member, handle, reason, form)
    text = form.get("search", "")[:TEXT_MAX_CHARACTERS]
    if len("".join(text.split())) < SEARCH_MIN_CHARACTERS:
        return refused(form, {"search": SEARCH_FAULT})
    matches = _matches(member, text)
    if len(matches) == 1:
        return _show(member, matches[0].handle, reason, form)
    if not matches:
        return refused(form, {"search": NOBODY})
    entry = OrganisationEntry(member.organisation.id, member.name, Event.PERSON_SEEN, len(matches))
    log_access(current_services().records, entry, reason)
    return render_template("health/matches.html", matches=matches, reason=reason)


def search_page(
    form: Mapping[str, str] | None = None, faults: dict[str, LazyString] | None = None
) -> str:
    """Return the form that asks whom and why, filled in as it was sent."""
    return render_template("health/people.html", form=form or {}, faults=faults or {})


def refused(form: Mapping[str, str], faults: dict[str, LazyString]) -> ResponseReturnValue:
    """Return the form again with what is wrong with it."""
    return search_page(form, faults), HTTPStatus.UNPROCESSABLE_ENTITY


def _matches(member: SignedInMember, text: str) -> list[Match]:
    return in_organisation(
        member, lambda connection, cipher, number: find_people(connection, cipher, number, text)
    )


def _show(
    member: SignedInMember, handle: str, reason: str, form: Mapping[str, str]
) -> ResponseReturnValue:
    services, organisation = current_services(), member.organisation.id

    def read(
        connection: Connection, cipher: FieldCipher, number: int
    ) -> tuple[Subject, list[RecordRow]]:
        subject = find_subject(connection, cipher, number, handle)
        kiosks = kiosk_names(connection, cipher, number)
        return subject, record_rows(connection, cipher, number, subject, kiosks)

    try:
        subject, rows = in_organisation(member, read)
    except NoSuchSubject:
        return refused(form, {"search": GONE})
    settings = settings_of(services.records, organisation)
    entry = OrganisationEntry(organisation, member.name, Event.PERSON_SEEN, 1)
    log_access(services.records, entry, reason)
    today = LocalDays.of(services.settings).day(int(time.time() * 1_000))
    return render_template(
        "health/person.html",
        subject=subject,
        rows=list(reversed(rows)),
        curve=temperature_curve(rows, settings.fever_celsius),
        settings=settings,
        reason=reason,
        today=today,
    )
