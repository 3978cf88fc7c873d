import re

import pytest

from app.records.health.alarms import open_alarms
from app.records.kiosks.kiosks import note_report, note_seen
from app.records.organisations.organisation_audit import newest_lines_of
from app.records.organisations.webhook_deliveries import deliveries_of
from tests.fixtures.health_office import STAFF_NAME, VISITOR

NOTE = "复测 36.6，已放行"


def figures(page) -> dict[str, str]:
    """Return the numbers of the dashboard by their words."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page.text))


def alarm_ids(page) -> list[str]:
    return re.findall(r'id="alarm-(\w+)"', page.text)


def settle(officer, note=NOTE, **fields):
    [alarm] = alarm_ids(officer.page("/health"))
    return officer.press("/health/alarms", alarm=alarm, note=note, **fields)


def test_an_empty_day_says_so(health, officer):
    page = officer.page("/health")
    assert ("0", "–", "0") == tuple(
        figures(page)[words] for words in ("Came in", "Still in", "Fever")
    )
    assert "There is no alarm that waits for you." in page.text


def test_who_passed_today_is_counted(health, officer):
    health.settings(direction="both")
    health.staff()
    health.pass_by(minutes_ago=3)
    health.pass_by(minutes_ago=2, who={"visitor": VISITOR})
    health.pass_by(minutes_ago=1, direction="out")
    found = figures(officer.page("/health"))
    assert ("2", "1", "1") == (found["Came in"], found["Went out"], found["Still in"])


def test_an_alarm_says_who_where_and_why(health, officer):
    health.staff()
    health.fever(symptoms=["cough"])
    page = officer.page("/health")
    for words in (STAFF_NAME, "冷轧车间", "东门", "Fever, Symptoms", "38.4 °C", "cough"):
        assert words in page.text


def test_a_visitor_is_named_and_called_one(health, officer):
    health.fever(who={"visitor": VISITOR})
    page = officer.page("/health")
    assert ("OEZ ANNA" in page.text, "visitor" in page.text) == (True, True)


def test_the_guard_who_let_somebody_in_is_quoted(health, officer):
    health.fever(override={"word": "come_in", "reason": "复测正好"})
    assert "复测正好" in officer.page("/health").text


def test_an_exposure_is_an_alarm_with_its_reason(health, officer):
    health.pass_by(word="wait", reasons=["exposure"])
    assert "Listed as a contact" in officer.page("/health").text


def test_a_fever_that_is_taken_back_counts_for_nobody_and_stays_an_alarm(health, officer):
    mistake = health.fever()
    health.pass_by(undoes=mistake.id)
    page = officer.page("/health")
    assert (1, "0") == (len(alarm_ids(page)), figures(page)["Fever"])
    assert "1 check-in taken back as a mistake" in page.text


def test_an_alarm_is_settled_with_a_note(health, officer):
    health.staff()
    health.fever()
    assert 303 == settle(officer).status_code
    page = officer.page("/health")
    assert "There is no alarm that waits for you." in page.text
    assert f"Settled by officer: {NOTE}" in page.text
    assert "0" == figures(page)["Waiting"]


def test_without_a_note_it_stays_open(health, officer):
    health.fever()
    page = settle(officer, "  ok ")
    assert (422, 1) == (page.status_code, len(alarm_ids(page)))


def test_a_settled_alarm_is_opened_again(health, officer):
    health.fever()
    settle(officer)
    settle(officer, reopen="1")
    assert "What was done?" in officer.page("/health").text


def test_the_first_officer_who_settles_an_alarm_stands(health, officer):
    health.fever()
    settle(officer)
    settle(officer, "zweite Notiz")
    assert NOTE in officer.page("/health").text


def test_the_log_of_the_organisation_names_nobody(health, officer):
    health.fever()
    settle(officer)
    with health.records.reading() as connection:
        line = newest_lines_of(connection, health.organisation, 1)[0]
    assert ("officer", "alarm_resolved", 1) == (line.actor, line.event, line.count)


def test_nobody_settles_an_alarm_of_another_organisation(health, elsewhere, officer):
    elsewhere.fever()
    with elsewhere.records.reading() as connection:
        [alarm] = open_alarms(connection, elsewhere.records.cipher, elsewhere.organisation)
    officer.press("/health/alarms", alarm=alarm.id, note=NOTE)
    with elsewhere.records.reading() as connection:
        assert [alarm] == open_alarms(connection, elsewhere.records.cipher, elsewhere.organisation)


def test_nothing_of_another_organisation_is_shown(health, elsewhere, officer):
    elsewhere.staff()
    elsewhere.fever()
    page = officer.page("/health")
    assert (False, "0") == (STAFF_NAME in page.text, figures(page)["Fever"])


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"waiting": 12}, "12 check-ins wait on the kiosk"),
        ({"refused": 1}, "1 check-in was refused"),
    ],
)
def test_what_a_kiosk_tells_of_itself_is_shown(health, officer, report, words):
    with health.records.writing() as connection:
        note_report(connection, health.records.cipher, health.kiosk, health.now, report)
    assert words in officer.page("/health").text


def test_a_silent_kiosk_is_offline(health, officer):
    with health.records.writing() as connection:
        note_seen(connection, health.kiosk, health.now - 200_000)
    assert "offline, last heard of on" in officer.page("/health").text


def test_a_gap_of_a_kiosk_is_shown(health, officer):
    health.pass_by()
    health.sequence = 4
    health.pass_by()
    assert "3 check-ins are missing in between" in officer.page("/health").text


def test_without_a_script_the_page_loads_itself_again(health, officer):
    assert '<noscript><meta http-equiv="refresh"' in officer.page("/health").text


def test_a_fever_rings_at_the_server_of_an_organisation(health, admin):
    admin.press("/settings", url="https://example.org/hook")
    health.fever()
    with health.records.reading() as connection:
        assert [("", "waiting")] == [
            (one.job, one.state) for one in deliveries_of(connection, health.organisation)
        ]
