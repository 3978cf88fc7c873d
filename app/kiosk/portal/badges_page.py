"""/org/roster/badges: sheets of badges to print, as PDF."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from app.i18n import current_language
from app.kiosk.badges.badge_files import BadgeChoice, badge_file, people_of_file
from app.kiosk.portal.roster_forms import require_roster_form, roster_of
from app.kiosk.portal.roster_page import RosterChoice, render_roster
from app.organisations.members import SignedInMember
from app.portal.blueprint import bp
from app.posters.fonts import FontMissing
from app.records.kiosks.settings import organisation_code
from app.services import current_services

PDF_TYPE = "application/pdf"
PERSON = "person-"
PLACE_DIGITS_MAX = 7
NOBODY = lazy_gettext("Choose whose badges to print")
NO_FONT = lazy_gettext(
    "This server has no font with Chinese characters, so it prints no badges. Tell its operator."
)


@bp.post("/roster/badges")
def print_badges() -> ResponseReturnValue:
    """Return the badges of some people as PDF, and keep that they were printed."""
    member, form = require_roster_form()
    roster = roster_of(member)
    which = form.get("which", "")
    choice = BadgeChoice(which) if which in set(BadgeChoice) else BadgeChoice.CHOSEN
    ids = {field.removeprefix(PERSON) for field in form if field.startswith(PERSON)}
    people = people_of_file(roster.people(), choice, ids, _place(form.get("first", "")))
    if not people:
        return render_roster(member, RosterChoice(), fault=NOBODY), 422
    note = gettext(
        "Badge of %(organisation)s. Not a health certificate.",
        organisation=member.organisation.title,
    )
    try:
        content = badge_file(
            people, _code(member), member.organisation.title, note, current_language()
        )
    except FontMissing:
        return render_roster(member, RosterChoice(), fault=NO_FONT), 503
    roster.note_printed(people)
    response = Response(content, content_type=PDF_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="badges.pdf"'
    return response


def _code(member: SignedInMember) -> str:
    records = current_services().records
    with records.writing() as connection:
        return organisation_code(connection, records.cipher, member.organisation.id)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < PLACE_DIGITS_MAX else 0
