"""Contradictory, doubtful and placeholder data: nobody is missed, and nothing falls over."""

import pytest

from index_builder.sources.source import SourceRefused
from tests.scenarios.episodes import TRAIN, Episodes, ride

episodes = Episodes()
out_of_range = Episodes()

FILLERS = ["N/A", "UNKNOWN", "0000000", "xxxx", "none"]
WRITINGS = ["车8", "硬卧车8", "YW8", "第8节", "８号"]
OUT_OF_RANGE = ["2002-01-20", "2018-12-31", "2190-01-20"]


@episodes
def another_carriage_in_the_seat(episode):
    episode.case()
    episode.case_leg(**episode.train, carriage="8", seat="03车12号")
    for carriage in ("3", "8", "5"):
        episode.aboard(f"P{carriage}", **episode.train, carriage=carriage)


def test_a_seat_that_names_another_carriage_leaves_the_rows_own_one_open(answers_of):
    answers = answers_of(another_carriage_in_the_seat)
    assert ["close", "close", "not_found"] == [answers["P3"], answers["P8"], answers["P5"]]


@episodes.of_each(*FILLERS)
def filler_for_a_number(episode, filler):
    case = episode.document("XC1")
    episode.case(id_type="passport", id_number=case, name="")
    episode.case_leg(**ride(train=episode.train))
    for person, document in (("a", episode.document("P1")), ("b", case)):
        key = {"person_key": episode.document(person), "id_type": "other", "name": ""}
        episode.row("documents", id_number=document, **key)
        episode.row("documents", id_number=filler, **key)
    episode.aboard("P1", **ride(train=episode.train))


@pytest.mark.parametrize("filler", FILLERS)
def test_a_filler_for_a_number_makes_nobody_the_same_person(answers_of, filler):
    assert "close" == answers_of(filler_for_a_number, filler)["P1"]


@episodes
def case_with_a_filler(episode):
    other = {"mode": "train", "number": "K200", "carriage": "3"}
    episode.case(id_type="passport", id_number="UNKNOWN", name="")
    episode.case_leg(**ride(train=episode.train))
    episode.story.aboard("UNKNOWN", **other)
    episode.aboard("P2", **other)


def test_a_case_with_a_filler_for_a_number_rides_no_other_train(answers_of):
    assert "not_found" == answers_of(case_with_a_filler)["P2"]


@episodes.of_each(True, False)
def two_descriptions(episode, wide_first):
    bays = {"class": "hard_seat", "aircon": "no", "units": "1-4,5-8,9-100"}
    for cells in ({"aircon": "yes"}, bays) if wide_first else (bays, {"aircon": "yes"}):
        episode.row("carriages", **episode.train, carriage="8", **cells)
    episode.case()
    episode.case_leg(**ride(train=episode.train, seat="3号"))
    episode.aboard("P1", **ride(train=episode.train, seat="90号"))


@pytest.mark.parametrize("wide_first", [True, False])
def test_of_two_descriptions_of_a_carriage_the_wider_holds(answers_of, wide_first):
    assert "close" == answers_of(two_descriptions, wide_first)["P1"]


@episodes.of_each(*WRITINGS)
def carriage_as_written(episode, written):
    episode.case()
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("P1", **{**ride(train=episode.train), "carriage": written})


@pytest.mark.parametrize("written", WRITINGS)
def test_a_carriage_is_the_same_however_it_is_written(answers_of, written):
    assert "close" == answers_of(carriage_as_written, written)["P1"]


@episodes
def dining_car(episode):
    episode.case(id_type="other", id_number=episode.document("XC1"), name="")
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("XC1", **episode.train, carriage="餐车")
    episode.aboard("P1", **episode.train, carriage="餐车")


def test_the_dining_car_of_the_manifest_counts_beside_the_carriage_reported(answers_of):
    assert "close" == answers_of(dining_car)["P1"]


def test_the_manifests_row_of_the_same_place_adds_no_trip(story):
    story.case(id_type="other", id_number="XC1", name="")
    story.case_leg(**TRAIN, carriage="02号车厢", seat="座位：05A")
    story.aboard("XC1", **TRAIN, carriage="2", seat="5A")
    story.answers()
    assert 0 == story.report.case_legs_from_manifests


@episodes
def document_named_in_words(episode):
    episode.case()
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("P1", **ride(train=episode.train), id_type="护照", name="张伟")


def test_a_document_named_in_words_is_read_in_pinyin_too(answers_of):
    assert (
        "exposed" == answers_of(document_named_in_words).ask("P1", "Zhang Wei", "passport").status
    )


@episodes
def two_with_one_number(episode):
    episode.case()
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("P1", **ride(train=episode.train), id_type="passport", name="Li Na")
    episode.aboard("P1", **ride(train=episode.train), id_type="hk_mo_permit", name="Chan Tai Man")
    one = {"id_type": "passport", "id_number": episode.document("P1"), "name": "LI NA"}
    episode.row("cleared", **one, cleared_on="2020-01-25")


def test_a_clearance_of_one_does_not_clear_another_with_the_same_number(answers_of):
    assert "exposed" == answers_of(two_with_one_number).ask("P1", "Chan Tai Man").status


@episodes
def number_of_a_case(episode):
    episode.case(id_type="passport", id_number=episode.document("XC1"), name="Case One")
    episode.case_leg(**ride(train=episode.train, seat="1A"))
    whoever = {"id_type": "hk_mo_permit", "name": "Chan Tai Man"}
    episode.aboard("XC1", **ride(train=episode.train, seat="9A"), **whoever)


def test_somebody_with_the_number_of_a_case_is_a_contact_all_the_same(answers_of):
    assert "exposed" == answers_of(number_of_a_case).ask("XC1", "Chan Tai Man").status


@out_of_range.of_each(*OUT_OF_RANGE)
def date_out_of_range(episode, day):
    episode.case(onset_date="", isolated_at="")
    episode.case_leg(**ride(train=episode.train))
    for number in range(30):
        episode.aboard(f"P{number}", **ride(train=episode.train))
    episode.aboard("PX", **ride(train=episode.train, service_date=day))
    for number, when in enumerate([day, *["2020-01-20"] * 30]):
        who = {"id_number": episode.document(f"Q{number}"), "name": ""}
        episode.row("contacts", case_id=f"C{episode.number}", exposure_date=when, **who)


@pytest.fixture(scope="module")
def answers_out_of_range(module_story):
    return out_of_range.answers(module_story)


@pytest.mark.parametrize("day", OUT_OF_RANGE)
def test_a_date_that_no_index_can_hold_rejects_its_row_only(answers_out_of_range, day):
    answers = answers_out_of_range(date_out_of_range, day)
    assert ("close", "not_found") == (answers["P1"], answers["PX"])
    rejected = answers_out_of_range.report.rejected
    one_each = dict.fromkeys(("legs", "contacts"), len(OUT_OF_RANGE))
    assert one_each == {table: count for table, count in rejected.items() if count}


@episodes
def control_characters(episode):
    episode.case()
    episode.case_leg(**ride(train=episode.train))
    document = episode.document("P1")
    episode.row(
        "contacts",
        case_id=f"C{episode.number}",
        exposure_date="2020-01-20",
        setting="a\x00b\x1b c",
        id_number=document,
        name=f"Traveller {document}",
    )


def test_control_characters_of_a_setting_are_no_part_of_it(answers_of):
    assert "a b c" == answers_of(control_characters).ask("P1").exposures[0].number


def test_a_disease_without_rules_names_row_and_column_and_not_the_cell(story):
    story.case(disease="甲某 13800000000")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    with pytest.raises(SourceRefused, match="row 2: disease") as raised:
        story.answers("covid-19=nhc-2020-03")
    assert "甲" not in str(raised.value)


@episodes
def isolated_on_another_clock(episode):
    episode.case(isolated_at="2020-01-19T20:00:00Z")
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("P1", **ride(train=episode.train))


def test_isolation_at_an_hour_of_another_clock_is_a_date_in_shanghai(answers_of):
    assert "close" == answers_of(isolated_on_another_clock)["P1"]


@episodes
def specimen_before_onset(episode):
    episode.case(onset_date="2020-01-30", specimen_date="2020-01-21")
    episode.case_leg(**ride(train=episode.train))
    episode.aboard("P1", **ride(train=episode.train))


def test_a_specimen_before_the_onset_counts(answers_of):
    assert "close" == answers_of(specimen_before_onset)["P1"]


def test_cases_of_whom_no_trip_counts_are_told(story):
    story.case()
    story.case("C2")
    story.case_leg(**ride())
    story.aboard("P1", **ride())
    story.answers()
    assert "1 cases have no trip in their infectious period" in story.report.remarks


@episodes
def area_in_physical_order(episode):
    episode.row("carriages", **episode.flight, rows="1-3,11-40")
    episode.case()
    episode.case_leg(**episode.flight, seat="11A")
    episode.aboard("PK1", **episode.flight, role="crew", carriage="1-3")
    episode.aboard("PK2", **episode.flight, role="crew", carriage="30-40")


def test_the_area_of_the_crew_counts_in_physical_order(answers_of):
    answers = answers_of(area_in_physical_order)
    assert ("close", "general") == (answers["PK1"], answers["PK2"])
