"""/org/settings: what the authority set, and where the end of a check is told."""

from http import HTTPStatus

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.bulk.portal.webhook_words import DeliveryLine, delivery_line
from app.bulk.webhooks.addresses import UrlRefused, parse_endpoint
from app.bulk.webhooks.signing import new_secret
from app.organisations.directory import OrganisationDirectory, Webhook
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.navigation import add_portal_page
from app.records.encrypted_fields import FieldUnreadable
from app.records.organisations.webhook_deliveries import deliveries_of
from app.services import current_services

FAULT = lazy_gettext("Enter an address that begins with https:// and is reached from the internet")
SAVED = lazy_gettext("Messages will now be sent to this address.")
DELIVERIES_SHOWN = 10
REMOVED = lazy_gettext("Messages are now switched off.")

add_portal_page(
    "organisation.show_settings", lazy_gettext("Settings"), Permission.MANAGE_KEYS, place=90
)


@bp.get("/settings")
def show_settings() -> ResponseReturnValue:
    """Show what is set."""
    return _settings_page(_webhook_url(require_member(Permission.MANAGE_KEYS)))


@bp.post("/settings")
def set_webhook() -> ResponseReturnValue:
    """Set where the end of a check is told, under a new secret, or that it is told nowhere."""
    member, form = require_form(Permission.MANAGE_KEYS)
    url = form.get("url", "").strip()
    if not url:
        _keep(member, None)
        return _settings_page("", notice=REMOVED)
    try:
        parse_endpoint(url, by_authority=False)
    except UrlRefused:
        return _settings_page(url, faults={"url": FAULT}), HTTPStatus.UNPROCESSABLE_ENTITY
    webhook = Webhook(url, new_secret())
    _keep(member, webhook)
    return _settings_page(url, notice=SAVED, secret=webhook.secret)


def _keep(member: SignedInMember, webhook: Webhook | None) -> None:
    directory = OrganisationDirectory(current_services().records)
    directory.set_webhook(member.organisation.id, webhook, member.name)


def _webhook_url(member: SignedInMember) -> str:
    try:
        webhook = OrganisationDirectory(current_services().records).webhook(member.organisation.id)
    except FieldUnreadable:  # of another key `records`: it must be set anew
        return ""
    return "" if webhook is None else webhook.url


def _settings_page(
    url: str,
    *,
    notice: LazyString | None = None,
    secret: str = "",
    faults: dict[str, LazyString] | None = None,
) -> str:
    return render_template(
        "bulk/settings.html",
        url=url,
        notice=notice,
        secret=secret,
        deliveries=_deliveries(),
        faults=faults or {},
    )


def _deliveries() -> list[DeliveryLine]:
    """Return the latest messages of the organisation whose page this is."""
    member: SignedInMember = g.portal_member
    with current_services().records.reading() as connection:
        reports = deliveries_of(connection, member.organisation.id, DELIVERIES_SHOWN)
    return [delivery_line(report) for report in reports]
