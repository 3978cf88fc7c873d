"""Cells of dates that name several days, another clock or another order: whole or not at all."""

import pytest

from tests.scenarios.episodes import Episodes, ride

episodes = Episodes()
SEVERAL = ["2020年1月19日-20日", "2020-01-19 to 2020-01-20", "2020.1.19、2020.1.20"]
MOMENTS = ["2020-01-19T16:00:00.000Z", "20 January 2020, 5:00 pm", "2020年1月20日（周一）"]
UNUSABLE = {
    "2020-01-20 to 2020-01-29": "more than 7 days: give each trip its boarding date",
    "03/04/2020": "a date with two readings in this file (YYYY-MM-DD has one)",
    "1月20日": "a date without its year (YYYY-MM-DD)",
    "2020-01-20前后": "not a date (YYYY-MM-DD) from 2019 on",
}
UNREACHED = 2 * len(SEVERAL) + len(MOMENTS) + 1  # legs on other days than a case
WIDE = ("2020-01-18", "2020-01-19", "2020-01-20", "2020-01-21")


def aboard_each_day(episode):
    for day in WIDE:
        train = ride(train=episode.train, seat="2A", service_date=day)
        episode.aboard(f"P{day[-2:]}", **train)


@episodes.of_each(*SEVERAL)
def case_on_several_days(episode, written):
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="1A", service_date=written))
    aboard_each_day(episode)


@pytest.mark.parametrize("written", SEVERAL)
def test_whoever_was_aboard_on_any_day_of_a_case_is_listed(answers_of, written):
    answers = answers_of(case_on_several_days, written)
    expected = ["not_found", "close", "close", "not_found"]
    assert expected == [answers[f"P{day[-2:]}"] for day in WIDE]


@episodes
def traveller_on_several_days(episode):
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="1A"))
    for number in range(2):
        train = ride(train=episode.train, seat=f"{number + 2}A")
        episode.aboard(f"P{number}", **train, service_date=f"2020-01-{19 + number}至20日")
    for _ in range(2):  # the same row twice
        train = ride(train=episode.train, seat="4A", service_date="2020年1月20日、21日")
        episode.aboard("P4", **train)


def test_a_traveller_of_several_days_is_listed_on_the_day_of_the_case_alone(answers_of):
    exposures = answers_of(traveller_on_several_days).ask("P4").exposures
    assert ["2020-01-20"] == [exposure.service_date.isoformat() for exposure in exposures]


@episodes.of_each(*MOMENTS)
def one_day_in_another_form(episode, written):
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="1A", service_date=written))
    episode.aboard("P1", **ride(train=episode.train, seat="2A"))
    episode.aboard("P2", **ride(train=episode.train, seat="2A", service_date="2020-01-19"))


@pytest.mark.parametrize("written", MOMENTS)
def test_a_moment_is_the_day_on_the_clock_of_shanghai(answers_of, written):
    answers = answers_of(one_day_in_another_form, written)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes.of_each("31/01/2020", "03/02/2020")
def case_dated_by_its_column(episode, isolated):
    episode.case(isolated_at=isolated)
    episode.case_leg(**ride(train=episode.train, seat="1A"), board_time="19:30 or 20:30")
    episode.case_leg(**ride(train=episode.train, seat="1A", service_date="2020-02-02"))
    train = ride(train=episode.train, seat="2A", service_date="2020-02-02")
    episode.aboard("P1", **train)


@pytest.mark.parametrize(
    ("isolated", "expected"), [("31/01/2020", "not_found"), ("03/02/2020", "close")]
)
def test_the_dates_of_cases_are_read_in_the_order_that_their_column_proves(
    answers_of, isolated, expected
):
    assert expected == answers_of(case_dated_by_its_column, isolated)["P1"]


def test_a_time_of_a_case_that_is_not_wholly_understood_is_told(answers_of):
    reason = "not a date with a time, taken as unknown"
    assert ("case_legs", "board_time", reason, 2) in answers_of.report.warnings


@episodes
def met_on_several_days(episode):
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="1A"))
    who = {"id_type": "other", "id_number": episode.document("P1"), "name": "Traveller"}
    days = "2020-01-20 to 2020-01-21"
    episode.row("contacts", case_id=f"C{episode.number}", exposure_date=days, **who)


def test_a_contact_met_on_several_days_is_listed_for_the_last(answers_of):
    answers = answers_of(met_on_several_days)
    exposures = answers.ask("P1", "Traveller").exposures
    assert {"2020-01-21"} == {one.service_date.isoformat() for one in exposures}


@episodes.of_each(*UNUSABLE)
def date_that_is_none(episode, written):
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="1A"))
    episode.aboard("PX", **ride(train=episode.train, seat="2A", service_date=written))
    for number in range(30):  # of a whole table, few rows may be rejected
        episode.aboard(f"P{number}", **ride(train=episode.train, seat="2A"))


@pytest.mark.parametrize(("written", "reason"), UNUSABLE.items())
def test_a_leg_whose_date_is_not_wholly_understood_is_rejected_and_says_why(
    answers_of, written, reason
):
    assert "not_found" == answers_of(date_that_is_none, written)["PX"]
    assert ("legs", "service_date", reason, 1) in answers_of.report.reasons


def test_rows_of_several_days_are_counted_once_and_told(answers_of):
    report = answers_of.report
    reason = ("service_date", "names several days, each counts")
    warnings = {(table, *text): count for table, *text, count in report.warnings}
    assert len(SEVERAL) == warnings["case_legs", *reason]
    assert 3 == warnings["legs", *reason]  # P0 and both rows of P4
    folder = answers_of(traveller_on_several_days).episode.story.folder
    (path,) = folder.glob(f"out-*/rejects/{report.build_id}.csv")
    lines = path.read_text("utf-8").splitlines()
    assert 3 == sum(
        line.startswith("legs,") and line.endswith(f'kept: {reason[1]}"') for line in lines
    )
    assert len(episodes.tellers) + 2 == report.case_legs == report.rows["case_legs"]
    assert {"legs": len(UNUSABLE), "case_legs": 0} == {
        table: report.rejected[table] for table in ("legs", "case_legs")
    }
    assert 1 == report.duplicates["legs"]
    assert report.compared["legs"] == report.rows["legs"] - len(UNUSABLE) - UNREACHED
