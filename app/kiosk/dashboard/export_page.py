"""/org/health/export: the check-ins of some days as a file, with a reason."""

import time
from collections.abc import Mapping
from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Connection

from app.kiosk.dashboard.access_log import ReasonMissing, log_access, require_reason
from app.kiosk.dashboard.checkin_table import COLUMNS, EXPORT_DAYS_MAX, TableReader
from app.kiosk.dashboard.organisation_reading import in_organisation, kiosk_names
from app.kiosk.dashboard.people_page import REASON_FAULT
from app.kiosk.dashboard.range_form import DAYS_FAULT, read_days
from app.kiosk.dashboard.shared_people import DayRange, DaysInvalid, span_of
from app.kiosk.dashboard.table_files import FileKind, table_file
from app.organisations.audit import Event, OrganisationEntry
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.records.encrypted_fields import FieldCipher
from app.services import current_services
from app.settings.local_days import LocalDays
from app.spreadsheets.workbook import WorkbookTooSmall

TOO_MANY = lazy_gettext("More rows than a workbook holds: choose fewer days, or CSV")

add_portal_page(
    "organisation.show_export", lazy_gettext("Download check-ins"), Permission.SEE_HEALTH, place=50
)


@bp.get("/health/export")
def show_export() -> ResponseReturnValue:
    """Show the form that asks for days and a reason."""
    require_member(Permission.SEE_HEALTH)
    return _page({})


@bp.post("/health/export")
def export_checkins() -> ResponseReturnValue:
    """Hand out the check-ins of some days; who, how many and why is written first."""
    member, form = require_form(Permission.SEE_HEALTH)
    faults: dict[str, LazyString] = {}
    try:
        reason = require_reason(form.get("reason", ""))
    except ReasonMissing:
        faults["reason"] = REASON_FAULT
    try:
        chosen = read_days(form, EXPORT_DAYS_MAX)
    except DaysInvalid:
        faults["first"] = DAYS_FAULT
    if faults:
        return _page(form, faults), HTTPStatus.UNPROCESSABLE_ENTITY
    rows = _rows(member, chosen)
    kind = FileKind.of(form.get("file", "")) or FileKind.XLSX
    try:
        response = table_file("check-ins", COLUMNS, rows, kind)
    except WorkbookTooSmall:
        return _page(form, {"first": TOO_MANY}), HTTPStatus.CONFLICT
    entry = OrganisationEntry(
        member.organisation.id, member.name, Event.CHECKINS_EXPORTED, len(rows)
    )
    log_access(current_services().records, entry, reason)
    return response


def _page(form: Mapping[str, str], faults: dict[str, LazyString] | None = None) -> str:
    today = LocalDays.of(current_services().settings).day(int(time.time() * 1_000))
    fields = {"first": today.isoformat(), "last": today.isoformat(), "file": "xlsx", **form}
    return render_template("health/export.html", form=fields, faults=faults or {})


def _rows(member: SignedInMember, chosen: DayRange) -> list[tuple[str, ...]]:
    days = LocalDays.of(current_services().settings)

    def read(
        connection: Connection, cipher: FieldCipher, organisation: int
    ) -> list[tuple[str, ...]]:
        kiosks = kiosk_names(connection, cipher, organisation)
        reader = TableReader(connection, cipher, organisation, kiosks, days)
        return reader.rows(span_of(days, chosen))

    return in_organisation(member, read)
