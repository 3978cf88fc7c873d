"""The blueprint of /org: what its templates share, and what is answered where a view raises."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from markupsafe import Markup

from app.bulk.audience import ORGANISATION
from app.bulk.jobs.views import NoSuchJob
from app.bulk.organisations.members import SignedInMember
from app.bulk.organisations.roles import Permission
from app.bulk.portal import formats
from app.bulk.portal.current_member import (
    NotPermitted,
    SignInNeeded,
    own_form_code,
)
from app.bulk.portal.form_codes import FormCodeWrong

bp = Blueprint("organisation", __name__, url_prefix=ORGANISATION.path)
FORM_CODE = Markup('<input type="hidden" name="form" value="{}">')


@dataclass(frozen=True, slots=True)
class PortalPage:
    """A page that every other one leads to, and the permission that it needs."""

    endpoint: str
    words: LazyString
    permission: Permission


@dataclass(frozen=True, slots=True)
class PortalLink:
    """A link as one page shows it; is_here: it leads to the page itself."""

    endpoint: str
    words: LazyString
    is_here: bool


PORTAL_PAGES = (
    PortalPage("organisation.start_page", lazy_gettext("Your lists"), Permission.SEE_RESULTS),
    PortalPage("organisation.show_members", lazy_gettext("Members"), Permission.MANAGE_MEMBERS),
    PortalPage("organisation.show_keys", lazy_gettext("API keys"), Permission.MANAGE_KEYS),
    PortalPage("organisation.show_audit", lazy_gettext("Log"), Permission.SEE_AUDIT),
    PortalPage("organisation.show_settings", lazy_gettext("Settings"), Permission.MANAGE_KEYS),
    PortalPage("organisation.show_help", lazy_gettext("Help"), Permission.SEE_RESULTS),
)

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
        "portal_links": _links(member),
        "form_code": lambda: FORM_CODE.format(own_form_code()),
    }


def _permissions(member: SignedInMember | None) -> dict[str, bool]:
    return {p.value: member is not None and member.may(p) for p in Permission}


def _links(member: SignedInMember | None) -> list[PortalLink]:
    return [
        PortalLink(page.endpoint, page.words, page.endpoint == request.endpoint)
        for page in PORTAL_PAGES
        if member is not None and member.may(page.permission)
    ]


@bp.errorhandler(SignInNeeded)
def sign_in_needed(error: SignInNeeded) -> ResponseReturnValue:
    """Show the sign-in instead of what was asked for; say what became of what was sent."""
    sent = request.method == "POST"
    page = render_template(
        "bulk/sign_in.html",
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
    return render_template("bulk/not_permitted.html"), HTTPStatus.FORBIDDEN


@bp.errorhandler(NoSuchJob)
def no_such_job(_error: NoSuchJob) -> ResponseReturnValue:
    """Say that there is no such list, of another organisation's too."""
    return render_template("bulk/no_such_list.html"), HTTPStatus.NOT_FOUND
