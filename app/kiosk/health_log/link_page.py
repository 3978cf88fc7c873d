"""/health/<token>: where somebody in observation records temperature and symptoms.

Threat: whoever sees the page or its address learns who is observed, or a phone that several people
use keeps it. Limit: no name, no number and no earlier temperature on it, no cookie, nothing kept by
the browser; the address holds a random token, and other sites are not told it. Whoever holds the
link can record in its name: the officer sees it and makes a new one.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.kiosk.alarms.reasons import measured_reasons
from app.kiosk.health_log.log_lines import LogReader, log_line
from app.kiosk.health_log.observation_book import (
    NoSuchObservation,
    ObservationBook,
    TooManyReadings,
)
from app.kiosk.health_log.slot_words import SLOT_WORDS, STATE_WORDS
from app.kiosk.health_log.slots import DaySlot, Slot, SlotState, slot_at
from app.kiosk.health_log.temperature_text import TemperatureRefused, parse_temperature
from app.kiosk.health_words import SYMPTOM_WORDS
from app.kiosk.settings.kiosk_settings import KioskSettings, settings_of
from app.records.health.observations import Observation
from app.records.health.readings import HealthReading
from app.services import current_services
from app.settings.local_days import LocalDays
from app.web.request_bodies import same_origin_form

bp = Blueprint("health_link", __name__, url_prefix="/health")
FORM_MAX_BYTES = 2_048
FIELDS_MAX = 16
ENTRY_BYTES = 16
ID_LETTERS = 32
FAULTS: dict[str, LazyString] = {
    "missing": lazy_gettext("Enter the temperature that the thermometer shows"),
    "unreadable": lazy_gettext("Enter the temperature as a number, such as 36.5"),
    "implausible": lazy_gettext("This is no temperature of a person. Measure again"),
    "unit": lazy_gettext("Choose °C or °F: this number fits the other one"),
    "low": lazy_gettext("This is very low. Warm up, measure again, and enter what you see then"),
    "too_many": lazy_gettext("Enough readings for today. If you feel ill, call the number below"),
}


@dataclass(frozen=True, slots=True)
class MeasuredReading:
    """What the form said, read: the temperature, symptoms, and the slot that it is for."""

    celsius: float
    symptoms: tuple[str, ...]
    slot: Slot


@bp.get("/<token>")
def show_form(token: str) -> ResponseReturnValue:
    """Show the slots of today and the form; that it is over, where it is."""
    observation = _book().by_token(token)
    return _page(token, observation)


@bp.post("/<token>")
def take_reading(token: str) -> ResponseReturnValue:
    """Keep a reading and say what to do now; or show the form again with what is wrong."""
    form = same_origin_form(request, FORM_MAX_BYTES, FIELDS_MAX)
    book = _book()
    observation = book.by_token(token)
    if book.is_over(observation):
        return _page(token, observation)
    settings = settings_of(current_services().records, observation.organisation)
    now = int(time.time() * 1_000)
    try:
        measured = _read(form, settings, _slots(observation, now), now)
        book.record(_reading(form, observation, measured, now))
    except TemperatureRefused as refused:
        return _page(token, observation, form, refused.code), HTTPStatus.UNPROCESSABLE_ENTITY
    except TooManyReadings:
        return _page(token, observation, form, "too_many"), HTTPStatus.TOO_MANY_REQUESTS
    reasons = measured_reasons(measured.celsius, measured.symptoms, settings.fever_celsius)
    return render_template(
        "health/recorded.html",
        token=token,
        celsius=measured.celsius,
        slot=SLOT_WORDS[measured.slot],
        unit=settings.unit,
        fever=settings.fever_celsius,
        reasons=reasons,
    )


@bp.errorhandler(NoSuchObservation)
def no_such_link(_error: NoSuchObservation) -> ResponseReturnValue:
    """Say that a link leads nowhere; never whether it once did."""
    return render_template("health/no_link.html"), HTTPStatus.NOT_FOUND


def _page(
    token: str, observation: Observation, form: Mapping[str, str] | None = None, fault: str = ""
) -> str:
    if _book().is_over(observation):
        return render_template("health/over.html")
    now = int(time.time() * 1_000)
    settings = settings_of(current_services().records, observation.organisation)
    slots = _slots(observation, now)
    return render_template(
        "health/reading.html",
        token=token,
        entry=secrets.token_hex(ENTRY_BYTES),
        last_day=observation.last_day,
        slots=slots,
        choice=_late_choice(slots, now),
        form={"unit": settings.unit, **(form or {})},
        faults={"temperature": FAULTS[fault]} if fault else {},
        ask_again=fault == "low",
        symptoms={code: SYMPTOM_WORDS[code] for code in settings.symptoms},
        slot_words=SLOT_WORDS,
        state_words=STATE_WORDS,
    )


def _slots(observation: Observation, now: int) -> list[DaySlot]:
    """Return the slots of today as they stand."""
    services = current_services()
    days = LocalDays.of(services.settings)
    with services.records.reading() as connection:
        scope = (connection, services.records.cipher, observation.organisation)
        readings = LogReader(*scope, days, kept_days=1).readings([observation])
    line = log_line(observation, readings[observation.id], days, now, days.start(_today(days, now)))
    return list(line.slots)


def _today(days: LocalDays, now: int) -> date:
    return days.day(now)


def _late_choice(slots: list[DaySlot], now: int) -> Slot | None:
    """Return the morning where a reading in the afternoon may still be meant for it."""
    days = LocalDays.of(current_services().settings)
    missed = any(one.slot is Slot.MORNING and one.state is SlotState.MISSED for one in slots)
    return Slot.MORNING if missed and slot_at(now, days) is Slot.EVENING else None


def _read(
    form: Mapping[str, str], settings: KioskSettings, slots: list[DaySlot], now: int
) -> MeasuredReading:
    """Return what a form says. Raises TemperatureRefused."""
    unit = form.get("unit", settings.unit)
    celsius = parse_temperature(form.get("temperature", ""), unit)
    if celsius < settings.low_celsius and not form.get("again"):
        raise TemperatureRefused("low")
    symptoms = tuple(code for code in settings.symptoms if form.get(f"symptom-{code}"))
    slot = slot_at(now, LocalDays.of(current_services().settings))
    if form.get("slot") == Slot.MORNING and _late_choice(slots, now):
        slot = Slot.MORNING
    return MeasuredReading(celsius, symptoms, slot)


def _reading(
    form: Mapping[str, str], observation: Observation, measured: MeasuredReading, now: int
) -> HealthReading:
    # the same form sent twice is one reading; another temperature in it, one more
    content = (measured.celsius, measured.symptoms, measured.slot)
    said = (observation.id, form.get("entry", ""), *content)
    return HealthReading(
        id=sha256(repr(said).encode()).hexdigest()[:ID_LETTERS],
        organisation=observation.organisation,
        observation=observation.id,
        taken_at=now,
        celsius=measured.celsius,
        symptoms=measured.symptoms,
        slot=measured.slot.value,
    )


def _book() -> ObservationBook:
    services = current_services()
    return ObservationBook(services.records, LocalDays.of(services.settings))
