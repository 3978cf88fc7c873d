"""/org/health/people/hours: who was in at the same hours as a person, on screen or as a table."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import Connection

from app.kiosk.dashboard.access_log import ReasonMissing, log_access, require_reason
from app.kiosk.dashboard.organisation_reading import in_organisation
from app.kiosk.dashboard.people_page import REASON_FAULT, refused
from app.kiosk.dashboard.range_form import DAYS_FAULT, read_days
from app.kiosk.dashboard.shared_people import (
    DAYS_MAX,
    DayRange,
    DaysInvalid,
    SharedPeople,
    SharedPerson,
    find_shared,
    span_of,
)
from app.kiosk.dashboard.subjects import NoSuchSubject, Subject, find_subject
from app.kiosk.dashboard.table_files import FileKind, table_file
from app.organisations.audit import Event, OrganisationEntry
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form
from app.records.encrypted_fields import FieldCipher
from app.services import current_services
from app.settings.local_days import LocalDays

COLUMNS: tuple[LazyString, ...] = (
    lazy_gettext("Name"),
    lazy_gettext("Department"),
    lazy_gettext("Kind of document"),
    lazy_gettext("Document number"),
    lazy_gettext("In from"),
    lazy_gettext("Until"),
    lazy_gettext("Minutes together at most"),
    lazy_gettext("Remarks"),
)
MINUTE_MS = 60_000
GONE = lazy_gettext("No check-ins of this person are kept")


@bp.post("/health/people/hours")
def show_shared_hours() -> ResponseReturnValue:
    """Show who was in at the same hours, or hand them out as a file."""
    member, form = require_form(Permission.SEE_HEALTH)
    try:
        reason = require_reason(form.get("reason", ""))
        chosen = read_days(form, DAYS_MAX)
    except ReasonMissing:
        return refused(form, {"reason": REASON_FAULT})
    except DaysInvalid:
        return refused(form, {"search": DAYS_FAULT})
    try:
        subject, found = _find(member, form.get("person", ""), chosen)
    except NoSuchSubject:
        return refused(form, {"search": GONE})
    entry = OrganisationEntry(
        member.organisation.id, member.name, Event.SHARED_HOURS_SEEN, len(found.people)
    )
    log_access(current_services().records, entry, reason)
    if kind := FileKind.of(form.get("file", "")):
        return _file(found.people, kind)
    return render_template(
        "health/hours.html", subject=subject, found=found, chosen=chosen, reason=reason
    ), HTTPStatus.OK


def _find(member: SignedInMember, handle: str, chosen: DayRange) -> tuple[Subject, SharedPeople]:
    days = LocalDays.of(current_services().settings)

    def read(
        connection: Connection, cipher: FieldCipher, organisation: int
    ) -> tuple[Subject, SharedPeople]:
        scope = (connection, cipher, organisation)
        subject = find_subject(*scope, handle)
        if subject.person is None:
            raise NoSuchSubject
        return subject, find_shared(*scope, subject.person, span_of(days, chosen))

    return in_organisation(member, read)


def _file(people: Iterable[SharedPerson], kind: FileKind) -> Response:
    days = LocalDays.of(current_services().settings)
    return table_file("same-hours", COLUMNS, [_row(one, days) for one in people], kind)


def _row(one: SharedPerson, days: LocalDays) -> tuple[str, ...]:
    moments = (days.moment(at) for at in (one.hours.first, one.hours.last))
    return (
        one.name.name,
        one.name.detail,
        one.name.id_type,
        one.name.id_number,
        *(moment.isoformat(sep=" ", timespec="minutes") for moment in moments),
        str(one.hours.milliseconds // MINUTE_MS),
        str(gettext("an end was not recorded")) if one.hours.assumed else "",
    )
