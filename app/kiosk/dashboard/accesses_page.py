"""/org/health/accesses: who looked at health data, and why; for administrators, who see none."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.portal.member_words import EVENT_WORDS
from app.portal.navigation import add_portal_page
from app.records.health.accesses import newest_accesses
from app.services import current_services

LINES_SHOWN = 200

add_portal_page(
    "organisation.show_accesses",
    lazy_gettext("Who viewed health data"),
    Permission.SEE_AUDIT,
    place=81,
)


@bp.get("/health/accesses")
def show_accesses() -> ResponseReturnValue:
    """Show the newest looks, each with its reason."""
    member, records = require_member(Permission.SEE_AUDIT), current_services().records
    with records.reading() as connection:
        looks = newest_accesses(connection, records.cipher, member.organisation.id, LINES_SHOWN)
    return render_template("health/accesses.html", looks=looks, words=EVENT_WORDS)
