"""/org/log: the organisation's own lines of the audit log, the newest first."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext

from app.organisations.audit import AUTHORITY, KIOSK, SERVICE, newest_lines
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.portal.member_words import EVENT_WORDS
from app.portal.navigation import add_portal_page
from app.records.organisations.organisation_audit import OrganisationLine
from app.services import current_services

LINES_SHOWN = 200
ACTOR_WORDS: dict[str, LazyString] = {
    AUTHORITY: lazy_gettext("health authority"),
    KIOSK: lazy_gettext("Kiosk"),
    SERVICE: lazy_gettext("this service"),
}
KEY_ACTOR = "key:"

add_portal_page(
    "organisation.show_audit", lazy_gettext("Activity log"), Permission.SEE_AUDIT, place=80
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line as the page shows it; count: None where nothing is counted."""

    at: int
    actor: str
    words: str
    count: int | None


@bp.get("/log")
def show_audit() -> ResponseReturnValue:
    """Show the newest lines of the organisation."""
    member = require_member(Permission.SEE_AUDIT)
    lines = newest_lines(current_services().records, member.organisation.id, LINES_SHOWN)
    return render_template("portal/audit.html", lines=[log_line(line) for line in lines])


def log_line(line: OrganisationLine) -> LogLine:
    """Return a line in words; an event without words of its own under its name."""
    actor = str(ACTOR_WORDS.get(line.actor, line.actor))
    if line.actor.startswith(KEY_ACTOR):
        actor = str(gettext("API key %(key)s", key=line.actor.removeprefix(KEY_ACTOR)))
    return LogLine(line.at, actor, str(EVENT_WORDS.get(line.event, line.event)), line.count or None)
