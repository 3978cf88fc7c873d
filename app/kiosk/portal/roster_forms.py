"""What the pages of the roster share: the roster of who is signed in, and forms with many boxes."""

from flask import request

from app.kiosk.roster.people import Roster
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.current_member import require_member, require_own_form
from app.services import current_services
from app.web.request_bodies import same_origin_form

FORM_MAX_BYTES = 32_768
FIELDS_MAX = 128  # a box for each person of a page


def roster_of(member: SignedInMember) -> Roster:
    """Return the roster of a member's organisation, changed in their name."""
    return Roster(current_services().records, member.organisation.id, member.name)


def require_roster_form() -> tuple[SignedInMember, dict[str, str]]:
    """Return who keeps the roster, and the fields of a form that this session's own page made.

    Raises as require_form does.
    """
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    member = require_member(Permission.MANAGE_ROSTER)
    require_own_form(form.get("form", ""))
    return member, form
