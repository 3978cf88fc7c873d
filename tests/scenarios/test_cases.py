"""Which trips of a case count, and that a case is not its own contact."""

import pytest

FLIGHT = {"mode": "flight", "number": "CA1234"}


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


@pytest.fixture(scope="module")
def told_of_windows(module_story):
    """One case, flight and traveller for each of WINDOWS."""
    for number, (cells, day, _) in enumerate(WINDOWS.values(), 100):
        flight = {"mode": "flight", "number": f"CA{number}", "service_date": day}
        module_story.case(f"C{number}", **cells)
        module_story.case_leg(f"C{number}", **flight, seat="9A")
        module_story.aboard(f"P{number}", **flight, seat="9C")
    return module_story.answers()


@pytest.mark.parametrize("name", WINDOWS)
def test_a_trip_counts_within_the_infectious_window(told_of_windows, name):
    number = 100 + list(WINDOWS).index(name)
    assert WINDOWS[name][2] == told_of_windows[f"P{number}"]


def test_an_overnight_leg_counts_by_its_last_day(story):
    story.case(onset_date="2020-01-23")
    night = {"board_time": "2020-01-20T22:00", "alight_time": "2020-01-21T07:00"}
    story.case_leg(mode="train", number="K1", carriage="3", **night)
    story.aboard("P1", mode="train", number="K1", carriage="3", **night)
    assert "close" == story.answers()["P1"]


def test_a_case_is_not_its_own_contact_but_may_be_another_ones(story):
    for case_id, seat in (("C1", "9A"), ("C2", "10A")):
        story.case(case_id, id_type="passport", id_number=f"x-{case_id}", name="Any Name")
        story.case_leg(case_id, **FLIGHT, seat=seat)
    story.aboard("XC1", **FLIGHT, seat="9A")
    story.aboard("XC2", **FLIGHT, seat="10A")
    answers = story.answers()
    assert ["close", "close"] == [answers["XC1"], answers["XC2"]]
    assert [1, 1] == [answers.ask("XC1").total, answers.ask("XC2").total]


def test_the_only_case_aboard_is_told_nothing(story):
    story.case(id_type="passport", id_number="XC1", name="Traveller XC1")
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("XC1", **FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="9C")
    answers = story.answers()
    assert ("not_found", "close") == (answers["XC1"], answers["P1"])


def test_the_case_is_known_by_any_of_its_documents(story):
    story.case(id_type="passport", id_number="XC1", name="")
    story.row("documents", person_key="k", id_type="passport", id_number="XC1", name="")
    story.row("documents", person_key="k", id_type="other", id_number="YC1", name="")
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("YC1", **FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="9C")
    assert "not_found" == story.answers()["YC1"]


def test_manifests_alone_tell_the_trips_of_a_case(story):
    story.case(id_type="resident", id_number="99010219800101001X", name="甲某")
    story.aboard("99010219800101001x", **FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="10A")
    story.aboard("P2", **FLIGHT, seat="20A")
    answers = story.answers("au-2020")
    assert ("close", "not_found") == (answers["P1"], answers["P2"])
    assert 1 == story.report.case_legs_from_manifests


def test_an_old_15_digit_number_in_a_manifest_is_the_same_case(story):
    story.case(id_type="resident", id_number="99010219800101001X", name="甲某")
    story.aboard("990102800101001", **FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="10A")
    assert "close" == story.answers("au-2020")["P1"]


def test_the_investigators_word_on_a_trip_goes_before_the_same_row_of_the_manifest(story):
    """The manifest row says no stops; the investigation proves that P1 boarded later."""
    train = {"mode": "train", "number": "K1", "carriage": "3"}
    story.case(id_type="passport", id_number="XC1", name="")
    for sequence, stop in enumerate(("Alpha", "Beta", "Gamma"), 1):
        story.row("timetable", mode="train", number="K1", stop_seq=str(sequence), stop=stop)
    story.case_leg(**train, seat="5A", board="Alpha", alight="Beta")
    story.aboard("XC1", **train, seat="5A")
    story.aboard("P1", **train, seat="9A", board="Beta", alight="Gamma")
    assert "not_found" == story.answers()["P1"]


def test_a_manifest_that_knows_another_seat_adds_it(story):
    story.case(id_type="passport", id_number="XC1", name="")
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("XC1", **FLIGHT, seat="30C")
    story.aboard("P1", **FLIGHT, seat="31A")
    assert "close" == story.answers("au-2020")["P1"]


def test_several_diseases_follow_their_own_rule_sets(story):
    story.case("C1", disease="covid-19")
    story.case("C2", disease="measles")
    story.case_leg("C1", **FLIGHT, seat="9A")
    story.case_leg("C2", mode="flight", number="MU567", seat="9A")
    story.aboard("P1", **FLIGHT, seat="12A")
    story.aboard("P2", mode="flight", number="MU567", seat="12A")
    answers = story.answers("covid-19=nhc-2020-03,measles=au-2020")
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


def test_observation_ends_fourteen_days_after_the_last_day_aboard(story):
    story.case()
    story.case_leg(**FLIGHT, seat="9A")
    story.aboard("P1", **FLIGHT, seat="9C")
    assert "2020-02-03" == story.answers().ask("P1").exposures[0].observe_until.isoformat()
