"""/org/kiosks: the kiosks of the organisation; adding, renaming and revoking them."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.kiosk.enrolment.codes import in_groups
from app.kiosk.enrolment.kiosk_enrolments import CODE_HOURS, KioskEnrolments, NameInvalid
from app.kiosk.enrolment.kiosk_fleet import KioskFleet, NoSuchKiosk
from app.kiosk.moments import now_ms
from app.kiosk.portal.kiosk_words import kiosk_line
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.portal.qr_picture import qr_path
from app.records.kiosks.kiosks import Kiosk
from app.services import current_services

NAME_FAULT = lazy_gettext("Enter a name of up to 40 characters, by which guards know the place")
NOTICES: dict[str, LazyString] = {
    "revoked": lazy_gettext(
        "The kiosk was revoked. If posters with the door's QR code hang anywhere, print them anew."
    ),
    "renamed": lazy_gettext("The kiosk was renamed."),
    "withdrawn": lazy_gettext("The code is not good any more."),
}

add_portal_page(
    "organisation.show_kiosks", lazy_gettext("Kiosks"), Permission.MANAGE_KIOSKS, place=55
)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code that waits to be used; expires_at: seconds since 1970."""

    kiosk: str
    name: str
    expires_at: int


@bp.get("/kiosks")
def show_kiosks() -> ResponseReturnValue:
    """Show the kiosks of the organisation."""
    member = require_member(Permission.MANAGE_KIOSKS)
    return _kiosks_page(member, notice=NOTICES.get(request.args.get("done", "")))


@bp.post("/kiosks")
def add_kiosk() -> ResponseReturnValue:
    """Make a code for a new kiosk and show it, this once."""
    member, form = require_form(Permission.MANAGE_KIOSKS)
    try:
        code, enrolment = KioskEnrolments(current_services().records).create(
            member.organisation.id, form.get("name", ""), member.name, now_ms()
        )
    except NameInvalid:
        page = _kiosks_page(member, name=form.get("name", ""), faults={"name": NAME_FAULT})
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    address = f"{current_services().settings.base_url or request.host_url.rstrip('/')}/kiosk"
    width, path = qr_path(f"{address}#enrol={code}")
    return render_template(
        "kiosk/kiosk_code.html",
        name=enrolment.name,
        code=in_groups(code),
        address=address,
        hours=CODE_HOURS,
        expires_at=enrolment.expires_at // 1_000,
        qr_width=width,
        qr_path=path,
    )


@bp.post("/kiosks/withdraw")
def withdraw_code() -> ResponseReturnValue:
    """Let a code be used no more that nobody has used."""
    member, form = require_form(Permission.MANAGE_KIOSKS)
    enrolments = KioskEnrolments(current_services().records)
    enrolments.withdraw(member.organisation.id, form.get("kiosk", "")[:32])
    return _done("withdrawn")


@bp.post("/kiosks/rename")
def rename_kiosk() -> ResponseReturnValue:
    """Give a kiosk another name."""
    member, form = require_form(Permission.MANAGE_KIOSKS)
    kiosk = _kiosk(member, form.get("kiosk", ""))
    try:
        KioskFleet(current_services().records).rename(
            member.organisation.id, kiosk.id, form.get("name", "")
        )
    except NameInvalid:
        page = _kiosks_page(member, faults={f"name-{kiosk.id}": NAME_FAULT})
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return _done("renamed")


@bp.get("/kiosks/<kiosk_id>/revoke")
def confirm_revocation(kiosk_id: str) -> ResponseReturnValue:
    """Ask whether a kiosk is to be revoked, and say what that means."""
    kiosk = _kiosk(require_member(Permission.MANAGE_KIOSKS), kiosk_id)
    return render_template("kiosk/kiosk_revoke.html", kiosk=kiosk)


@bp.post("/kiosks/<kiosk_id>/revoke")
def revoke_kiosk(kiosk_id: str) -> ResponseReturnValue:
    """Revoke a kiosk, from this moment."""
    member, _form = require_form(Permission.MANAGE_KIOSKS)
    kiosk = _kiosk(member, kiosk_id)
    fleet = KioskFleet(current_services().records)
    try:
        fleet.revoke(member.organisation.id, kiosk.id, member.name, now_ms())
    except NoSuchKiosk:  # revoked in another tab; the page shows it
        return redirect(url_for("organisation.show_kiosks"), HTTPStatus.SEE_OTHER)
    return _done("revoked")


def _kiosk(member: SignedInMember, kiosk_id: str) -> Kiosk:
    """Return a kiosk of the member's organisation. Raises NotFound."""
    fleet = KioskFleet(current_services().records)
    for kiosk in fleet.list(member.organisation.id):
        if kiosk.id == kiosk_id:
            return kiosk
    raise NotFound


def _kiosks_page(
    member: SignedInMember,
    *,
    notice: LazyString | None = None,
    name: str = "",
    faults: dict[str, LazyString] | None = None,
) -> str:
    records, now = current_services().records, now_ms()
    kiosks = KioskFleet(records).list(member.organisation.id)
    waiting = KioskEnrolments(records).waiting(member.organisation.id, now)
    return render_template(
        "kiosk/kiosks.html",
        kiosks=[kiosk_line(kiosk, now) for kiosk in kiosks if kiosk.revoked_at is None],
        revoked=[kiosk_line(kiosk, now) for kiosk in kiosks if kiosk.revoked_at is not None],
        codes=[CodeLine(each.kiosk, each.name, each.expires_at // 1_000) for each in waiting],
        name=name,
        notice=notice,
        faults=faults or {},
    )


def _done(what: str) -> Response:
    return redirect(url_for("organisation.show_kiosks", done=what), HTTPStatus.SEE_OTHER)
