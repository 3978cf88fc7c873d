"""/org/kiosks/settings: thresholds, questions, and what the kiosks of an organisation may see."""

from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from pydantic import ValidationError

from app.kiosk.moments import now_ms
from app.kiosk.portal.kiosk_words import SYMPTOM_WORDS
from app.kiosk.settings.kiosk_settings import (
    SYMPTOMS,
    KioskSettings,
    change_settings,
    settings_of,
)
from app.organisations.members import SignedInMember
from app.organisations.policy import tells_individuals
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.services import current_services

CHECKED = "on"
SWITCHES = ("exposure", "second_reading", "symptoms_at_entry", "sound")
TEXTS = ("fever_celsius", "low_celsius", "unit", "idle_seconds", "direction", "retention_days")
TEXT_MAX_CHARACTERS = 8
SAVED = lazy_gettext("Saved. Kiosks follow within a minute of their next contact.")
FAULTS: dict[str, LazyString] = {
    "fever_celsius": lazy_gettext("Enter degrees Celsius from 36.5 to 39.0"),
    "low_celsius": lazy_gettext("Enter degrees Celsius from 30.0 to 36.0"),
    "unit": lazy_gettext("Choose degrees Celsius or Fahrenheit"),
    "idle_seconds": lazy_gettext("Enter a number of seconds from 3 to 60"),
    "direction": lazy_gettext("Choose whether people are counted going out as well"),
    "retention_days": lazy_gettext("Enter a number of days from 1 to 90"),
}


@bp.get("/kiosks/settings")
def show_kiosk_settings() -> ResponseReturnValue:
    """Show what is set for the kiosks of the organisation."""
    member = require_member(Permission.MANAGE_KIOSKS)
    settings = settings_of(current_services().records, member.organisation.id)
    notice = SAVED if request.args.get("done") else None
    return _settings_page(member, fields_of(settings), notice=notice)


@bp.post("/kiosks/settings")
def set_kiosk_settings() -> ResponseReturnValue:
    """Set what the kiosks of the organisation work by."""
    member, form = require_form(Permission.MANAGE_KIOSKS)
    records, values = current_services().records, values_of(form)
    if not tells_individuals(member.organisation.policy):  # nothing was asked about it
        values["exposure"] = settings_of(records, member.organisation.id).exposure
    try:
        settings = KioskSettings.model_validate(values)
    except ValidationError as error:
        names = {str(item["loc"][0]) for item in error.errors(include_url=False)}
        faults = {name: words for name, words in FAULTS.items() if name in names}
        page = _settings_page(member, form_fields_of(form), faults=faults)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    change_settings(records, member.organisation.id, settings, member.name, now_ms())
    return redirect(url_for("organisation.show_kiosk_settings", done="saved"), HTTPStatus.SEE_OTHER)


def values_of(form: dict[str, str]) -> dict[str, Any]:
    """Return the values that a form holds, not yet validated; a comma may stand for the point."""
    texts = {
        name: form.get(name, "").strip().replace(",", ".")[:TEXT_MAX_CHARACTERS] for name in TEXTS
    }
    switches = {name: form.get(name) == CHECKED for name in SWITCHES}
    symptoms = [name for name in SYMPTOMS if form.get(f"symptom-{name}") == CHECKED]
    return {**texts, **switches, "symptoms": symptoms}


def form_fields_of(form: dict[str, str]) -> dict[str, Any]:
    """Return what the form held, to be shown again as it was typed."""
    values = values_of(form)
    return {**values, **{name: form.get(name, "")[:TEXT_MAX_CHARACTERS] for name in TEXTS}}


def fields_of(settings: KioskSettings) -> dict[str, Any]:
    """Return settings as the fields of the form show them."""
    values = settings.model_dump()
    return {**values, **{name: str(values[name]) for name in TEXTS}}


def _settings_page(
    member: SignedInMember,
    fields: dict[str, Any],
    *,
    notice: LazyString | None = None,
    faults: dict[str, LazyString] | None = None,
) -> str:
    return render_template(
        "kiosk/kiosk_settings.html",
        fields=fields,
        symptom_words=SYMPTOM_WORDS,
        counts_only=not tells_individuals(member.organisation.policy),
        notice=notice,
        faults=faults or {},
    )
