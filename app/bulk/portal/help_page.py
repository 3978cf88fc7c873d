"""/org/help: how a list reads well, what states mean, and how to check without handing it over."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from app.bulk.jobs.views import ROW_STATES
from app.bulk.portal.state_words import STATE_MEANINGS, STATE_WORDS
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.portal.navigation import add_portal_page
from app.portal.row_reasons import REASON_TEXTS
from app.services import current_services

add_portal_page("organisation.show_help", lazy_gettext("Help"), Permission.SEE_RESULTS, place=100)


@bp.get("/help")
def show_help() -> ResponseReturnValue:
    """Show the help."""
    require_member()
    return render_template(
        "bulk/help.html",
        states=[(state, STATE_WORDS[state], STATE_MEANINGS[state]) for state in ROW_STATES],
        reason_texts=REASON_TEXTS,
        service_url=current_services().settings.base_url or "https://…",
    )
