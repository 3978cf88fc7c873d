"""Every code that a check-in can hold has words of its own."""

from typing import get_args

import pytest

from app.kiosk.checkins.content import CheckinContent, Reason
from app.kiosk.health_words import (
    DIRECTION_WORDS,
    REASON_WORDS,
    SYMPTOM_WORDS,
    WORD_WORDS,
    degrees,
)
from app.kiosk.settings.kiosk_settings import SYMPTOMS, KioskSettings
from app.records.health.purging import RETENTION_DAYS, RETENTION_DAYS_MAX


def test_every_symptom_reason_word_and_direction_has_words():
    fields = CheckinContent.model_fields
    assert set(SYMPTOMS) == set(SYMPTOM_WORDS)
    assert set(get_args(Reason)) == set(REASON_WORDS)
    assert set(get_args(fields["word"].annotation)) == set(WORD_WORDS)
    assert set(get_args(fields["direction"].annotation)) == set(DIRECTION_WORDS)


@pytest.mark.parametrize(
    ("celsius", "unit", "words"),
    [(36.5, "C", "36.5 °C"), (36.5, "F", "97.7 °F"), (None, "C", "–")],
)
def test_a_temperature_is_told_in_the_unit_of_the_organisation(celsius, unit, words):
    assert words == degrees(celsius, unit)


def test_the_days_of_retention_are_those_of_the_settings():
    field = KioskSettings.model_fields["retention_days"]
    highest = next(limit.le for limit in field.metadata if hasattr(limit, "le"))
    assert (RETENTION_DAYS, RETENTION_DAYS_MAX) == (field.default, highest)
