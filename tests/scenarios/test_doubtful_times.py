"""Timetables and times that leave a day or an order open, or cannot be: nobody is missed."""

import pytest

from tests.scenarios.episodes import Episodes, ride

NEXT_DAY = "2020-01-21"
IMPOSSIBLE_ENDS = ["2020-01-12T18:00", "2020-02-12T18:00"]

episodes = Episodes()


def stops(story, *calls, number="K1"):
    """(stop, arrival, departure), in order; a fourth part is the stop_seq."""
    for place, (stop, arrival, departure, *sequence) in enumerate(calls, 1):
        story.row(
            "timetable",
            mode="train",
            number=number,
            stop_seq=str(sequence[0] if sequence else place),
            stop=stop,
            arrival=arrival,
            departure=departure,
        )


@episodes.of_each(*IMPOSSIBLE_ENDS)
def impossible_end(episode, alight):
    episode.case()
    episode.case_leg(**ride(train=episode.train, alight_time=alight))
    times = {"board_time": "2020-01-20T09:00", "alight_time": "2020-01-20T18:00"}
    episode.aboard("P1", **ride(train=episode.train, **times))


@pytest.mark.parametrize("alight", IMPOSSIBLE_ENDS)
def test_an_impossible_end_proves_nothing(answers_of, alight):
    assert "close" == answers_of(impossible_end, alight)["P1"]


@episodes
def boarding_on_another_date(episode):
    episode.case()
    times = {"board_time": "2020-01-21T08:00", "alight_time": "2020-01-21T09:00"}
    episode.case_leg(**ride(train=episode.train, **times))
    times = {"board_time": "2020-01-20T08:00", "alight_time": "2020-01-20T09:00"}
    episode.aboard("P1", **ride(train=episode.train, **times))


def test_a_boarding_time_of_another_date_than_the_ticket_proves_nothing(answers_of):
    assert "close" == answers_of(boarding_on_another_date)["P1"]


def test_a_timetable_without_times_still_leaves_the_night_open(story):
    story.case()
    stops(story, ("Alpha", "", ""), ("Beta", "", ""), ("Gamma", "", ""), ("Delta", "", ""))
    night = {"board_time": "2020-01-20T22:00", "alight_time": "2020-01-21T06:00"}
    story.case_leg(**ride("Alpha", "Delta", **night))
    story.aboard("P1", **ride("Gamma", "Delta", service_date=NEXT_DAY))
    story.aboard("P2", **ride("Beta", "Gamma"))
    answers = story.answers()
    assert ("close", "close") == (answers["P1"], answers["P2"])
    assert "timetable: 1 runs have no times, only an order" in story.report.remarks


@episodes
def call_without_times(episode):
    episode.case()
    stops(
        episode,
        ("Alpha", "", "22:00"),
        ("Beta", "", ""),
        ("Gamma", "3:00", ""),
        ("Delta", "6:00", ""),
        number=episode.train["number"],
    )
    episode.case_leg(**ride("Alpha", "Delta", episode.train))
    episode.aboard("P1", **ride("Beta", "Delta", episode.train, service_date=NEXT_DAY))
    episode.aboard("P2", **ride("Beta", "Delta", episode.train))


def test_a_call_without_times_may_be_before_or_after_midnight(answers_of):
    answers = answers_of(call_without_times)
    assert ("close", "close") == (answers["P1"], answers["P2"])


def test_a_departure_shortly_before_its_arrival_is_not_a_new_day_for_certain(story):
    story.case()
    stops(
        story,
        ("Alpha", "", "08:00"),
        ("Beta", "10:05", "10:00"),
        ("Gamma", "12:00", "12:05"),
        ("Delta", "14:00", ""),
    )
    story.case_leg(**ride("Alpha", "Delta"))
    story.aboard("P1", **ride("Gamma", "Delta"))
    assert "close" == story.answers()["P1"]
    assert "timetable: the times of 1 runs leave a day open" in story.report.remarks


@episodes
def two_calls_of_one_number(episode):
    episode.case()
    stops(
        episode,
        ("Alpha", "", "", 1),
        ("Beta", "", "", 2),
        ("Gamma", "", "", 2),
        ("Delta", "", "", 3),
        number=episode.train["number"],
    )
    episode.case_leg(**ride("Alpha", "Beta", episode.train))
    episode.aboard("P1", **ride("Gamma", "Delta", episode.train))
    episode.aboard("P2", **ride("Beta", "Delta", episode.train))


def test_calls_of_one_sequence_number_have_no_order(answers_of):
    answers = answers_of(two_calls_of_one_number)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes
def divided_timetable(episode):
    episode.case()
    stops(episode, ("Alpha", "", "20:00"), ("Beta", "23:50", ""), number="Z11")
    stops(episode, ("Gamma", "", "3:00"), ("Delta", "6:00", ""), number="Z14")
    where = {"mode": "train", "carriage": "8"}
    episode.case_leg(**where, number="Z11/Z14", board="Alpha", alight="Delta")
    episode.aboard("P1", **where, number="Z14", board="Gamma", service_date=NEXT_DAY)


def test_a_timetable_divided_where_the_number_changes_leaves_the_days_open(answers_of):
    assert "close" == answers_of(divided_timetable)["P1"]


@episodes
def late_train(episode):
    episode.case(onset_date="2020-01-23")
    calls = (("Alpha", "", "20:00"), ("Beta", "23:50", ""))
    stops(episode, *calls, number=episode.train["number"])
    late = {"alight_time": "2020-01-21T00:30"}
    episode.case_leg(**ride("Alpha", "Beta", episode.train, **late))
    episode.aboard("P1", **ride("Alpha", "Beta", episode.train))


def test_a_late_train_counts_by_the_time_it_came(answers_of):
    assert "close" == answers_of(late_train)["P1"]
