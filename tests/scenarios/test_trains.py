"""Trains: carriages, overlap by stops and times, runs past midnight."""

import pytest

from tests.scenarios.episodes import Episodes

TRAIN = {"mode": "train", "number": "K1"}
episodes = Episodes()


def stops(story, *calls, number="K1"):
    """Write a timetable: (stop, departure) in order."""
    for sequence, (stop, departure) in enumerate(calls, 1):
        story.row(
            "timetable",
            mode="train",
            number=number,
            stop_seq=str(sequence),
            stop=stop,
            departure=departure,
        )


@pytest.fixture(scope="module")
def answers(module_story):
    """A case in carriage 3 from Beta to Gamma, of a run Alpha, Beta, Gamma, Delta."""
    story = module_story
    story.case()
    stops(story, ("Alpha", "08:00"), ("Beta", "09:00"), ("Gamma", "10:00"), ("Delta", "11:00"))
    story.case_leg(**TRAIN, carriage="3", seat="5A", board="Beta", alight="Gamma")
    for document, carriage, board, alight in (
        ("PSAME", "03号车厢", "Alpha", "Delta"),
        ("POTHER", "4", "Alpha", "Delta"),
        ("PNOCAR", "", "Alpha", "Delta"),
        ("PBEFORE", "3", "Alpha", "Beta"),
        ("PAFTER", "3", "Gamma", "Delta"),
        ("PINTO", "3", "Alpha", "Gamma"),
        ("PNOSTOP", "3", "", ""),
        ("PELSE", "3", "Omega", "Delta"),
        ("PREVERSE", "3", "Delta", "Gamma"),
        ("PINSEAT", "", "Alpha", "Delta"),
    ):
        seat = "03车15A" if document == "PINSEAT" else "9B"
        story.aboard(document, **TRAIN, carriage=carriage, seat=seat, board=board, alight=alight)
    story.aboard("PSTANDS", **TRAIN, carriage="3", seat="无座", board="Beta", alight="Gamma")
    story.aboard("PCREW3", **TRAIN, carriage="3", role="crew")
    story.aboard("PCREW9", **TRAIN, carriage="9-12", role="crew")
    story.aboard("PCREW", **TRAIN, role="crew")
    return story.answers()


@pytest.mark.parametrize(
    "document", ["PSAME", "PINTO", "PSTANDS", "PCREW3", "PINSEAT"], ids=lambda text: text
)
def test_everyone_in_the_carriage_while_the_case_was_there_is_close(answers, document):
    assert "close" == answers[document]


@pytest.mark.parametrize("document", ["POTHER", "PCREW9"])
def test_another_carriage_is_not_listed(answers, document):
    assert "not_found" == answers[document]


@pytest.mark.parametrize("document", ["PBEFORE", "PAFTER"])
def test_who_left_before_or_boarded_after_is_not_listed(answers, document):
    assert "not_found" == answers[document]


@pytest.mark.parametrize("document", ["PNOCAR", "PNOSTOP", "PELSE", "PREVERSE", "PCREW"])
def test_what_is_not_known_or_makes_no_sense_widens(answers, document):
    assert "close" == answers[document]


def test_the_widenings_are_counted(answers, module_story):
    widenings = module_story.report.widenings
    assert 1 == widenings["carriage_unknown"]
    assert 5 == widenings["overlap_assumed"], "no stops: PNOSTOP, PREVERSE, both crew; half: PELSE"


@episodes
def no_timetable(episode):
    episode.case()
    episode.case_leg(**episode.train, carriage="3", board="Beta", alight="Gamma")
    episode.aboard("P1", **episode.train, carriage="3", board="Gamma", alight="Delta")


def test_without_a_timetable_overlap_is_assumed(answers_of):
    assert "close" == answers_of(no_timetable)["P1"]


@episodes
def times_of_both(episode):
    episode.case()
    episode.case_leg(
        **episode.train, carriage="3", board_time="2020-01-20T08:00", alight_time="2020-01-20T09:00"
    )
    for document, board, alight in (("P1", "09:00", "11:00"), ("P2", "08:59", "11:00")):
        episode.aboard(
            document,
            **episode.train,
            carriage="3",
            board_time=f"2020-01-20T{board}",
            alight_time=f"2020-01-20T{alight}",
        )


def test_times_of_both_deny_an_overlap_without_a_timetable(answers_of):
    answers = answers_of(times_of_both)
    assert ("not_found", "close") == (answers["P1"], answers["P2"])


@episodes
def end_before_start(episode):
    episode.case()
    episode.case_leg(
        **episode.train, carriage="3", board_time="2020-01-20T08:00", alight_time="2020-01-10T09:00"
    )
    episode.aboard("P1", **episode.train, carriage="3", board_time="2020-01-20T12:00")


def test_times_that_end_before_they_start_deny_nothing(answers_of):
    assert "close" == answers_of(end_before_start)["P1"]


@episodes
def times_with_an_offset(episode):
    episode.case()
    episode.case_leg(
        **episode.train,
        carriage="3",
        board_time="2020-01-20T00:00:00Z",
        alight_time="2020-01-20T01:00:00Z",
    )
    episode.aboard(
        "P1",
        **episode.train,
        carriage="3",
        board_time="2020-01-20T08:30",
        alight_time="2020-01-20T10:30",
    )
    episode.aboard("P2", **episode.train, carriage="3", board_time="2020-01-20T09:00")


def test_a_time_with_an_offset_is_put_on_the_shanghai_clock(answers_of):
    answers = answers_of(times_with_an_offset)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes
def two_stations_of_a_city(episode):
    """The timetable knows 武汉 only: who boards at 汉口 may have met who left at 武昌."""
    episode.case()
    calls = (("北京", "08:00"), ("武汉", "12:00"), ("长沙", "15:00"))
    stops(episode, *calls, number=episode.train["number"])
    for station in ("武昌", "汉口"):
        episode.row("stops", stop=station, city="武汉")
    episode.case_leg(**episode.train, carriage="3", board="北京", alight="武昌")
    episode.aboard("P1", **episode.train, carriage="3", board="汉口", alight="长沙")
    episode.aboard("P2", **episode.train, carriage="3", board="武汉站", alight="长沙")


def test_a_city_is_no_proof_against_one_of_its_stations(answers_of):
    assert "close" == answers_of(two_stations_of_a_city)["P1"]


@episodes
def a_later_city(episode):
    episode.case()
    calls = (("北京", "08:00"), ("武汉", "12:00"), ("长沙", "15:00"), ("广州", "20:00"))
    stops(episode, *calls, number=episode.train["number"])
    episode.row("stops", stop="武昌", city="武汉")
    episode.case_leg(**episode.train, carriage="3", board="北京", alight="武昌")
    episode.aboard("P1", **episode.train, carriage="3", board="长沙", alight="广州")
    episode.aboard("P2", **episode.train, carriage="3", board="北京", alight="广州")


def test_a_city_is_proof_against_a_later_city(answers_of):
    answers = answers_of(a_later_city)
    assert ("not_found", "close") == (answers["P1"], answers["P2"])


@episodes.of_each("25:00", "01:00")
def boarding_after_midnight(episode, late):
    episode.case()
    end = "30:00" if late > "24" else "6:00"
    calls = (("Alpha", "20:00"), ("Beta", late), ("Gamma", end))
    stops(episode, *calls, number=episode.train["number"])
    episode.case_leg(**episode.train, carriage="3", board="Alpha", alight="Gamma")
    boarding = {"carriage": "3", "board": "Beta", "alight": "Gamma"}
    episode.aboard("P1", **episode.train, **boarding, service_date="2020-01-21")
    episode.aboard("P2", **episode.train, **boarding, service_date="2020-01-20")
    episode.aboard("P3", **episode.train, carriage="3", service_date="2020-01-21")


@pytest.mark.parametrize("late", ["25:00", "01:00"], ids=["past 24:00", "next day"])
def test_who_boards_after_midnight_shares_the_run_of_the_day_before(answers_of, late):
    answers = answers_of(boarding_after_midnight, late)
    assert "close" == answers["P1"]
    assert "not_found" == answers["P2"], "boarded yesterday's run after midnight"
    assert "close" == answers["P3"], "stop unknown on an overnight run: every possible date"


@episodes
def times_past_midnight(episode):
    episode.case()
    episode.case_leg(
        **episode.train, carriage="3", board_time="2020-01-20T20:00", alight_time="2020-01-21T06:00"
    )
    episode.aboard(
        "P1",
        **episode.train,
        carriage="3",
        service_date="2020-01-21",
        board_time="2020-01-21T01:00",
        alight_time="2020-01-21T06:00",
    )
    episode.aboard(
        "P2",
        **episode.train,
        carriage="3",
        service_date="2020-01-21",
        board_time="2020-01-21T20:00",
        alight_time="2020-01-22T06:00",
    )


def test_without_a_timetable_the_times_show_a_run_past_midnight(answers_of):
    answers = answers_of(times_past_midnight)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes
def offset_past_midnight(episode):
    episode.case()
    episode.case_leg(**{**episode.train, "service_date": "2020-01-21"}, carriage="3")
    episode.aboard("P1", **episode.train, carriage="3", alight_time="2020-01-20T20:30:00Z")
    episode.aboard("P2", **episode.train, carriage="3", alight_time="2020-01-20T20:30:00")


def test_without_a_timetable_a_time_with_an_offset_may_show_a_run_past_midnight(answers_of):
    answers = answers_of(offset_past_midnight)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


@episodes
def dual_number(episode):
    episode.case()
    episode.case_leg(mode="train", number="Z11/Z14", carriage="3")
    episode.aboard("P1", mode="train", number="Z14", carriage="3")
    episode.aboard("P2", mode="train", number="Z11", carriage="3")


def test_a_dual_number_is_one_train(answers_of):
    answers = answers_of(dual_number)
    assert ("close", "close") == (answers["P1"], answers["P2"])
    assert "Z14" == answers.ask("P1").exposures[0].number


@episodes
def no_rule_for_trains(episode):
    episode.rules = "au-2020"
    episode.case()
    episode.case_leg(**episode.train, carriage="3")
    episode.aboard("P1", **episode.train, carriage="3")


def test_a_rule_set_without_trains_says_so(answers_of):
    assert "not_found" == answers_of(no_rule_for_trains)["P1"]
    assert any("by train: au-2020 has no rule" in remark for remark in answers_of.report.remarks)
