"""Crew who fell ill: the zone is the area that they served, or the whole vehicle."""

import pytest

FLIGHT = {"mode": "flight", "number": "CA1234"}
NOWHERE = {"mode": "flight", "number": "CA4321"}
TRAIN = {"mode": "train", "number": "G1"}
COACH = {"mode": "coach", "number": "湘HD43A0"}
VENTILATED = {"mode": "coach", "number": "湘HD43A1"}
ROWS = (1, 16, 17, 20, 23, 24)


@pytest.fixture(scope="module")
def story(module_story):
    story = module_story
    story.case()
    story.case_leg(**FLIGHT, role="crew", carriage="19-21", seat="1A")
    for row in ROWS:
        story.aboard(f"PR{row}", **FLIGHT, seat=f"{row}C")
    story.aboard("PFELLOW", **FLIGHT, role="crew", carriage="20-30")
    story.aboard("PREAR", **FLIGHT, role="crew", carriage="30-40")
    story.aboard("PAREALESS", **FLIGHT, role="crew")
    story.case_leg(**NOWHERE, role="crew")
    story.aboard("PFAR", **NOWHERE, seat="40C")
    story.aboard("PSOMEWHERE", **NOWHERE, role="crew", carriage="1-4")
    story.case_leg(**TRAIN, role="crew", carriage="3-5")
    for carriage in ("2", "3", "5", "6", ""):
        story.aboard(f"PT{carriage}", **TRAIN, carriage=carriage, seat="12F")
    story.aboard("PGUARD5", **TRAIN, role="crew", carriage="5-8")
    story.aboard("PGUARD6", **TRAIN, role="crew", carriage="6-8")
    story.case("C2", id_type="other", id_number="PSTAFF", name="Traveller PSTAFF")
    roster = {"mode": "train", "number": "G2"}
    story.aboard("PSTAFF", **roster, carriage="3", role="crew")
    story.aboard("PSERVED", **roster, carriage="3", seat="1A")
    story.aboard("PUNSERVED", **roster, carriage="4", seat="1A")
    story.row("carriages", **VENTILATED, aircon="no")
    for coach, document in ((COACH, "PSEALED"), (VENTILATED, "POPEN")):
        story.case_leg(**coach, role="crew")
        story.aboard(document, **coach, seat="12A")
    return story


@pytest.fixture(scope="module")
def answers(story):
    return story.answers()


@pytest.fixture(scope="module")
def told_au(story):
    return story.answers("au-2020")


def test_the_rows_served_and_those_near_them_are_close(answers):
    expected = ["general", "close", "close", "close", "close", "close"]
    assert expected[1:] == [answers[f"PR{row}"] for row in ROWS[1:]]


def test_the_seat_of_a_member_of_the_crew_counts_too(answers, told_au):
    assert ("close", "close") == (answers["PR1"], told_au["PR1"])


def test_outside_the_area_nobody_is_listed_where_the_rule_lists_nobody_else(told_au):
    listed = [row for row in ROWS if told_au[f"PR{row}"] == "close"]
    assert [1, 17, 20, 23] == listed


def test_crew_without_an_area_may_have_been_anywhere(answers, told_au):
    assert ("close", "close") == (answers["PFAR"], told_au["PFAR"])


@pytest.mark.parametrize("document", ["PFELLOW", "PAREALESS", "PSOMEWHERE"])
def test_who_worked_in_the_same_area_is_close_under_every_rule_set(answers, told_au, document):
    assert ("close", "close") == (answers[document], told_au[document])


def test_who_worked_elsewhere_is_as_the_rule_says(answers, told_au):
    assert ("general", "not_found") == (answers["PREAR"], told_au["PREAR"])


@pytest.mark.parametrize(
    ("carriage", "expected"),
    [("2", "not_found"), ("3", "close"), ("5", "close"), ("6", "not_found"), ("", "close")],
)
def test_on_a_train_the_carriages_served_are_the_zone(answers, carriage, expected):
    assert expected == answers[f"PT{carriage}"]


def test_attendants_of_a_train_meet_where_their_carriages_do(answers):
    assert ("close", "not_found") == (answers["PGUARD5"], answers["PGUARD6"])


def test_the_driver_of_a_coach_lists_everyone_aboard(answers):
    assert ("close", "close") == (answers["PSEALED"], answers["POPEN"])


def test_an_area_that_is_not_known_is_counted(story, told_au):
    """PFAR and PSOMEWHERE by the case's, PAREALESS by their own."""
    assert told_au is not None
    assert 3 == story.report.widenings["crew_area_unknown"]


def test_crew_is_found_in_the_roster_that_the_carrier_gave(answers):
    assert ("close", "not_found") == (answers["PSERVED"], answers["PUNSERVED"])
