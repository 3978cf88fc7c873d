import pytest
from pydantic import ValidationError

from app.kiosk.settings.kiosk_settings import KioskSettings, change_settings, settings_of
from app.organisations.audit import newest_lines
from app.records.kiosks.settings import put_settings
from tests.fixtures.kiosk_records import keep_organisation


@pytest.fixture
def works(records):
    return keep_organisation(records)


def test_the_usual_settings_are_those_of_the_field():
    settings = KioskSettings()
    assert (37.3, 35.0, 14) == (
        settings.fever_celsius,
        settings.low_celsius,
        settings.retention_days,
    )


def test_what_is_set_is_what_is_read(records, works):
    chosen = KioskSettings(exposure=False, fever_celsius=37.2, symptoms=("cough",), unit="F")
    assert KioskSettings() == settings_of(records, works)
    change_settings(records, works, chosen, "hr-1", 1_000)
    assert chosen == settings_of(records, works)
    assert "kiosk_settings_changed" == newest_lines(records, works)[0].event


def test_settings_of_a_later_version_are_read_without_what_is_not_known(records, works):
    with records.writing() as connection:
        put_settings(connection, records.cipher, works, {"sound": False, "smell": True})
    assert KioskSettings(sound=False) == settings_of(records, works)


def test_temperatures_have_one_decimal():
    assert 37.3 == KioskSettings(fever_celsius=37.2999).fever_celsius


def test_symptoms_stand_once_in_their_order():
    assert ("fever", "cough") == KioskSettings(symptoms=("cough", "fever", "cough")).symptoms


@pytest.mark.parametrize(
    "values",
    [
        {"fever_celsius": 36.4},
        {"fever_celsius": float("nan")},
        {"low_celsius": 36.1},
        {"unit": "K"},
        {"symptoms": ("smell",)},
        {"idle_seconds": 2},
        {"direction": "out"},
        {"retention_days": 0},
    ],
)
def test_what_no_door_works_by_is_refused(values):
    with pytest.raises(ValidationError):
        KioskSettings(**values)
