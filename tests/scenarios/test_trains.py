"""Trains: carriages, compartments and bays, overlap by stops and times, runs past midnight."""

import pytest

TRAIN = {"mode": "train", "number": "K1"}


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


def test_without_a_timetable_overlap_is_assumed(story):
    story.case()
    story.case_leg(**TRAIN, carriage="3", board="Beta", alight="Gamma")
    story.aboard("P1", **TRAIN, carriage="3", board="Gamma", alight="Delta")
    assert "close" == story.answers()["P1"]


def test_times_of_both_deny_an_overlap_without_a_timetable(story):
    story.case()
    story.case_leg(
        **TRAIN, carriage="3", board_time="2020-01-20T08:00", alight_time="2020-01-20T09:00"
    )
    for document, board, alight in (("P1", "09:00", "11:00"), ("P2", "08:59", "11:00")):
        story.aboard(
            document,
            **TRAIN,
            carriage="3",
            board_time=f"2020-01-20T{board}",
            alight_time=f"2020-01-20T{alight}",
        )
    answers = story.answers()
    assert ("not_found", "close") == (answers["P1"], answers["P2"])


def test_times_that_end_before_they_start_deny_nothing(story):
    story.case()
    story.case_leg(
        **TRAIN, carriage="3", board_time="2020-01-20T08:00", alight_time="2020-01-10T09:00"
    )
    story.aboard("P1", **TRAIN, carriage="3", board_time="2020-01-20T12:00")
    assert "close" == story.answers()["P1"]


def test_a_time_with_an_offset_is_put_on_the_shanghai_clock(story):
    story.case()
    story.case_leg(
        **TRAIN,
        carriage="3",
        board_time="2020-01-20T00:00:00Z",
        alight_time="2020-01-20T01:00:00Z",
    )
    story.aboard(
        "P1",
        **TRAIN,
        carriage="3",
        board_time="2020-01-20T08:30",
        alight_time="2020-01-20T10:30",
    )
    story.aboard("P2", **TRAIN, carriage="3", board_time="2020-01-20T09:00")
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


def test_a_city_is_no_proof_against_one_of_its_stations(story):
    """The timetable knows 武汉 only: who boards at 汉口 may have met who left at 武昌."""
    story.case()
    stops(story, ("北京", "08:00"), ("武汉", "12:00"), ("长沙", "15:00"))
    for station in ("武昌", "汉口"):
        story.row("stops", stop=station, city="武汉")
    story.case_leg(**TRAIN, carriage="3", board="北京", alight="武昌")
    story.aboard("P1", **TRAIN, carriage="3", board="汉口", alight="长沙")
    story.aboard("P2", **TRAIN, carriage="3", board="武汉站", alight="长沙")
    assert "close" == story.answers()["P1"]


def test_a_city_is_proof_against_a_later_city(story):
    story.case()
    stops(story, ("北京", "08:00"), ("武汉", "12:00"), ("长沙", "15:00"), ("广州", "20:00"))
    story.row("stops", stop="武昌", city="武汉")
    story.case_leg(**TRAIN, carriage="3", board="北京", alight="武昌")
    story.aboard("P1", **TRAIN, carriage="3", board="长沙", alight="广州")
    story.aboard("P2", **TRAIN, carriage="3", board="北京", alight="广州")
    answers = story.answers()
    assert ("not_found", "close") == (answers["P1"], answers["P2"])


@pytest.mark.parametrize("late", ["25:00", "01:00"], ids=["past 24:00", "next day"])
def test_who_boards_after_midnight_shares_the_run_of_the_day_before(story, late):
    story.case()
    stops(story, ("Alpha", "20:00"), ("Beta", late), ("Gamma", "30:00" if late > "24" else "6:00"))
    story.case_leg(**TRAIN, carriage="3", board="Alpha", alight="Gamma")
    boarding = {"carriage": "3", "board": "Beta", "alight": "Gamma"}
    story.aboard("P1", **TRAIN, **boarding, service_date="2020-01-21")
    story.aboard("P2", **TRAIN, **boarding, service_date="2020-01-20")
    story.aboard("P3", **TRAIN, carriage="3", service_date="2020-01-21")
    answers = story.answers()
    assert "close" == answers["P1"]
    assert "not_found" == answers["P2"], "boarded yesterday's run after midnight"
    assert "close" == answers["P3"], "stop unknown on an overnight run: every possible date"


def test_without_a_timetable_the_times_show_a_run_past_midnight(story):
    story.case()
    story.case_leg(
        **TRAIN, carriage="3", board_time="2020-01-20T20:00", alight_time="2020-01-21T06:00"
    )
    story.aboard(
        "P1",
        **TRAIN,
        carriage="3",
        service_date="2020-01-21",
        board_time="2020-01-21T01:00",
        alight_time="2020-01-21T06:00",
    )
    story.aboard(
        "P2",
        **TRAIN,
        carriage="3",
        service_date="2020-01-21",
        board_time="2020-01-21T20:00",
        alight_time="2020-01-22T06:00",
    )
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


def test_without_a_timetable_a_time_with_an_offset_may_show_a_run_past_midnight(story):
    story.case()
    story.case_leg(**{**TRAIN, "service_date": "2020-01-21"}, carriage="3")
    story.aboard("P1", **TRAIN, carriage="3", alight_time="2020-01-20T20:30:00Z")
    story.aboard("P2", **TRAIN, carriage="3", alight_time="2020-01-20T20:30:00")
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


def test_a_dual_number_is_one_train(story):
    story.case()
    story.case_leg(mode="train", number="Z11/Z14", carriage="3")
    story.aboard("P1", mode="train", number="Z14", carriage="3")
    story.aboard("P2", mode="train", number="Z11", carriage="3")
    answers = story.answers()
    assert ("close", "close") == (answers["P1"], answers["P2"])
    assert "Z14" == answers.ask("P1").exposures[0].number


def sleeper(story, **description):
    """A case in berth 6 of carriage 12, and travellers in berths 1 to 16 and in carriage 11."""
    story.case()
    story.case_leg(**TRAIN, carriage="12", seat="6号下铺")
    if description:
        story.row("carriages", **TRAIN, carriage="12", **description)
    for berth in (1, 5, 8, 9, 12, 13):
        story.aboard(f"P{berth}", **TRAIN, carriage="12", seat=f"{berth}号上铺")
    story.aboard("PUNKNOWN", **TRAIN, carriage="12", seat="")
    story.aboard("P11", **TRAIN, carriage="11", seat="6号下铺")
    answers = story.answers()
    return {document: answers[f"P{document}"] for document in (1, 5, 8, 9, 12, 13, "UNKNOWN", 11)}


UNITS = "1-4,5-8,9-12,13-16"


def test_soft_sleeper_lists_the_compartment_only(story):
    tiers = sleeper(story, **{"class": "soft_sleeper", "aircon": "yes", "units": UNITS})
    assert {5, 8, "UNKNOWN"} == {who for who, tier in tiers.items() if tier == "close"}


def test_hard_sleeper_with_air_conditioning_lists_the_carriage(story):
    tiers = sleeper(story, **{"class": "hard_sleeper", "aircon": "yes", "units": UNITS})
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_an_ordinary_carriage_lists_the_bay_and_its_neighbours(story):
    tiers = sleeper(story, **{"class": "hard_sleeper", "aircon": "no", "units": UNITS})
    assert {13, 11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_without_units_a_compartment_is_the_whole_carriage(story):
    tiers = sleeper(story, **{"class": "soft_sleeper", "aircon": "yes"})
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_a_carriage_of_unknown_class_is_hard_seat_with_air_conditioning(story):
    tiers = sleeper(story)
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}
    assert 7 == story.report.widenings["class_unknown"]


def test_a_description_of_the_date_goes_before_one_of_all_dates(story):
    story.row("carriages", **TRAIN, carriage="12", **{"class": "hard_seat"})
    tiers = sleeper(
        story, **{"service_date": "2020-01-20", "class": "soft_sleeper", "units": UNITS}
    )
    assert "not_found" == tiers[9]


def test_a_rule_set_without_trains_says_so(story):
    story.case()
    story.case_leg(**TRAIN, carriage="3")
    story.aboard("P1", **TRAIN, carriage="3")
    assert "not_found" == story.answers("au-2020")["P1"]
    assert any("by train: au-2020 has no rule" in remark for remark in story.report.remarks)
