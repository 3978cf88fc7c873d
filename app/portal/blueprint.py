"""The blueprint of /org: what its templates share, and what is answered where a view raises."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.organisations.audience import ORGANISATION
from app.organisations.audit import Event
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal import formats
from app.portal.current_member import (
    NotPermitted,
    SignInNeeded,
    own_form_code,
)
from app.portal.form_codes import FormCodeWrong
from app.portal.navigation import portal_links
from app.portal.once_codes import SentAlready

bp = Blueprint("organisation", __name__, url_prefix=ORGANISATION.path)
FORM_CODE = Markup('<input type="hidden" name="form" value="{}">')

bp.add_app_template_filter(formats.number_words, "number")
bp.add_app_template_filter(formats.short_moment, "short_moment")
bp.add_app_template_filter(formats.whole_moment, "whole_moment")
bp.add_app_template_filter(formats.time_left, "time_left")


@bp.context_processor
def portal_context() -> dict[str, Any]:
    """Return what every template of the portal has: the member, where they may go, form codes."""
    member: SignedInMember | None = g.get("portal_member")
    return {
        "member": member,
        "may": _permissions(member),
        "portal_links": portal_links(member, request.endpoint) if member else [],
        "form_code": lambda: FORM_CODE.format(own_form_code()),
    }


def _permissions(member: SignedInMember | None) -> dict[str, bool]:
    return {p.value: member is not None and member.may(p) for p in Permission}


@bp.errorhandler(SignInNeeded)
def sign_in_needed(error: SignInNeeded) -> ResponseReturnValue:
    """Show the sign-in instead of what was asked for; say what became of what was sent."""
    sent = request.method == "POST"
    page = render_template(
        "portal/sign_in.html",
        upload_lost=error.upload_lost,
        signed_out=sent and not error.upload_lost,
    )
    return page, HTTPStatus.FORBIDDEN if sent else HTTPStatus.UNAUTHORIZED


@bp.errorhandler(FormCodeWrong)
def form_code_wrong(_error: FormCodeWrong) -> ResponseReturnValue:
    """Refuse a form of another session as one of another site."""
    return render_template("errors/foreign_form.html"), HTTPStatus.FORBIDDEN


@bp.errorhandler(NotPermitted)
def not_permitted(_error: NotPermitted) -> ResponseReturnValue:
    """Say that somebody else of the organisation may do this."""
    return render_template("portal/not_permitted.html"), HTTPStatus.FORBIDDEN


@bp.errorhandler(SentAlready)
def sent_already(error: SentAlready) -> ResponseReturnValue:
    """Say that a form made what it makes before, and that this was shown then."""
    page = render_template("portal/sent_already.html", of_key=error.event is Event.KEY_ISSUED)
    return page, HTTPStatus.CONFLICT
