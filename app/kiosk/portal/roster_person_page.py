"""/org/roster/people: what the roster holds of one person, and a new badge for a lost one."""

from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.answer_pages.texts import ID_TYPE_WORDS
from app.kiosk.portal.roster_forms import require_roster_form, roster_of
from app.kiosk.portal.roster_page import GONE, RosterChoice, render_roster
from app.kiosk.roster.people import NoSuchPerson
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.records.kiosks.roster import RosterPerson


@bp.get("/roster/people/<person_id>")
def show_roster_person(person_id: str) -> ResponseReturnValue:
    """Show one person. The id in the address is random and tells nothing of them."""
    member = require_member(Permission.MANAGE_ROSTER)
    try:
        return _person_page(roster_of(member).person(person_id))
    except NoSuchPerson:
        return render_roster(member, RosterChoice(), fault=GONE), HTTPStatus.NOT_FOUND


@bp.post("/roster/reissue")
def reissue_badge() -> ResponseReturnValue:
    """Void a badge and make another for the same person."""
    member, form = require_roster_form()
    try:
        person = roster_of(member).reissue(form.get("person", ""))
    except NoSuchPerson:
        return render_roster(member, RosterChoice(), fault=GONE), HTTPStatus.CONFLICT
    notice = gettext(
        "The old badge is void as soon as each kiosk has been in contact. Print the new one."
    )
    return _person_page(person, notice)


def _person_page(person: RosterPerson, notice: str = "") -> str:
    return render_template(
        "kiosk/roster_person.html",
        person=person,
        id_type=ID_TYPE_WORDS.get(person.id_type, person.id_type),
        notice=notice,
    )
