"""Contradictory, doubtful and placeholder data: nobody is missed, and nothing falls over."""

import pytest

from index_builder.sources.source import SourceRefused

TRAIN = {"mode": "train", "number": "K1"}
NEXT_DAY = "2020-01-21"


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


def ride(board="", alight="", **more):
    return {**TRAIN, "carriage": "8", "board": board, "alight": alight, **more}


def test_a_seat_that_names_another_carriage_leaves_the_rows_own_one_open(story):
    story.case()
    story.case_leg(**TRAIN, carriage="8", seat="03车12号")
    for carriage in ("3", "8", "5"):
        story.aboard(f"P{carriage}", **TRAIN, carriage=carriage)
    answers = story.answers()
    assert ["close", "close", "not_found"] == [answers["P3"], answers["P8"], answers["P5"]]


@pytest.mark.parametrize("alight", ["2020-01-12T18:00", "2020-02-12T18:00"])
def test_an_impossible_end_proves_nothing(story, alight):
    story.case()
    story.case_leg(**ride(alight_time=alight))
    story.aboard("P1", **ride(board_time="2020-01-20T09:00", alight_time="2020-01-20T18:00"))
    assert "close" == story.answers()["P1"]


def test_a_boarding_time_of_another_date_than_the_ticket_proves_nothing(story):
    story.case()
    story.case_leg(**ride(board_time="2020-01-21T08:00", alight_time="2020-01-21T09:00"))
    story.aboard("P1", **ride(board_time="2020-01-20T08:00", alight_time="2020-01-20T09:00"))
    assert "close" == story.answers()["P1"]


@pytest.mark.parametrize("filler", ["N/A", "UNKNOWN", "0000000", "xxxx", "none"])
def test_a_filler_for_a_number_makes_nobody_the_same_person(story, filler):
    story.case(id_type="passport", id_number="XC1", name="")
    story.case_leg(**ride())
    for person, document in (("a", "P1"), ("b", "XC1")):
        story.row("documents", person_key=person, id_type="other", id_number=document, name="")
        story.row("documents", person_key=person, id_type="other", id_number=filler, name="")
    story.aboard("P1", **ride())
    assert "close" == story.answers()["P1"]


def test_a_case_with_a_filler_for_a_number_rides_no_other_train(story):
    story.case(id_type="passport", id_number="UNKNOWN", name="")
    story.case_leg(**ride())
    story.aboard("UNKNOWN", mode="train", number="K200", carriage="3")
    story.aboard("P2", mode="train", number="K200", carriage="3")
    assert "not_found" == story.answers()["P2"]


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


def test_a_call_without_times_may_be_before_or_after_midnight(story):
    story.case()
    stops(
        story,
        ("Alpha", "", "22:00"),
        ("Beta", "", ""),
        ("Gamma", "3:00", ""),
        ("Delta", "6:00", ""),
    )
    story.case_leg(**ride("Alpha", "Delta"))
    story.aboard("P1", **ride("Beta", "Delta", service_date=NEXT_DAY))
    story.aboard("P2", **ride("Beta", "Delta"))
    answers = story.answers()
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


def test_calls_of_one_sequence_number_have_no_order(story):
    story.case()
    stops(
        story,
        ("Alpha", "", "", 1),
        ("Beta", "", "", 2),
        ("Gamma", "", "", 2),
        ("Delta", "", "", 3),
    )
    story.case_leg(**ride("Alpha", "Beta"))
    story.aboard("P1", **ride("Gamma", "Delta"))
    story.aboard("P2", **ride("Beta", "Delta"))
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["P2"])


def test_a_timetable_divided_where_the_number_changes_leaves_the_days_open(story):
    story.case()
    stops(story, ("Alpha", "", "20:00"), ("Beta", "23:50", ""), number="Z11")
    stops(story, ("Gamma", "", "3:00"), ("Delta", "6:00", ""), number="Z14")
    where = {"mode": "train", "carriage": "8"}
    story.case_leg(**where, number="Z11/Z14", board="Alpha", alight="Delta")
    story.aboard("P1", **where, number="Z14", board="Gamma", service_date=NEXT_DAY)
    assert "close" == story.answers()["P1"]


def test_a_late_train_counts_by_the_time_it_came(story):
    story.case(onset_date="2020-01-23")
    stops(story, ("Alpha", "", "20:00"), ("Beta", "23:50", ""))
    story.case_leg(**ride("Alpha", "Beta", alight_time="2020-01-21T00:30"))
    story.aboard("P1", **ride("Alpha", "Beta"))
    assert "close" == story.answers()["P1"]


@pytest.mark.parametrize("wide_first", [True, False])
def test_of_two_descriptions_of_a_carriage_the_wider_holds(story, wide_first):
    bays = {"class": "hard_seat", "aircon": "no", "units": "1-4,5-8,9-100"}
    for cells in ({"aircon": "yes"}, bays) if wide_first else (bays, {"aircon": "yes"}):
        story.row("carriages", **TRAIN, carriage="8", **cells)
    story.case()
    story.case_leg(**ride(seat="3号"))
    story.aboard("P1", **ride(seat="90号"))
    assert "close" == story.answers()["P1"]


@pytest.mark.parametrize("cell_text", ["车8", "硬卧车8", "YW8", "第8节", "８号"])
def test_a_carriage_is_the_same_however_it_is_written(story, cell_text):
    story.case()
    story.case_leg(**ride())
    story.aboard("P1", **{**ride(), "carriage": cell_text})
    assert "close" == story.answers()["P1"]


def test_the_dining_car_of_the_manifest_counts_beside_the_carriage_reported(story):
    story.case(id_type="other", id_number="XC1", name="")
    story.case_leg(**ride())
    story.aboard("XC1", **TRAIN, carriage="餐车")
    story.aboard("P1", **TRAIN, carriage="餐车")
    assert "close" == story.answers()["P1"]


def test_the_manifests_row_of_the_same_place_adds_no_trip(story):
    story.case(id_type="other", id_number="XC1", name="")
    story.case_leg(**TRAIN, carriage="02号车厢", seat="座位：05A")
    story.aboard("XC1", **TRAIN, carriage="2", seat="5A")
    story.answers()
    assert 0 == story.report.case_legs_from_manifests


def test_a_document_named_in_words_is_read_in_pinyin_too(story):
    story.case()
    story.case_leg(**ride())
    story.aboard("P1", **ride(), id_type="护照", name="张伟")
    assert "exposed" == story.answers().ask("P1", "Zhang Wei", "passport").status


def test_a_clearance_of_one_does_not_clear_another_with_the_same_number(story):
    story.case()
    story.case_leg(**ride())
    story.aboard("P1", **ride(), id_type="passport", name="Li Na")
    story.aboard("P1", **ride(), id_type="hk_mo_permit", name="Chan Tai Man")
    story.row("cleared", id_type="passport", id_number="P1", name="LI NA", cleared_on="2020-01-25")
    answers = story.answers()
    assert "exposed" == answers.ask("P1", "Chan Tai Man").status


def test_somebody_with_the_number_of_a_case_is_a_contact_all_the_same(story):
    story.case(id_type="passport", id_number="XC1", name="Case One")
    story.case_leg(**ride(seat="1A"))
    story.aboard("XC1", **ride(seat="9A"), id_type="hk_mo_permit", name="Chan Tai Man")
    assert "exposed" == story.answers().ask("XC1", "Chan Tai Man").status


@pytest.mark.parametrize("day", ["2002-01-20", "2018-12-31", "2190-01-20"])
def test_a_date_that_no_index_can_hold_rejects_its_row_only(story, day):
    story.case(onset_date="", isolated_at="")
    story.case_leg(**ride())
    for number in range(30):
        story.aboard(f"P{number}", **ride())
    story.aboard("PX", **ride(service_date=day))
    for number, when in enumerate([day, *["2020-01-20"] * 30]):
        story.row("contacts", case_id="C1", exposure_date=when, id_number=f"Q{number}", name="")
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["PX"])
    assert {"legs": 1, "contacts": 1} == {
        table: count for table, count in story.report.rejected.items() if count
    }


def test_control_characters_of_a_setting_are_no_part_of_it(story):
    story.case()
    story.case_leg(**ride())
    story.row(
        "contacts",
        case_id="C1",
        exposure_date="2020-01-20",
        setting="a\x00b\x1b c",
        id_number="P1",
        name="Traveller P1",
    )
    assert "a b c" == story.answers().ask("P1").exposures[0].number


def test_a_disease_without_rules_names_row_and_column_and_not_the_cell(story):
    story.case(disease="甲某 13800000000")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    with pytest.raises(SourceRefused, match="row 2: disease") as raised:
        story.answers("covid-19=nhc-2020-03")
    assert "甲" not in str(raised.value)


def test_isolation_at_an_hour_of_another_clock_is_a_date_in_shanghai(story):
    story.case(isolated_at="2020-01-19T20:00:00Z")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    assert "close" == story.answers()["P1"]


def test_a_specimen_before_the_onset_counts(story):
    story.case(onset_date="2020-01-30", specimen_date="2020-01-21")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    assert "close" == story.answers()["P1"]


def test_cases_of_whom_no_trip_counts_are_told(story):
    story.case()
    story.case("C2")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    story.answers()
    assert "1 cases have no trip in their infectious period" in story.report.remarks


def test_the_area_of_the_crew_counts_in_physical_order(story):
    flight = {"mode": "flight", "number": "CA1234"}
    story.row("carriages", **flight, rows="1-3,11-40")
    story.case()
    story.case_leg(**flight, seat="11A")
    story.aboard("PK1", **flight, role="crew", carriage="1-3")
    story.aboard("PK2", **flight, role="crew", carriage="30-40")
    answers = story.answers()
    assert ("close", "general") == (answers["PK1"], answers["PK2"])
