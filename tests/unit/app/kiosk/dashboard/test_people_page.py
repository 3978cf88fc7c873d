import pytest

from app.kiosk.dashboard.subjects import checkin_handle, roster_handle
from app.organisations.closing import destroy_holdings, holdings
from app.records.health.accesses import newest_accesses
from app.records.organisations.organisation_audit import newest_lines_of
from tests.fixtures.health_office import STAFF_ID, STAFF_NAME, STAFF_NUMBER, VISITOR

REASON = "体温升高，电话回访"
OTHER_ID = "0d" * 16


def search(officer, text, reason=REASON):
    return officer.press("/health/people", search=text, reason=reason)


def show(officer, handle, reason=REASON):
    return officer.press("/health/people", person=handle, reason=reason)


def accesses(health):
    with health.records.reading() as connection:
        looks = newest_accesses(connection, health.records.cipher, health.organisation, 9)
        line = newest_lines_of(connection, health.organisation, 1)[0]
    return looks, line


@pytest.fixture
def seen(health):
    """Somebody of the staff and a visitor who came today."""
    health.staff()
    health.pass_by(minutes_ago=60)
    health.fever(minutes_ago=30)
    health.pass_by(minutes_ago=10, who={"visitor": VISITOR})
    return health


def test_a_member_of_the_staff_is_found_by_a_part_of_the_name(seen, officer):
    page = search(officer, "晓岚")
    assert (True, True) == ("38.4 °C" in page.text, "36.5 °C" in page.text)


@pytest.mark.parametrize("text", ["oez", "X000", " ｘ０００００01"])
def test_a_visitor_is_found_by_name_or_number(seen, officer, text):
    assert "OEZ ANNA" in search(officer, text).text


def test_the_curve_has_a_point_for_each_temperature(seen, officer):
    assert 2 == search(officer, STAFF_NUMBER).text.count('<path class="gauge-curve__point')


def test_several_of_one_name_are_asked_about(seen, officer):
    seen.staff(OTHER_ID)
    page = search(officer, STAFF_NAME)
    assert ("Who is meant?" in page.text, page.text.count("冷轧车间")) == (True, 2)


def test_a_look_needs_a_reason(seen, officer):
    page = show(officer, roster_handle(STAFF_ID), "  abc ")
    assert (422, False) == (page.status_code, "38.4" in page.text)
    assert ([], "signed_in") == (accesses(seen)[0], accesses(seen)[1].event)


def test_the_person_asked_about_stays_chosen_where_the_reason_is_missing(seen, officer):
    assert f'value="{roster_handle(STAFF_ID)}"' in show(officer, roster_handle(STAFF_ID), "").text


def test_a_look_is_logged_with_its_reason_and_never_with_whom(seen, officer):
    show(officer, roster_handle(STAFF_ID))
    [look], line = accesses(seen)
    assert ("officer", REASON, 1) == (look.actor, look.reason, look.count)
    assert ("officer", "health_person_seen", 1) == (line.actor, line.event, line.count)


def test_names_that_a_search_shows_are_logged_too(seen, officer):
    seen.staff(OTHER_ID)
    search(officer, STAFF_NAME)
    assert [2] == [look.count for look in accesses(seen)[0]]


def test_nobody_found_is_said(seen, officer):
    assert "Nobody of this name" in search(officer, "无此人").text


def test_one_letter_is_no_search(seen, officer):
    assert "at least two characters" in search(officer, "林").text


def test_a_mistake_stands_in_the_table_and_not_in_the_curve(health, officer):
    health.staff()
    mistake = health.fever()
    health.pass_by(undoes=mistake.id, temperatures=[])
    page = show(officer, roster_handle(STAFF_ID))
    assert ("taken back as a mistake" in page.text, "gauge-curve" in page.text) == (True, False)


def test_somebody_in_observation_without_a_badge_is_found(health, officer):
    health.observe("周予安")
    assert "No check-ins and no readings are kept" in search(officer, "周予安").text


@pytest.mark.parametrize("handle", ["", "roster:1", "nobody", f"roster:{OTHER_ID}", "checkin:x:y"])
def test_a_handle_that_leads_nowhere_is_refused(health, officer, handle):
    assert 422 == show(officer, handle).status_code


def test_nobody_of_another_organisation_is_found(health, elsewhere, officer):
    elsewhere.staff()
    checkin, (observation, _) = elsewhere.pass_by(), elsewhere.observe()
    handles = [checkin_handle(checkin), roster_handle(STAFF_ID), f"observation:{observation}"]
    assert [422] * 3 == [show(officer, handle).status_code for handle in handles]
    assert "Nobody of this name" in search(officer, STAFF_NAME).text


def test_administrators_read_why_somebody_looked(seen, officer, admin):
    show(officer, roster_handle(STAFF_ID))
    page = admin.page("/health/accesses")
    assert (True, False) == (REASON in page.text, STAFF_NAME in page.text)


def test_nothing_is_left_of_an_organisation_that_was_closed(seen, officer, office):
    seen.observe()
    show(officer, roster_handle(STAFF_ID))
    destroy_holdings(seen.records, seen.organisation)
    left = holdings(seen.records, seen.organisation)
    kinds = ("check-ins", "observations", "readings", "alarms", "views of health data")
    assert dict.fromkeys(kinds, 0) == {kind: left[kind] for kind in kinds}
