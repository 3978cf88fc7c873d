"""Rules outside China: seats in every direction, hours aboard, infants, companions."""

import pytest

FLIGHT = {"mode": "flight", "number": "CA1234"}
LONG = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T17:00"}
SHORT = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T15:59"}


@pytest.fixture(scope="module")
def wide_body(module_story):
    """A case in 20E of rows of ABC-DEFG-HJK, and one traveller in each seat of rows 17 to 23."""
    story = module_story
    story.row("carriages", **FLIGHT, rows="1-40", seats="ABC-DEFG-HJK")
    story.case()
    story.case_leg(**FLIGHT, seat="20E", booking="bk1")
    for row in range(17, 24):
        for letter in "ABCDEFGHJK":
            story.aboard(f"P{row}{letter}", **FLIGHT, seat=f"{row}{letter}")
    story.aboard("PCOMPANION", **FLIGHT, seat="39A", booking="BK1")
    story.aboard("PINFANT", **FLIGHT, seat="39C", role="infant")
    story.aboard("PFAR", **FLIGHT, seat="39K")
    story.aboard("PCREW", **FLIGHT, role="crew", carriage="15-25")
    return story


def listed(answers, *others):
    seats = [f"P{row}{letter}" for row in range(17, 24) for letter in "ABCDEFGHJK"]
    return {who for who in (*seats, *others) if answers[who] == "close"}


OTHERS = ("PCOMPANION", "PINFANT", "PFAR", "PCREW")
TWO_SEATS = {f"P{row}{letter}" for row in range(18, 23) for letter in "CDEFG"}
TWO_ROWS = {f"P{row}{letter}" for row in range(18, 23) for letter in "ABCDEFGHJK"}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("cdc-covid", TWO_SEATS),
        ("ecdc-covid", TWO_SEATS | {"PCOMPANION", "PCREW"}),
        ("cdc-measles", TWO_ROWS | {"PINFANT"}),
        ("who-tb", TWO_ROWS | {"PCREW"}),
        ("au-2020", TWO_ROWS),
    ],
)
def test_each_rule_set_draws_its_zone_in_a_wide_body(wide_body, rules, expected):
    assert expected == listed(wide_body.answers(rules), *OTHERS)


def test_a_companion_is_told_to_be_one(wide_body):
    answers = wide_body.answers("ecdc-covid")
    assert ("companion", "crew") == (
        answers.relation("PCOMPANION"),
        answers.relation("PCREW"),
    )


def test_without_a_layout_of_seats_the_whole_row_counts(story):
    story.case()
    story.case_leg(**FLIGHT, seat="20E")
    story.aboard("P1", **FLIGHT, seat="21K")
    assert "close" == story.answers("cdc-covid")["P1"]


@pytest.mark.parametrize(
    ("of_case", "of_contact", "expected"),
    [
        (LONG, LONG, "close"),
        (SHORT, SHORT, "not_found"),
        (SHORT, {}, "not_found"),
        ({}, SHORT, "not_found"),
        ({}, {}, "close"),
    ],
    ids=["9 hours", "under 8", "under 8 by the case", "under 8 by the contact", "not known"],
)
def test_flights_provably_under_eight_hours_list_nobody_for_tuberculosis(
    story, of_case, of_contact, expected
):
    story.case()
    story.case_leg(**FLIGHT, seat="9A", **of_case)
    story.aboard("P1", **FLIGHT, seat="9C", **of_contact)
    assert expected == story.answers("who-tb")["P1"]


@pytest.mark.parametrize(("alight", "expected"), [("08:14", "not_found"), ("08:15", "close")])
def test_a_quarter_of_an_hour_together_counts(story, alight, expected):
    train = {"mode": "train", "number": "K1", "carriage": "3"}
    story.case()
    story.case_leg(
        **train, seat="5A", board_time="2020-01-20T08:00", alight_time="2020-01-20T12:00"
    )
    times = {"board_time": "2020-01-20T07:00", "alight_time": f"2020-01-20T{alight}"}
    story.aboard("P1", **train, seat="6A", **times)
    assert expected == story.answers("cdc-covid")["P1"]


@pytest.mark.parametrize(
    ("specimen", "expected"), [("2020-04-19", "close"), ("2020-04-20", "not_found")]
)
def test_tuberculosis_counts_ninety_days_back_from_the_specimen(story, specimen, expected):
    story.case(onset_date="2020-01-01", specimen_date=specimen, isolated_at="")
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="9C")
    answers = story.answers("who-tb")
    assert expected == answers["P1"]


def test_tuberculosis_asks_for_no_observation(story):
    story.case()
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="9C")
    assert story.answers("who-tb").ask("P1").exposures[0].observe_until is None
