"""Which trips of a case count, and that a case is not its own contact."""

import pytest

from tests.scenarios.episodes import Episodes

FLIGHT = {"mode": "flight", "number": "CA1234"}

episodes = Episodes()


WINDOWS = {
    "two days before onset": ({"onset_date": "2020-01-22"}, "2020-01-20", "close"),
    "three days before onset": ({"onset_date": "2020-01-22"}, "2020-01-19", "not_found"),
    "day of isolation": ({"isolated_at": "2020-01-20T09:00"}, "2020-01-20", "close"),
    "after isolation": ({"isolated_at": "2020-01-20"}, "2020-01-21", "not_found"),
    "never isolated": ({"isolated_at": ""}, "2020-02-20", "close"),
    "no onset and no specimen": ({"onset_date": ""}, "2019-12-20", "close"),
    "specimen for onset, inside": (
        {"onset_date": "", "specimen_date": "2020-01-22"},
        "2020-01-20",
        "close",
    ),
    "specimen for onset, outside": (
        {"onset_date": "", "specimen_date": "2020-01-22"},
        "2020-01-19",
        "not_found",
    ),
    "asymptomatic counts from specimen": (
        {
            "classification": "asymptomatic",
            "onset_date": "2020-01-10",
            "specimen_date": "2020-01-22",
        },
        "2020-01-19",
        "not_found",
    ),
    "isolated before the window: no end": (
        {"onset_date": "2020-02-10", "isolated_at": "2020-01-20"},
        "2020-02-10",
        "close",
    ),
    "an onset that is no date is unknown": ({"onset_date": "soon"}, "2019-12-20", "close"),
}


@episodes.of_each(*WINDOWS)
def window(episode, name):
    cells, day, _ = WINDOWS[name]
    episode.case(**cells)
    episode.case_leg(**episode.flight, service_date=day, seat="9A")
    episode.aboard("P1", **episode.flight, service_date=day, seat="9C")


@pytest.mark.parametrize("name", WINDOWS)
def test_a_trip_counts_within_the_infectious_window(answers_of, name):
    assert WINDOWS[name][2] == answers_of(window, name)["P1"]


@episodes
def overnight_leg(episode):
    episode.case(onset_date="2020-01-23")
    night = {"board_time": "2020-01-20T22:00", "alight_time": "2020-01-21T07:00"}
    episode.case_leg(**episode.train, carriage="3", **night)
    episode.aboard("P1", **episode.train, carriage="3", **night)


def test_an_overnight_leg_counts_by_its_last_day(answers_of):
    assert "close" == answers_of(overnight_leg)["P1"]


@episodes
def two_cases_aboard(episode):
    for which, seat in (("A", "9A"), ("B", "10A")):
        number = episode.document(f"x-c{which}")
        episode.case(which, id_type="passport", id_number=number, name="Any Name")
        episode.case_leg(which, **episode.flight, seat=seat)
        episode.aboard(f"XC{which}", **episode.flight, seat=seat)


def test_a_case_is_not_its_own_contact_but_may_be_another_ones(answers_of):
    answers = answers_of(two_cases_aboard)
    assert ["close", "close"] == [answers["XCA"], answers["XCB"]]
    assert [1, 1] == [answers.ask("XCA").total, answers.ask("XCB").total]


@episodes
def only_case_aboard(episode):
    case = episode.document("XC1")
    episode.case(id_type="passport", id_number=case, name=f"Traveller {case}")
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("XC1", **episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")


def test_the_only_case_aboard_is_told_nothing(answers_of):
    answers = answers_of(only_case_aboard)
    assert ("not_found", "close") == (answers["XC1"], answers["P1"])


@episodes
def case_with_two_documents(episode):
    case, other = episode.document("XC1"), episode.document("YC1")
    episode.case(id_type="passport", id_number=case, name="")
    episode.row("documents", person_key="k", id_type="passport", id_number=case, name="")
    episode.row("documents", person_key="k", id_type="other", id_number=other, name="")
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("YC1", **episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")


def test_the_case_is_known_by_any_of_its_documents(answers_of):
    assert "not_found" == answers_of(case_with_two_documents)["YC1"]


def test_manifests_alone_tell_the_trips_of_a_case(story):
    story.case(id_type="resident", id_number="99010219800101001X", name="甲某")
    story.aboard("99010219800101001x", **FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="10A")
    story.aboard("P2", **FLIGHT, seat="20A")
    answers = story.answers("au-2020")
    assert ("close", "not_found") == (answers["P1"], answers["P2"])
    assert 1 == story.report.case_legs_from_manifests


@episodes
def old_number_in_a_manifest(episode):
    episode.rules = "au-2020"
    episode.case(id_type="resident", id_number="99010219800101001X", name="甲某")
    episode.story.aboard("990102800101001", **episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="10A")


def test_an_old_15_digit_number_in_a_manifest_is_the_same_case(answers_of):
    assert "close" == answers_of(old_number_in_a_manifest)["P1"]


@episodes
def trip_in_both_tables(episode):
    """The manifest row says no stops; the investigation proves that P1 boarded later."""
    train = {**episode.train, "carriage": "3"}
    episode.case(id_type="passport", id_number=episode.document("XC1"), name="")
    for sequence, stop in enumerate(("Alpha", "Beta", "Gamma"), 1):
        episode.row("timetable", **episode.train, stop_seq=str(sequence), stop=stop)
    episode.case_leg(**train, seat="5A", board="Alpha", alight="Beta")
    episode.aboard("XC1", **train, seat="5A")
    episode.aboard("P1", **train, seat="9A", board="Beta", alight="Gamma")


def test_the_investigators_word_on_a_trip_goes_before_the_same_row_of_the_manifest(answers_of):
    assert "not_found" == answers_of(trip_in_both_tables)["P1"]


@episodes
def another_seat_in_the_manifest(episode):
    episode.rules = "au-2020"
    episode.case(id_type="passport", id_number=episode.document("XC1"), name="")
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("XC1", **episode.flight, seat="30C")
    episode.aboard("P1", **episode.flight, seat="31A")


def test_a_manifest_that_knows_another_seat_adds_it(answers_of):
    assert "close" == answers_of(another_seat_in_the_manifest)["P1"]


def test_several_diseases_follow_their_own_rule_sets(story):
    story.case("C1", disease="新冠肺炎")
    story.case("C2", disease="麻疹")
    story.case_leg("C1", **FLIGHT, seat="9A")
    story.case_leg("C2", mode="flight", number="MU567", seat="9A")
    story.aboard("P1", **FLIGHT, seat="12A")
    story.aboard("P2", mode="flight", number="MU567", seat="12A")
    answers = story.answers("nhc-2020-03,cdc-measles")
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes
def plain_flight(episode):
    episode.case()
    episode.case_leg(**episode.flight, seat="9A")
    episode.aboard("P1", **episode.flight, seat="9C")


def test_observation_ends_fourteen_days_after_the_last_day_aboard(answers_of):
    assert "2020-02-03" == answers_of(plain_flight).ask("P1").exposures[0].observe_until.isoformat()
