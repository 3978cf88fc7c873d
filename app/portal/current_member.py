"""Who is signed in: account, organisation and role, and whether they may do what they ask for.

Threat: a member does what their role does not allow, or reaches another organisation's lists.
Limit: each view asks here, by the permission that it needs; what is looked up afterwards is bound
to the organisation of the session, never to a number that came with the request.
"""

from flask import g, request

from app.accounts.audience import AudienceCookie
from app.accounts.sessions import Sessions
from app.organisations.audience import ORGANISATION
from app.organisations.members import SignedInMember, signed_in_member
from app.organisations.roles import Permission
from app.portal.form_codes import form_code_of, require_form_code
from app.records.database import RecordsUnavailable
from app.services import current_services
from app.web.forwarded_scheme import came_by_https
from app.web.request_bodies import same_origin_form

FORM_MAX_BYTES = 16_384
FIELDS_MAX = 16


class SignInNeeded(Exception):
    """Nobody is signed in, or no longer; upload_lost: a list was on its way."""

    def __init__(self, *, upload_lost: bool = False) -> None:
        super().__init__()
        self.upload_lost = upload_lost


class NotPermitted(Exception):
    """The role of the member does not allow this."""


def sessions() -> Sessions:
    """Return the sessions of members. Raises RecordsUnavailable."""
    services = current_services()
    return Sessions(ORGANISATION, services.session_key, services.records, services.settings)


def session_cookie() -> AudienceCookie:
    """Return the cookie of this request's scheme."""
    return ORGANISATION.cookie(https=came_by_https())


def cookie_value() -> str:
    """Return what the browser sent, "" where it sent none."""
    return request.cookies.get(session_cookie().name, "")


def current_member() -> SignedInMember | None:
    """Return who is signed in, None where nobody is. Raises RecordsUnavailable."""
    return signed_in_member(current_services().records, sessions().account(cookie_value()))


def require_signed_in() -> SignedInMember:
    """Return who is signed in, in whatever role; pages then show their organisation.

    Raises SignInNeeded and RecordsUnavailable.
    """
    member = current_member()
    if member is None:
        raise SignInNeeded
    g.portal_member = member
    return member


def require_member(permission: Permission = Permission.SEE_RESULTS) -> SignedInMember:
    """Return who is signed in and may do this; pages then show their organisation.

    Raises SignInNeeded, NotPermitted and RecordsUnavailable.
    """
    member = require_signed_in()
    if not member.may(permission):
        raise NotPermitted
    return member


def require_form(permission: Permission) -> tuple[SignedInMember, dict[str, str]]:
    """Return the member and the fields of a form that this session's own page made.

    Raises as require_member and same_origin_form do, and FormCodeWrong.
    """
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    member = require_member(permission)
    require_own_form(form.get("form", ""))
    return member, form


def require_own_form(code: str) -> None:
    """Raise FormCodeWrong unless a form's code is that of this session."""
    require_form_code(_session_key(), cookie_value(), code)


def own_form_code() -> str:
    """Return the code that forms of this session carry."""
    return form_code_of(_session_key(), cookie_value())


def _session_key() -> bytes:
    key = current_services().session_key
    if key is None:
        raise RecordsUnavailable
    return key
