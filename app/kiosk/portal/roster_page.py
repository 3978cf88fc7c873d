"""/org/roster: who carries a badge; search, printing, and taking somebody from the roster.

Threat: a name that is searched for stands in addresses and logs. Limit: searches are sent as forms.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext

from app.kiosk.badges.badge_files import BADGES_A_FILE
from app.kiosk.portal.roster_forms import require_roster_form, roster_of
from app.kiosk.roster.people import AddedAgain, NoSuchPerson
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.portal.navigation import add_portal_page
from app.records.kiosks.roster import RosterPerson

PEOPLE_A_PAGE = 50
SEARCH_MAX_CHARACTERS = 80
PAGE_DIGITS_MAX = 5
GONE = lazy_gettext("This person is not on the roster any more.")
AGAIN = lazy_gettext("This person was added again meanwhile; nothing was put back.")

add_portal_page("organisation.show_roster", lazy_gettext("Roster"), Permission.MANAGE_ROSTER, 50)


@dataclass(frozen=True, slots=True)
class RosterChoice:
    """Which people a page shows: those who hold a text, and which page of them, from 1."""

    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class RosterPart:
    """A page of people; found: how many there are; parts: files that all badges fill."""

    people: tuple[RosterPerson, ...]
    found: int
    choice: RosterChoice
    previous: int | None
    next: int | None


@bp.get("/roster")
def show_roster() -> ResponseReturnValue:
    """Show the roster from its beginning."""
    return render_roster(require_member(Permission.MANAGE_ROSTER), RosterChoice())


@bp.post("/roster/search")
def search_roster() -> ResponseReturnValue:
    """Show who holds a text, or a further page."""
    member, form = require_roster_form()
    page = form.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < PAGE_DIGITS_MAX else 1
    choice = RosterChoice(form.get("search", "")[:SEARCH_MAX_CHARACTERS].strip(), max(1, number))
    return render_roster(member, choice)


@bp.post("/roster/remove")
def remove_from_roster() -> ResponseReturnValue:
    """Take somebody from the roster, and offer to undo it."""
    member, form = require_roster_form()
    try:
        person = roster_of(member).remove(form.get("person", ""))
    except NoSuchPerson:
        return _refused(member, GONE)
    notice = gettext("%(name)s was removed; the badge opens nothing any more.", name=person.name)
    return render_roster(member, RosterChoice(), notice=notice, removed=person)


@bp.post("/roster/restore")
def restore_to_roster() -> ResponseReturnValue:
    """Put somebody back who was removed."""
    member, form = require_roster_form()
    try:
        person = roster_of(member).restore(form.get("person", ""))
    except NoSuchPerson:
        return _refused(member, GONE)
    except AddedAgain:
        return _refused(member, AGAIN)
    notice = gettext("%(name)s is back, with the same badge.", name=person.name)
    return render_roster(member, RosterChoice(), notice=notice)


def render_roster(
    member: SignedInMember,
    choice: RosterChoice,
    *,
    notice: str = "",
    removed: RosterPerson | None = None,
    fault: LazyString | None = None,
) -> str:
    """Return the page. removed: whose removal can be undone; fault: what was not done."""
    everybody = roster_of(member).people()
    return render_template(
        "kiosk/roster.html",
        part=roster_part(everybody, choice),
        total=len(everybody),
        unprinted=sum(each.printed_at is None for each in everybody),
        badges_a_file=BADGES_A_FILE,
        files=range(0, len(everybody), BADGES_A_FILE),
        past_quota=max(0, len(everybody) - member.organisation.quota),
        notice=notice,
        removed=removed,
        faults={"roster": fault} if fault else {},
    )


def roster_part(everybody: list[RosterPerson], choice: RosterChoice) -> RosterPart:
    """Return the page that is asked for, or the last one; people added last come first."""
    wanted = choice.search.casefold()
    found = [each for each in reversed(everybody) if not wanted or _holds(each, wanted)]
    pages = max(1, -(-len(found) // PEOPLE_A_PAGE))
    page = min(choice.page, pages)
    first = (page - 1) * PEOPLE_A_PAGE
    return RosterPart(
        tuple(found[first : first + PEOPLE_A_PAGE]),
        len(found),
        RosterChoice(choice.search, page),
        page - 1 if page > 1 else None,
        page + 1 if page < pages else None,
    )


def _holds(person: RosterPerson, wanted: str) -> bool:
    texts = (
        person.name,
        person.name_latin,
        person.id_number,
        person.passport_number,
        person.department,
    )
    return any(wanted in text.casefold() for text in texts)


def _refused(member: SignedInMember, words: LazyString) -> ResponseReturnValue:
    return render_roster(member, RosterChoice(), fault=words), HTTPStatus.CONFLICT
