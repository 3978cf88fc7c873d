"""Cases with high fever, sneezing, cough or vomiting aboard: a wider group, whatever the time."""

import pytest

FLIGHT = {"mode": "flight", "number": "CA1234"}
SLEEPER = {"mode": "train", "number": "K1", "carriage": "3"}
COACH = {"mode": "coach", "number": "湘HD43A0"}
TEXTS = {"CA1": "yes", "CA2": "no", "CA3": "", "CA4": "咳嗽", "CA5": "不详"}


@pytest.fixture(scope="module")
def answers(module_story):
    story = module_story
    story.case()
    times = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T10:00"}
    story.case_leg(**FLIGHT, seat="9A", severe="yes", **times)
    story.aboard("PFLIGHT", **FLIGHT, seat="30A")
    story.aboard("PLATER", **FLIGHT, seat="9C", board_time="2020-01-20T11:00")
    story.aboard("PGONE", **FLIGHT, seat="9C", alight_time="2020-01-20T07:00")
    story.row("carriages", **SLEEPER, units="1-4,5-8", **{"class": "soft_sleeper"})
    story.case_leg(**SLEEPER, seat="1号下铺", severe="是")
    story.aboard("PSLEEPER", **SLEEPER, seat="5号下铺")
    story.aboard("PNEXT", **SLEEPER | {"carriage": "4"}, seat="1号下铺")
    story.row("carriages", **COACH, aircon="no")
    story.case_leg(**COACH, seat="1A", severe="1")
    story.aboard("PCOACH", **COACH, seat="12A")
    for number, severe in TEXTS.items():
        story.case_leg(mode="flight", number=number, seat="9A", severe=severe)
        story.aboard(f"P{number}", mode="flight", number=number, seat="30A")
    return story.answers()


@pytest.mark.parametrize(
    ("document", "expected"),
    [("PFLIGHT", "close"), ("PSLEEPER", "close"), ("PNEXT", "not_found"), ("PCOACH", "close")],
)
def test_the_whole_aircraft_coach_or_carriage_is_close(answers, document, expected):
    assert expected == answers[document]


def test_who_boards_later_is_a_general_contact_and_who_left_before_none(answers):
    assert ("general", "not_found") == (answers["PLATER"], answers["PGONE"])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("CA1", "close"),
        ("CA2", "general"),
        ("CA3", "general"),
        ("CA4", "close"),
        ("CA5", "general"),
    ],
)
def test_a_word_that_is_neither_yes_nor_no_counts_as_yes(answers, number, expected):
    assert expected == answers[f"P{number}"]


def test_the_wider_zones_and_the_unclear_words_are_counted(answers, module_story):
    assert 6 == module_story.report.widenings["violent_symptoms"]
    reasons = [row for row in module_story.report.warnings if row[1] == "severe"]
    assert [("case_legs", "severe", "neither yes nor no, taken as yes", 1)] == reasons
