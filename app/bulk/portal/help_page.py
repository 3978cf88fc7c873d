"""/org/help: how a list reads well, what states mean, and how to check without handing it over."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.bulk.portal.blueprint import bp
from app.bulk.portal.current_member import require_member
from app.bulk.portal.state_words import REASON_TEXTS, STATE_MEANINGS, STATE_WORDS
from app.services import current_services


@bp.get("/help")
def show_help() -> ResponseReturnValue:
    """Show the help."""
    require_member()
    return render_template(
        "bulk/help.html",
        state_words=STATE_WORDS,
        state_meanings=STATE_MEANINGS,
        reason_texts=REASON_TEXTS,
        service_url=current_services().settings.base_url or "https://…",
    )
