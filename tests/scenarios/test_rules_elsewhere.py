"""Rules outside China: seats in every direction, hours aboard, infants, companions."""

import pytest

from tests.scenarios.episodes import Episodes

episodes = Episodes()

LONG = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T17:00"}
SHORT = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T15:59"}


@episodes.of_each("cdc-covid", "ecdc-covid", "cdc-measles", "who-tb", "au-2020")
def wide_body(episode, rules):
    """A case in 20E of rows of ABC-DEFG-HJK, and one traveller in each seat of rows 17 to 23."""
    episode.rules = rules
    episode.row("carriages", **episode.flight, rows="1-40", seats="ABC-DEFG-HJK")
    episode.case()
    episode.case_leg(**episode.flight, seat="20E", booking="bk1")
    for row in range(17, 24):
        for letter in "ABCDEFGHJK":
            episode.aboard(f"P{row}{letter}", **episode.flight, seat=f"{row}{letter}")
    episode.aboard("PCOMPANION", **episode.flight, seat="39A", booking="BK1")
    episode.aboard("PINFANT", **episode.flight, seat="39C", role="infant")
    episode.aboard("PFAR", **episode.flight, seat="39K")
    episode.aboard("PCREW", **episode.flight, role="crew", carriage="15-25")


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
def test_each_rule_set_draws_its_zone_in_a_wide_body(answers_of, rules, expected):
    assert expected == listed(answers_of(wide_body, rules), *OTHERS)


def test_a_companion_is_told_to_be_one(answers_of):
    answers = answers_of(wide_body, "ecdc-covid")
    assert ("companion", "crew") == (
        answers.relation("PCOMPANION"),
        answers.relation("PCREW"),
    )


@episodes
def no_layout(episode):
    episode.rules = "cdc-covid"
    episode.case()
    episode.case_leg(**episode.flight, seat="20E")
    episode.aboard("P1", **episode.flight, seat="21K")


def test_without_a_layout_of_seats_the_whole_row_counts(answers_of):
    assert "close" == answers_of(no_layout)["P1"]


HOURS = {
    "9 hours": (LONG, LONG, "close"),
    "under 8": (SHORT, SHORT, "not_found"),
    "under 8 by the case": (SHORT, {}, "not_found"),
    "under 8 by the contact": ({}, SHORT, "not_found"),
    "not known": ({}, {}, "close"),
}


@episodes.of_each(*HOURS)
def hours_aboard(episode, hours):
    of_case, of_contact, _ = HOURS[hours]
    episode.rules = "who-tb"
    episode.case()
    episode.case_leg(**episode.flight, seat="9A", **of_case)
    episode.aboard("P1", **episode.flight, seat="9C", **of_contact)


@pytest.mark.parametrize("hours", HOURS)
def test_flights_provably_under_eight_hours_list_nobody_for_tuberculosis(answers_of, hours):
    assert HOURS[hours][2] == answers_of(hours_aboard, hours)["P1"]


@episodes.of_each("08:14", "08:15")
def time_together(episode, alight):
    episode.rules = "cdc-covid"
    train = {**episode.train, "carriage": "3"}
    episode.case()
    episode.case_leg(
        **train, seat="5A", board_time="2020-01-20T08:00", alight_time="2020-01-20T12:00"
    )
    times = {"board_time": "2020-01-20T07:00", "alight_time": f"2020-01-20T{alight}"}
    episode.aboard("P1", **train, seat="6A", **times)


@pytest.mark.parametrize(("alight", "expected"), [("08:14", "not_found"), ("08:15", "close")])
def test_a_quarter_of_an_hour_together_counts(answers_of, alight, expected):
    assert expected == answers_of(time_together, alight)["P1"]


@episodes.of_each("2020-04-19", "2020-04-20")
def specimen_taken(episode, specimen):
    episode.rules = "who-tb"
    episode.case(onset_date="2020-01-01", specimen_date=specimen, isolated_at="")
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")


@pytest.mark.parametrize(
    ("specimen", "expected"), [("2020-04-19", "close"), ("2020-04-20", "not_found")]
)
def test_tuberculosis_counts_ninety_days_back_from_the_specimen(answers_of, specimen, expected):
    answers = answers_of(specimen_taken, specimen)
    assert expected == answers["P1"]


@episodes
def plain_flight(episode):
    episode.rules = "who-tb"
    episode.case()
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")


def test_tuberculosis_asks_for_no_observation(answers_of):
    assert answers_of(plain_flight).ask("P1").exposures[0].observe_until is None
