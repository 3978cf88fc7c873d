"""/org/members: who belongs to the organisation, in what role; invitations, resets, disabling."""

import time
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from werkzeug.wrappers import Response

from app.organisations.audit import Event
from app.organisations.invitations import DAY_SECONDS, Invitations, NewInvitation
from app.organisations.members import LastAdmin, Members, NoSuchMember, SignedInMember
from app.organisations.roles import Permission, Role
from app.portal.audit_page import ACTOR_WORDS
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.member_words import ROLE_WORDS
from app.portal.navigation import add_portal_page
from app.portal.once_codes import once_code, require_unsent
from app.records.database import Records
from app.records.organisations.organisations import MemberState
from app.services import current_services

CHOOSE_ROLE = lazy_gettext("Choose a role")
LAST_ADMIN = lazy_gettext("At least one administrator must be able to sign in.")
NO_SUCH_MEMBER = lazy_gettext("There is no such member any more.")
NOTICES: dict[str, LazyString] = {
    "role": lazy_gettext("The role was changed."),
    "disabled": lazy_gettext("The account was disabled."),
    "withdrawn": lazy_gettext("The invitation was withdrawn."),
    "gone": lazy_gettext("The invitation had been used or withdrawn already, or had expired."),
}

add_portal_page(
    "organisation.show_members", lazy_gettext("Members"), Permission.MANAGE_MEMBERS, place=60
)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the page lists them."""

    name: str
    role: str
    disabled: bool
    is_self: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that nobody has used yet, as the page lists it: never its link.

    account: whose secrets it renews, None of a new member; expires_at: seconds since 1970.
    """

    id: int
    role: LazyString
    account: str | None
    inviter: str
    expires_at: int


@bp.get("/members")
def show_members() -> ResponseReturnValue:
    """Show the members of the organisation."""
    member = require_member(Permission.MANAGE_MEMBERS)
    return _members_page(member, notice=NOTICES.get(request.args.get("done", "")))


@bp.post("/members/invite")
def invite_member() -> ResponseReturnValue:
    """Make an invitation link for a role; it is shown once."""
    member, form = require_form(Permission.MANAGE_MEMBERS)
    require_unsent(member, Event.INVITED, form)
    role = _role(form)
    if role is None:
        return _refused(member, {"role": CHOOSE_ROLE})
    new = NewInvitation(role, member.name, seconds=_link_seconds())
    return _link_page(Invitations(_records()).invite(member.organisation.id, new), new)


@bp.get("/members/invitations/<int:invitation_id>/withdraw")
def confirm_withdrawal(invitation_id: int) -> ResponseReturnValue:
    """Ask whether an invitation is to be withdrawn, and say what that means."""
    member = require_member(Permission.MANAGE_MEMBERS)
    for line in _invitations(member):
        if line.id == invitation_id:
            return render_template("portal/invitation_withdraw.html", invitation=line)
    return _done("gone")


@bp.post("/members/invitations/<int:invitation_id>/withdraw")
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Let the link of an invitation lead nowhere; say so where it had been used already."""
    member, _form = require_form(Permission.MANAGE_MEMBERS)
    organisation = member.organisation.id
    found = Invitations(_records()).withdraw(organisation, member.name, invitation_id)
    return _done("withdrawn" if found else "gone")


@bp.post("/members/role")
def change_role() -> ResponseReturnValue:
    """Give a member another role."""
    member, form = require_form(Permission.MANAGE_MEMBERS)
    role = _role(form)
    if role is None:
        return _refused(member, {"role": CHOOSE_ROLE})
    try:
        _members(member).set_role(form.get("name", ""), role)
    except LastAdmin:
        return _refused(member, {"role": LAST_ADMIN})
    except NoSuchMember:
        return _refused(member, {"role": NO_SUCH_MEMBER})
    return _done("role")


@bp.post("/members/disable")
def disable_member() -> ResponseReturnValue:
    """Let a member sign in no more."""
    member, form = require_form(Permission.MANAGE_MEMBERS)
    try:
        _members(member).disable(form.get("name", ""))
    except LastAdmin:
        return _refused(member, {"role": LAST_ADMIN})
    except NoSuchMember:
        return _refused(member, {"role": NO_SUCH_MEMBER})
    return _done("disabled")


@bp.post("/members/reset")
def reset_member() -> ResponseReturnValue:
    """Replace a member's secrets by a link at which they choose new ones; the old ones end now."""
    member, form = require_form(Permission.MANAGE_MEMBERS)
    name = form.get("name", "")
    roles = {each.name: Role(each.role) for each in _members(member).list()}
    try:
        token = _members(member).reset(name, _link_seconds())
    except LastAdmin:
        return _refused(member, {"role": LAST_ADMIN})
    except NoSuchMember:
        return _refused(member, {"role": NO_SUCH_MEMBER})
    return _link_page(token, NewInvitation(roles[name], member.name, name, _link_seconds()))


def _members_page(
    member: SignedInMember,
    *,
    notice: LazyString | None = None,
    faults: dict[str, LazyString] | None = None,
) -> str:
    return render_template(
        "portal/members.html",
        members=[_line(each, member) for each in _members(member).list()],
        invitations=_invitations(member),
        role_words=ROLE_WORDS,
        notice=notice,
        faults=faults or {},
        once=once_code(member, Event.INVITED),
    )


def _invitations(member: SignedInMember) -> list[InvitationLine]:
    return [
        InvitationLine(
            row.id,
            ROLE_WORDS[row.role].title,
            row.account,
            str(ACTOR_WORDS.get(row.inviter, row.inviter)),
            row.expires_at,
        )
        for row in Invitations(_records()).list(member.organisation.id)
    ]


def _line(state: MemberState, member: SignedInMember) -> MemberLine:
    return MemberLine(state.name, state.role, state.disabled, state.name == member.name)


def _refused(member: SignedInMember, faults: dict[str, LazyString]) -> ResponseReturnValue:
    return _members_page(member, faults=faults), HTTPStatus.UNPROCESSABLE_ENTITY


def _done(what: str) -> Response:
    return redirect(url_for("organisation.show_members", done=what), HTTPStatus.SEE_OTHER)


def _link_page(token: str, new: NewInvitation) -> ResponseReturnValue:
    """Show a link, this once: only its digest is kept."""
    path = url_for("organisation.show_invitation", token=token)
    return render_template(
        "portal/invitation_link.html",
        link=f"{_site()}{path}",
        role=ROLE_WORDS[new.role.value].title,
        renews=new.account,
        expires_at=int(time.time()) + new.seconds,
    )


def _link_seconds() -> int:
    return current_services().settings.invitation_days * DAY_SECONDS


def _site() -> str:
    """Return scheme and host: the public ones where they are set, else those of the request."""
    return current_services().settings.base_url or request.host_url.rstrip("/")


def _role(form: dict[str, str]) -> Role | None:
    text = form.get("role", "")
    return Role(text) if text in set(Role) else None


def _members(member: SignedInMember) -> Members:
    return Members(_records(), member.organisation.id, member.name)


def _records() -> Records:
    return current_services().records
