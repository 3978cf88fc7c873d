"""Until when somebody is observed: each trip by itself, whichever two a label keeps."""

from tests.scenarios.episodes import Episodes

episodes = Episodes()


def trip(episode, which, day, seat):
    """A trip of a case of its own on one day of January, the traveller near or far."""
    flight = {"mode": "flight", "number": f"MU{episode.number}{which}"}
    date = f"2020-01-{day}"
    episode.case(which, onset_date=date, isolated_at="2020-02-10")
    episode.case_leg(which, **flight, seat="9A", service_date=date)
    episode.aboard("P1", **flight, seat=seat, service_date=date)


NEAR, FAR = "9C", "30C"


def days_of(answers):
    return [
        (each.tier.word, each.observe_until.isoformat()) for each in answers.ask("P1").exposures
    ]


@episodes
def two_trips(episode):
    trip(episode, "1", 20, NEAR)
    trip(episode, "2", 22, NEAR)


def test_each_trip_is_observed_by_its_own_days(answers_of):
    assert [("close", "2020-02-05"), ("close", "2020-02-03")] == days_of(answers_of(two_trips))


@episodes
def near_early_and_far_late(episode):
    trip(episode, "1", 18, NEAR)
    trip(episode, "2", 19, NEAR)
    trip(episode, "3", 20, NEAR)
    trip(episode, "4", 27, FAR)
    trip(episode, "5", 26, FAR)


def test_a_milder_trip_that_is_observed_for_longer_is_not_left_out(answers_of):
    answers = answers_of(near_early_and_far_late)
    assert [("close", "2020-02-03"), ("general", "2020-02-10")] == days_of(answers)
    assert 5 == answers.ask("P1").total


@episodes
def near_late(episode):
    trip(episode, "1", 18, NEAR)
    trip(episode, "2", 27, NEAR)
    trip(episode, "3", 20, FAR)


def test_of_trips_observed_no_longer_the_next_worst_is_kept(answers_of):
    assert [("close", "2020-02-10"), ("close", "2020-02-01")] == days_of(answers_of(near_late))
