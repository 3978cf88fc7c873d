"""/org/keys: keys of the organisation's programs; a new one is shown once."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext

from app.organisations.api_keys import (
    DAYS_USUAL,
    ApiKeys,
    ApiKeyView,
    KeyInvalid,
    NoSuchKey,
    Scope,
)
from app.organisations.audit import Event
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.member_words import SCOPE_WORDS
from app.portal.navigation import add_portal_page
from app.portal.once_codes import once_code, require_unsent
from app.services import current_services

DAYS_DIGITS_MAX = 4
CHECKED = "on"
FAULT_WORDS: dict[str, LazyString] = {
    "label": lazy_gettext("Say what the key is for, in up to 80 characters"),
    "scopes": lazy_gettext("Choose at least one permission"),
    "days": lazy_gettext("Enter a number of days from 1 to 365"),
}

add_portal_page(
    "organisation.show_keys", lazy_gettext("API keys"), Permission.MANAGE_KEYS, place=70
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as the page lists it; ended: why it is no good any more, "" where it is."""

    id: str
    label: str
    rights: str
    ended: str
    expires_on: date
    used_on: date | None


@bp.get("/keys")
def show_keys() -> ResponseReturnValue:
    """Show the keys of the organisation."""
    return _keys_page(require_member(Permission.MANAGE_KEYS), _usual_fields())


@bp.post("/keys")
def make_key() -> ResponseReturnValue:
    """Make a key and show its text, this once."""
    member, form = require_form(Permission.MANAGE_KEYS)
    require_unsent(member, Event.KEY_ISSUED, form)
    scopes = frozenset(scope for scope in Scope if form.get(scope.value) == CHECKED)
    label, days = form.get("label", ""), form.get("days", "")
    keys = _keys()
    try:
        text, key = keys.issue(member.organisation.id, member.name, label, scopes, _day_count(days))
    except KeyInvalid as error:
        fields = {"label": label, "days": days, **{s.value: s in scopes for s in Scope}}
        page = _keys_page(member, fields, {error.field: FAULT_WORDS[error.field]})
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("portal/key.html", text=text, label=key.label, expires_on=key.expires_on)


@bp.get("/keys/<key_id>/revoke")
def confirm_key_revocation(key_id: str) -> ResponseReturnValue:
    """Ask whether a key is to be revoked, and say what that means."""
    member, now = require_member(Permission.MANAGE_KEYS), int(time.time())
    for key in _keys().list(member.organisation.id):
        line = key_line(key, now)
        if line.id == key_id and not line.ended:
            return render_template("portal/key_revoke.html", key=line)
    return redirect(url_for("organisation.show_keys"), HTTPStatus.SEE_OTHER)


@bp.post("/keys/<key_id>/revoke")
def revoke_key(key_id: str) -> ResponseReturnValue:
    """Let a key be used no more."""
    member, _form = require_form(Permission.MANAGE_KEYS)
    with suppress(NoSuchKey):  # revoked in another tab; the page shows it
        _keys().revoke(member.organisation.id, member.name, key_id)
    return redirect(url_for("organisation.show_keys"), HTTPStatus.SEE_OTHER)


def _keys() -> ApiKeys:
    services = current_services()
    return ApiKeys(services.records, services.settings)


def _keys_page(
    member: SignedInMember, fields: dict[str, object], faults: dict[str, LazyString] | None = None
) -> str:
    keys = _keys().list(member.organisation.id)
    return render_template(
        "portal/keys.html",
        keys=[key_line(key, int(time.time())) for key in keys],
        scope_words=SCOPE_WORDS,
        fields=fields,
        faults=faults or {},
        once=once_code(member, Event.KEY_ISSUED),
    )


def key_line(key: ApiKeyView, now: int) -> KeyLine:
    """Return a key as the page lists it."""
    ended = ""
    if key.revoked:
        ended = str(gettext("Revoked."))
    elif key.expires_at <= now:
        ended = str(gettext("Expired."))
    rights = " · ".join(str(SCOPE_WORDS[scope]) for scope in Scope if scope in key.scopes)
    return KeyLine(key.id, key.label, rights, ended, key.expires_on, key.last_used_on)


def _usual_fields() -> dict[str, object]:
    return {"label": "", "days": str(DAYS_USUAL), **{scope.value: True for scope in Scope}}


def _day_count(text: str) -> int:
    """Return the number of days, 0 for what is none: `issue` refuses it."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < DAYS_DIGITS_MAX else 0
