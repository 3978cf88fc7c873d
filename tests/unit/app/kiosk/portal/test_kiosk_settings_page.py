import pytest

from app.kiosk.settings.kiosk_settings import KioskSettings, settings_of
from app.organisations.directory import OrganisationDirectory
from app.organisations.policy import Policy

PATH = "/kiosks/settings"
USUAL = {
    "exposure": "on",
    "fever_celsius": "37.3",
    "low_celsius": "35.0",
    "unit": "C",
    "second_reading": "on",
    "symptom-cough": "on",
    "idle_seconds": "8",
    "direction": "in",
    "retention_days": "14",
    "sound": "on",
}


@pytest.fixture
def settings(office):
    return lambda: settings_of(office.services.records, office.organisation.id)


def test_the_page_shows_the_usual_settings(admin):
    page = admin.page(PATH).text
    assert ('value="37.3"' in page, 'value="14"' in page) == (True, True)


def test_what_is_set_is_kept(admin, settings):
    form = {**USUAL, "fever_celsius": "37,2", "direction": "both", "unit": "F"}
    assert 303 == admin.press(PATH, **form).status_code
    expected = KioskSettings(fever_celsius=37.2, direction="both", unit="F", symptoms=("cough",))
    assert expected == settings()


def test_what_is_not_chosen_is_off(admin, settings):
    off = {name: value for name, value in USUAL.items() if value != "on"}
    admin.press(PATH, **off)
    kept = settings()
    assert (False, False, False, ()) == (
        kept.exposure,
        kept.second_reading,
        kept.sound,
        kept.symptoms,
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("fever_celsius", "98.6", "from 36.5 to 39.0"),
        ("fever_celsius", "", "from 36.5 to 39.0"),
        ("low_celsius", "nan", "from 30.0 to 36.0"),
        ("idle_seconds", "1.5", "from 3 to 60"),
        ("retention_days", "91", "from 1 to 90"),
        ("unit", "K", "Celsius or Fahrenheit"),
        ("direction", "through", "going out as well"),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_is_kept(admin, settings, name, value, words):
    page = admin.press(PATH, **{**USUAL, name: value, "direction": "both", **{name: value}})
    assert (422, True) == (page.status_code, words in page.text)
    assert KioskSettings() == settings()


def test_under_the_policy_of_counts_the_page_does_not_ask_about_exposures(admin, office, settings):
    directory = OrganisationDirectory(office.services.records)
    directory.set_policy(office.organisation.id, Policy.COUNTS)
    assert "see numbers only: kiosks go by temperature" in admin.page(PATH).text
    form = {name: value for name, value in USUAL.items() if name != "exposure"}
    admin.press(PATH, **form)
    assert settings().exposure is True
