"""/org/invitations/<token>: whoever holds the link chooses name and password and scans the codes.

Threat: the link stays in a browser's history, in a log of addresses, or is sent on as where
somebody came from. Limit: it is good once; no request is logged; the page leads to no other site,
and other sites are not told where one came from.
"""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext

from app.accounts.passwords import PASSWORD_MIN_CHARACTERS
from app.limits.actions import Allowance
from app.limits.outcomes import LimitKind
from app.organisations.invitations import Invitation, InvitationGone, Invitations
from app.organisations.joining import Enrolment, JoinForm, Joining, JoinRefused
from app.portal.blueprint import bp
from app.portal.current_member import FIELDS_MAX, FORM_MAX_BYTES
from app.portal.member_words import ROLE_WORDS
from app.portal.qr_picture import qr_path
from app.services import current_services
from app.web.request_bodies import same_origin_form

# each costs a password's hash; far more than anybody needs for a name that is in use
ATTEMPTS = Allowance("invitation", 30, 3_600, LimitKind.SIGN_IN)
FAULT_WORDS: dict[tuple[str, str], LazyString] = {
    ("account", "invalid"): lazy_gettext("2 to 40 lower-case letters, digits, dots and dashes"),
    ("account", "in_use"): lazy_gettext("This name is in use; choose another one"),
    ("password", "length"): lazy_gettext("The password is too short or too long"),
    ("code", "wrong"): lazy_gettext(
        "This code is not correct; enter the one that the app shows now"
    ),
}
READY = (
    lazy_gettext("Your account is ready"),
    lazy_gettext("Sign in with it and with the next one-time code."),
)
RENEWED = (
    lazy_gettext("Your sign-in details are renewed"),
    lazy_gettext(
        "Sign in with the new password and the next one-time code. The old ones no longer work."
    ),
)


@bp.get("/invitations/<token>")
def show_invitation(token: str) -> ResponseReturnValue:
    """Show whose invitation it is, with a fresh secret to scan."""
    records = current_services().records
    invitation = Invitations(records).view(token)
    return _join_page(token, invitation, Joining(records).new_enrolment(token))


@bp.post("/invitations/<token>")
def take_invitation(token: str) -> ResponseReturnValue:
    """Make the account, or show the page again with the secret that was scanned."""
    services, form = current_services(), same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    services.action_limits.admit_network(ATTEMPTS, services.network_of(request))
    invitation, joining = Invitations(services.records).view(token), Joining(services.records)
    sent = JoinForm(*(form.get(name, "") for name in ("account", "password", "sealed", "code")))
    try:
        account = joining.join(token, sent, services.settings.today())
    except JoinRefused as refused:
        faults = {refused.field: FAULT_WORDS[refused.field, refused.fault]}
        enrolment = joining.same_enrolment(token, sent.sealed)
        page = _join_page(token, invitation, enrolment, sent.account, faults)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    title, words = READY if invitation.account is None else RENEWED
    return render_template(
        "portal/invitation_done.html",
        title=title,
        words=words,
        account=f"{account.name}@{invitation.organisation.slug}",
    )


@bp.errorhandler(InvitationGone)
def invitation_gone(_error: InvitationGone) -> ResponseReturnValue:
    """Say that a link is good no more."""
    page = render_template(
        "portal/invitation_done.html",
        title=gettext("This link is no longer valid"),
        words=gettext("It was used, withdrawn or has expired. Ask for a new one."),
    )
    return page, HTTPStatus.NOT_FOUND


def _join_page(
    token: str,
    invitation: Invitation,
    enrolment: Enrolment,
    account: str = "",
    faults: dict[str, LazyString] | None = None,
) -> str:
    slug = invitation.organisation.slug
    name = invitation.account or account.strip().lower()
    width, path = qr_path(enrolment.address(f"{name}@{slug}" if name else slug))
    return render_template(
        "portal/invitation.html",
        token=token,
        invitation=invitation,
        address=f"{invitation.account}@{slug}",
        account=account,
        role=ROLE_WORDS[invitation.role.value],
        enrolment=enrolment,
        qr_width=width,
        qr_path=path,
        password_min=PASSWORD_MIN_CHARACTERS,
        title=gettext("Renew your sign-in details")
        if invitation.account
        else gettext("You are invited"),
        faults=faults or {},
    )
