import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from app.kiosk.dashboard.subjects import checkin_handle, roster_handle
from app.records.health.accesses import newest_accesses
from tests.fixtures.health_office import STAFF_ID, VISITOR

REASON = "密接者追踪，市疾控来函"
OTHER_ID = "0d" * 16


def ask(officer, health, **changed):
    today = health.days.day(health.now).isoformat()
    fields = {"person": roster_handle(STAFF_ID), "first": today, "last": today, "reason": REASON}
    return officer.press("/health/people/hours", **{**fields, **changed})


@pytest.fixture
def seen(health):
    """One of the staff was in from 11:00 to 11:30; a colleague and a visitor came meanwhile."""
    health.staff()
    health.staff(OTHER_ID, "白露未")
    health.pass_by(minutes_ago=60)
    health.pass_by(minutes_ago=30, direction="out")
    health.pass_by(minutes_ago=50, who={"badge": OTHER_ID})
    health.pass_by(minutes_ago=40, direction="out", who={"badge": OTHER_ID})
    health.pass_by(minutes_ago=45, who={"visitor": VISITOR})
    return health


def test_staff_and_visitors_who_were_in_are_named_with_how_long(seen, officer):
    page = ask(officer, seen)
    assert "2 people were in at the same hours" in page.text
    for words in ("白露未", "OEZ ANNA", "X0000001", "an end was not recorded"):
        assert words in page.text


@pytest.mark.parametrize(("language", "station"), [("zh-Hans", "出发"), ("zh-Hant", "出發")])
def test_since_when_somebody_was_in_is_not_named_as_a_station_is(seen, officer, language, station):
    today = seen.days.day(seen.now).isoformat()
    fields = {"person": roster_handle(STAFF_ID), "first": today, "last": today, "reason": REASON}
    page = officer.press(f"/health/people/hours?lang={language}", **fields).text
    assert ">自</th>" in page
    assert station not in page


def test_whoever_came_later_is_not_named(health, officer):
    health.staff()
    health.pass_by(minutes_ago=60)
    health.pass_by(minutes_ago=30, direction="out")
    health.pass_by(minutes_ago=20, who={"visitor": VISITOR})
    assert "0 people were in" in ask(officer, health).text


def test_whoever_was_not_read_is_counted(seen, officer):
    seen.pass_by(minutes_ago=40, who={"nobody": True})
    assert "1 check-in of these hours has no name" in ask(officer, seen).text


def test_no_stay_in_these_days_is_not_called_no_contact(health, officer):
    health.staff()
    assert "That does not mean that they were not in" in ask(officer, health).text


def test_the_look_is_logged_with_its_reason_and_how_many(seen, officer):
    ask(officer, seen)
    with seen.records.reading() as connection:
        [look] = newest_accesses(connection, seen.records.cipher, seen.organisation, 9)
    assert ("shared_hours_seen", 2, REASON) == (look.event, look.count, look.reason)


def test_without_a_reason_nothing_is_shown(seen, officer):
    page = ask(officer, seen, reason="?")
    assert (422, False) == (page.status_code, "白露未" in page.text)


@pytest.mark.parametrize("first", ["2020-01-01", "9999-01-01", "yesterday", ""])
def test_days_too_far_apart_or_none_are_refused(seen, officer, first):
    assert 422 == ask(officer, seen, first=first).status_code


def test_the_list_is_taken_out_as_csv(seen, officer):
    answer = ask(officer, seen, file="csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert ["Name", "白露未", "OEZ ANNA"] == sorted(row[0] for row in rows[:1]) + sorted(
        (row[0] for row in rows[1:]), key="白露未 OEZ ANNA".index
    )
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_list_is_taken_out_as_a_workbook(seen, officer):
    answer = ask(officer, seen, file="xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
    assert {"白露未", "OEZ ANNA"} == {row[0] for row in sheet.to_python()[1:]}


def test_nobody_of_another_organisation_is_asked_about(health, elsewhere, officer):
    elsewhere.staff()
    handle = checkin_handle(elsewhere.pass_by())
    assert 422 == ask(officer, health, person=handle).status_code
