import re
from datetime import timedelta

import pytest

from app.records.organisations.organisation_audit import newest_lines_of
from tests.fixtures.health_office import STAFF_ID, STAFF_NAME

LINK = re.compile(r"http://localhost(/health/[\w-]{22})")


def last_day(health, days=13):
    return (health.days.day(health.now) + timedelta(days=days)).isoformat()


def begin(officer, health, name="周予安", **changed):
    fields = {"name": name, "last_day": last_day(health), **changed}
    return officer.press("/health/log", **fields)


def link_of(page) -> str:
    return LINK.search(page.text)[1]


def press(officer, what, observation):
    return officer.press(f"/health/log/{what}", observation=observation)


def test_an_empty_log_says_what_to_do(health, officer):
    assert "Nobody is in observation. Begin below" in officer.page("/health/log").text


def test_a_new_observation_has_a_link_that_works(health, officer):
    link = link_of(begin(officer, health))
    page = officer.client.get(link, query_string={"lang": "en"})
    assert (200, False) == (page.status_code, "周予安" in page.text)


def test_it_lasts_for_fourteen_days_where_nothing_else_is_chosen(health, officer):
    assert f'value="{last_day(health)}"' in officer.page("/health/log").text


def test_whoever_is_on_the_roster_is_asked_for(health, officer):
    health.staff()
    page = begin(officer, health, STAFF_NAME)
    assert ("Who is meant?" in page.text, "冷轧车间" in page.text) == (True, True)


def test_readings_at_kiosks_count_for_somebody_of_the_roster(health, officer):
    health.staff()
    begin(officer, health, STAFF_NAME, roster=STAFF_ID)
    health.pass_by(minutes_ago=0, purpose="log")
    assert "Latest reading: 36.5 °C" in officer.page("/health/log").text


def test_somebody_else_of_the_name_has_no_readings_at_kiosks(health, officer):
    health.staff()
    begin(officer, health, STAFF_NAME, roster="nobody")
    health.pass_by(minutes_ago=0)
    assert "Latest reading" not in officer.page("/health/log").text


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 101}, "Enter a name"),
        ({"last_day": "2020-01-01"}, "Choose a day"),
        ({"last_day": "9999-01-01"}, "Choose a day"),
        ({"last_day": "soon"}, "Choose a day"),
    ],
)
def test_a_name_or_day_that_cannot_be_one_is_refused(health, officer, changed, fault):
    page = begin(officer, health, **changed)
    assert (422, True) == (page.status_code, fault in page.text)


def test_a_new_link_ends_the_old_one(health, officer):
    observation, token = health.observe()
    link = link_of(press(officer, "link", observation))
    pages = [officer.client.get(path) for path in (f"/health/{token}", link)]
    assert [404, 200] == [page.status_code for page in pages]


def test_an_observation_is_ended_early_and_goes_on_again(health, officer):
    observation, token = health.observe()
    page = press(officer, "close", observation)
    assert f'name="observation" value="{observation}"' in page.text
    assert "The observation is over" in officer.client.get(f"/health/{token}?lang=en").text
    press(officer, "reopen", observation)
    assert "Your temperature" in officer.client.get(f"/health/{token}?lang=en").text


def test_what_is_done_is_logged_without_a_name(health, officer):
    observation, _ = health.observe()
    press(officer, "close", observation)
    press(officer, "reopen", observation)
    press(officer, "link", observation)
    with health.records.reading() as connection:
        events = [line.event for line in newest_lines_of(connection, health.organisation, 4)]
    expected = ["link_renewed", "reopened", "closed", "begun"]
    assert expected == [
        event.removeprefix("observation_").removeprefix("health_") for event in events
    ]


@pytest.mark.parametrize("what", ["link", "close", "reopen"])
def test_nothing_is_done_to_an_observation_of_another_organisation(
    health, elsewhere, officer, what
):
    observation, token = elsewhere.observe()
    assert 404 == press(officer, what, observation).status_code
    assert "Your temperature" in officer.client.get(f"/health/{token}?lang=en").text


def test_the_log_shows_its_own_organisation_alone(health, elsewhere, officer):
    elsewhere.observe("周予安")
    assert "周予安" not in officer.page("/health/log").text
