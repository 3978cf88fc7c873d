import re
import time
from datetime import timedelta

import pytest

from app.kiosk.health_log.observation_book import READINGS_A_DAY_MAX
from app.organisations.directory import OrganisationDirectory
from app.records.health.alarms import open_alarms
from app.records.health.readings import readings_of
from tests.fixtures.kiosk_checkins import HOUR

NAME = "周予安"
ENTRY = re.compile(r'name="entry" value="(\w+)"')


class Telephone:
    """Somebody in observation at their own telephone: no account, no cookie, no script."""

    def __init__(self, health):
        self.health = health
        self.observation, self.token = health.observe(NAME)
        self.client = health.office.client_of()

    def page(self, language="en"):
        return self.client.get(f"/health/{self.token}", query_string={"lang": language})

    def record(self, temperature="36.5", **fields):
        found = ENTRY.search(self.page().text)
        form = {
            "entry": found[1] if found else "",
            "temperature": temperature,
            "unit": "C",
            **fields,
        }
        return self.client.post(f"/health/{self.token}?lang=en", data=form)

    def readings(self):
        health = self.health
        with health.records.reading() as connection:
            return readings_of(
                connection, health.records.cipher, health.organisation, [self.observation]
            )


@pytest.fixture
def telephone(health):
    return Telephone(health)


@pytest.fixture
def at_hour(monkeypatch, health):
    """Let it be another hour of the day, or of a later one."""

    def turn(hour: float, days: int = 0) -> None:
        begin = health.days.start(health.days.day(health.now) + timedelta(days=days))
        moment = (begin + hour * HOUR) / 1_000
        monkeypatch.setattr(time, "time", lambda: moment)

    return turn


def alarms(health):
    with health.records.reading() as connection:
        return open_alarms(connection, health.records.cipher, health.organisation)


def test_a_reading_is_kept(telephone):
    page = telephone.record("36,5", **{"symptom-cough": "1"})
    [reading] = telephone.readings()
    assert (200, 36.5, ("cough",)) == (page.status_code, reading.celsius, reading.symptoms)


def test_the_page_names_nobody_and_sets_no_cookie(telephone):
    for page in (telephone.page(), telephone.record(), telephone.page()):
        assert (False, None) == (NAME in page.text, page.headers.get("Set-Cookie"))
        assert "no-store" in page.headers["Cache-Control"]


def test_an_earlier_temperature_does_not_stand_on_it(telephone):
    telephone.record("38.7")
    assert "38.7" not in telephone.page().text


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "您的体温"), ("zh-Hant", "您的體溫"), ("en", "Your temperature")],
)
def test_the_page_speaks_every_language(telephone, language, words):
    assert words in telephone.page(language).text


def test_fahrenheit_is_kept_as_celsius(telephone):
    telephone.record("97.7", unit="F")
    assert 36.5 == telephone.readings()[0].celsius


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Enter the temperature that"),
        ("365", "no temperature of a person"),
        ("warm", "as a number"),
        ("98.6", "Choose °C or °F"),
    ],
)
def test_what_is_no_temperature_is_asked_for_again(telephone, text, words):
    page = telephone.record(text)
    assert (422, True, []) == (page.status_code, words in page.text, telephone.readings())


def test_a_very_low_temperature_is_measured_again(telephone):
    page = telephone.record("34.2")
    assert (422, True) == (page.status_code, "I warmed up and measured again" in page.text)
    telephone.record("34.2", again="1")
    assert 1 == len(telephone.readings())


def test_a_form_sent_twice_is_one_reading(telephone):
    form = {"entry": "e", "temperature": "36.5", "unit": "C"}
    for _ in range(2):
        telephone.client.post(f"/health/{telephone.token}", data=form)
    assert 1 == len(telephone.readings())


def test_another_temperature_in_the_same_form_is_one_more(telephone):
    for text in ("36.5", "38.5"):
        form = {"entry": "e", "temperature": text, "unit": "C"}
        telephone.client.post(f"/health/{telephone.token}", data=form)
    assert [36.5, 38.5] == sorted(one.celsius for one in telephone.readings())


def test_a_fever_calls_the_officer_and_says_what_to_do(health, telephone, officer):
    page = telephone.record("38.0")
    assert ("has been told" in page.text, "12320" in page.text) == (True, True)
    assert [("fever",)] == [alarm.reasons for alarm in alarms(health)]
    assert NAME in officer.page("/health").text


def test_symptoms_alone_call_the_officer_too(health, telephone):
    telephone.record(**{"symptom-breath": "1"})
    assert [("symptoms",)] == [alarm.reasons for alarm in alarms(health)]


def test_a_reading_without_either_calls_nobody(health, telephone):
    page = telephone.record()
    assert ([], True) == (alarms(health), "Thank you" in page.text)


def test_the_bound_of_fever_is_that_of_the_organisation(health, telephone):
    health.settings(fever_celsius=38.5)
    telephone.record("38.0")
    assert [] == alarms(health)


def test_only_symptoms_that_the_organisation_asks_for_are_asked(health, telephone):
    health.settings(symptoms=["throat"])
    page = telephone.page()
    assert (True, False) == ("sore throat" in page.text, "symptom-cough" in page.text)


def test_in_the_afternoon_a_missed_morning_may_still_be_recorded(telephone, at_hour):
    at_hour(9, days=0)
    later = Telephone(telephone.health)
    at_hour(14)
    assert "Morning: <strong>missed" in later.page().text
    later.record(slot="morning")
    assert ["morning"] == [one.slot for one in later.readings()]
    assert "Morning: <strong>recorded late" in later.page().text


def test_where_nothing_is_chosen_the_hour_decides(telephone, at_hour):
    at_hour(14)
    telephone.record(slot="morning")  # of which nothing was missed: it began at noon
    assert ["evening"] == [one.slot for one in telephone.readings()]


def test_it_closes_by_itself_after_the_last_day(telephone, at_hour):
    at_hour(0.5, days=1)
    page = telephone.record()
    assert ("The observation is over" in page.text, []) == (True, telephone.readings())


def test_more_readings_than_anybody_takes_are_refused(health, telephone):
    pages = [telephone.record(f"36.{number:02}") for number in range(READINGS_A_DAY_MAX + 1)]
    assert [200] * READINGS_A_DAY_MAX + [429] == [page.status_code for page in pages]


@pytest.mark.parametrize("token", ["A" * 22, "x", "%00", "林"])
def test_a_link_that_leads_nowhere_says_so(health, token):
    client = health.office.client_of()
    assert 404 == client.get(f"/health/{token}").status_code
    assert 404 == client.post(f"/health/{token}", data={"temperature": "36.5"}).status_code


def test_a_link_of_a_disabled_organisation_leads_nowhere(health, telephone):
    OrganisationDirectory(health.records).disable(health.organisation)
    assert 404 == telephone.page().status_code


def test_a_form_of_another_site_is_refused(telephone):
    answer = telephone.client.post(
        f"/health/{telephone.token}",
        data={"temperature": "36.5"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert (403, []) == (answer.status_code, telephone.readings())
