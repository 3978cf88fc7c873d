import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.parsing import parse_identity
from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.demo.demo_files import write_demo
from index_builder.demo.published_extract import published_trips

SOURCE_TABLES = sorted(
    {"cases", "case_legs", "legs", "carriages", "timetable", "stops"}
    | {"documents", "contacts", "cleared"}
)


def table(directory, name):
    with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    directory = tmp_path_factory.mktemp("demo")
    return directory, write_demo(directory)


@pytest.fixture(scope="module")
def reasons(demo):
    """Each person's reason, in the order of people.csv."""
    lines = (demo[0] / "people.md").read_text("utf-8").splitlines()
    return [line.split(" | ")[-1].removesuffix(" |") for line in lines if line[2:3].isdigit()]


def answers(demo, reasons, part, file="people"):
    people = table(demo[0], file)
    return {
        (one["expected_status"], one["expected_tier"])
        for one, reason in zip(people, reasons, strict=True)
        if part in reason
    }


def test_everybody_of_people_csv_has_the_name_that_a_form_needs(demo):
    for one in table(demo[0], "people"):
        assert parse_identity(one["id_type"], one["id_number"], one["name"])


@pytest.mark.parametrize("name", SOURCE_TABLES)
def test_every_table_has_the_columns_of_the_data_dictionary(demo, name):
    rows = table(demo[0], name)
    assert rows
    assert TABLES[name].columns == tuple(rows[0])


@pytest.mark.parametrize("name", SOURCE_TABLES)
def test_every_row_has_as_many_cells_as_its_heading(demo, name):
    with (demo[0] / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        assert 1 == len(set(map(len, csv.reader(lines))))


def test_the_same_seed_writes_the_same_bytes_and_another_one_other_people(demo, tmp_path):
    write_demo(tmp_path / "again")
    write_demo(tmp_path / "other", seed=7)
    for path in demo[0].iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    assert (tmp_path / "other" / "legs.csv").read_bytes() != (demo[0] / "legs.csv").read_bytes()


def test_no_document_number_can_belong_to_anybody(demo):
    people = [one for name in ("cases", "legs", "people") for one in table(demo[0], name)]
    for one in people:
        number = one["id_number"].replace(" ", "").upper()
        if one["id_type"] == "resident":
            assert number[:2] in ("00", "99")
        else:
            assert len(number) > 9


def test_resident_numbers_have_right_check_digits(demo):
    numbers = {one["id_number"] for one in table(demo[0], "people") if one["id_type"] == "resident"}
    assert numbers
    for number in numbers:
        assert calc_check_digit(number) == number[-1]


def test_every_trip_is_a_published_one_with_a_case(demo):
    published = {(trip.number, trip.service_date.isoformat()) for trip in published_trips()}
    legs = table(demo[0], "case_legs")
    assert published == {(leg["number"], leg["service_date"]) for leg in legs}
    assert {leg["case_id"] for leg in legs} == {case["case_id"] for case in table(demo[0], "cases")}


def test_cases_stand_in_the_manifests_too(demo):
    aboard = {leg["id_number"] for leg in table(demo[0], "legs")}
    assert {case["id_number"] for case in table(demo[0], "cases")} <= aboard


def test_no_two_people_of_a_run_have_one_seat(demo):
    taken = Counter(
        (leg["number"], leg["service_date"], leg["seat"])
        for leg in table(demo[0], "legs")
        if leg["mode"] == "flight" and leg["seat"] and "/" not in leg["number"]
    )
    assert {1} == set(taken.values())


def test_every_trains_stops_stand_in_the_timetable_in_the_order_of_the_trip():
    trains = [trip for trip in published_trips() if trip.mode == "train"]
    assert trains
    for trip in trains:
        assert trip.board_call < trip.alight_call


@pytest.mark.parametrize(
    ("part", "nhc", "au"),
    [
        ("same row", ("exposed", "close"), ("exposed", "close")),
        ("three rows behind: one too far for au-2020", ("exposed", "close"), ("not_found", "")),
        ("one row too far", ("exposed", "general"), ("not_found", "")),
        ("there is no row 13", ("exposed", "close"), ("exposed", "close")),
        ("same train, other carriage", ("not_found", ""), ("not_found", "")),
        ("boarded after the case left", ("not_found", ""), ("not_found", "")),
        ("boarded after midnight", ("exposed", "close"), ("not_found", "")),
        ("the run of the day before", ("not_found", ""), ("not_found", "")),
        ("wrong name with a listed number", ("not_found", ""), ("not_found", "")),
        ("typed in another order", ("exposed", "close"), ("exposed", "close")),
        ("in traditional characters", ("exposed", "close"), ("exposed", "close")),
        ("without a name", ("exposed", "close"), ("exposed", "close")),
        ("neighbouring soft-sleeper", ("not_found", ""), ("not_found", "")),
        ("same soft-sleeper compartment", ("exposed", "close"), ("not_found", "")),
        ("the hard sleeper: the whole carriage", ("exposed", "close"), ("not_found", "")),
        ("cleared after the exposure", ("not_found", ""), ("not_found", "")),
        ("cleared before the exposure", ("exposed", "close"), ("exposed", "close")),
        ("asks with the resident card", ("exposed", "close"), ("not_found", "")),
        ("before the illness began", ("not_found", ""), ("not_found", "")),
        ("not a contact of their own", ("not_found", ""), ("not_found", "")),
        ("on no trip of any case", ("not_found", ""), ("not_found", "")),
    ],
)
def test_people_csv_says_what_each_scene_is_answered(demo, reasons, part, nhc, au):
    assert {nhc} == answers(demo, reasons, part)
    assert {au} == answers(demo, reasons, part, "people-au-2020")


def test_the_outcome_counts_what_was_written(demo):
    directory, outcome = demo
    assert len(table(directory, "legs")) == outcome.legs
    assert len(table(directory, "people")) == outcome.expectations
    assert 200 == outcome.trips


TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def demo_of_today(tmp_path_factory):
    directory = tmp_path_factory.mktemp("demo-of-today")
    write_demo(directory, as_of=TODAY)
    return directory


def test_people_and_answers_are_the_same_on_every_day(demo, demo_of_today):
    for name in ("people", "people-au-2020"):
        assert table(demo[0], name) == table(demo_of_today, name)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("case_legs", "service_date"),
        ("cases", "onset_date"),
        ("cases", "isolated_at"),
        ("cleared", "cleared_on"),
        ("contacts", "exposure_date"),
        ("notices", "date"),
    ],
)
def test_nothing_of_a_demo_of_today_lies_in_the_future(demo_of_today, name, column):
    days = [row[column] for row in table(demo_of_today, name) if row[column]]
    assert days
    assert max(days) <= TODAY.isoformat()
    assert min(days) >= (TODAY - timedelta(days=60)).isoformat()


def test_one_person_of_each_answer_stands_in_the_list_to_try(demo_of_today):
    people = {
        (one["id_type"], one["id_number"], one["name"]): (
            one["expected_status"],
            one["expected_tier"],
        )
        for one in table(demo_of_today, "people")
    }
    assert {
        "close contact, flight": ("exposed", "close"),
        "close contact, train": ("exposed", "close"),
        "general contact": ("exposed", "general"),
        "observation over": ("exposed", "close"),
        "not found": ("not_found", ""),
        "not found, wrong name": ("not_found", ""),
    } == {
        one["shows"]: people[one["id_type"], one["id_number"], one["name"]]
        for one in table(demo_of_today, "to-try")
    }
