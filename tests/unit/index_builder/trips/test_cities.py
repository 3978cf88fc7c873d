"""Stations and cities are matched at one level, and what a name alone shows denies nothing."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.normalise import clock, numbers, station
from index_builder.notices import read_notices
from index_builder.trips.cities import Cities
from index_builder.trips.stop_positions import STOP_COLUMNS, StopPositions
from index_builder.trips.timetable import TimetableRow, build_runs

DATA = Path(__file__).parents[5] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / "rail-timetable-2021.csv").exists(),
    reason="the published files are not beside this checkout",
)


@pytest.mark.parametrize(
    ("stop", "city"),
    [
        ("郑州东", "郑州"),
        ("汉口", "武汉"),
        ("武汉武昌", "武汉"),
        ("洛阳龙门", "洛阳"),
        ("麻城市", "麻城"),
        ("依兰县", "依兰"),
        ("呼和浩特东", "呼和浩特"),
        ("光山", None),
        ("定西", None),
        ("武汉", None),
        ("", None),
    ],
)
def test_a_stations_city_is_told_by_its_name_where_that_leaves_no_doubt(stop, city):
    assert city == Cities({}, {"武汉", "洛阳", "呼和浩特"}).city(stop)


def test_what_the_source_says_of_a_station_counts_first():
    assert "开封" == Cities({"郑州东": "开封"}).city("郑州东")


@pytest.mark.parametrize(
    ("name", "stop"),
    [("武汉武昌", "武昌"), ("郑州郑州东", "郑州东"), ("武汉", "武汉"), ("光山", "光山")],
)
def test_a_city_written_before_its_station_is_left_out(name, stop):
    assert stop == Cities({}, {"武汉", "郑州"}).station(name)


@given(st.text(st.sampled_from("武汉昌口郑州东南市县站"), max_size=8))
def test_any_name_has_a_station_and_perhaps_a_city(name):
    cities = Cities({}, {"武汉", "郑州"})
    row = cities.station(name)
    assert row == cities.station(row)
    assert cities.city(name) != ""


def positions(*stops):
    rows = [TimetableRow("G1", "G1", place, name, None, None) for place, name in enumerate(stops)]
    cities = Cities({}, set(stops))
    answer = StopPositions(build_runs(rows, cities), cities)

    def of(board, alight):
        ((*cells,),) = answer("G1", board, alight)
        return dict(zip(STOP_COLUMNS, cells, strict=True))

    return of


def test_a_station_is_found_in_a_timetable_by_city_and_is_no_exact_place():
    row = positions("北京", "郑州", "武汉", "长沙")("郑州东站", "武汉汉口")
    assert (1, 1, False) == tuple(row[f"board_{x}"] for x in ("first", "last", "exact"))
    assert (2, 2, False) == tuple(row[f"alight_{x}"] for x in ("first", "last", "exact"))


def test_a_city_may_be_any_of_its_stations():
    row = positions("信阳", "武昌", "汉口", "信阳东", "长沙")("武汉", "长沙")
    assert (1, 2, False) == tuple(row[f"board_{x}"] for x in ("first", "last", "exact"))
    assert (0, 3, False) == tuple(
        positions("信阳", "武昌", "信阳东", "信阳东", "长沙")("信阳", "长沙")[f"board_{x}"]
        for x in ("first", "last", "exact")
    )


def test_two_stations_of_one_city_on_a_timetable_by_city_prove_no_order():
    row = positions("北京", "武汉", "长沙")("汉口", "武昌")
    assert row["stops_reversed"]
    assert None is row["board_first"] is row["alight_first"]


@needs_data
def test_published_train_rows_find_both_stops_wherever_the_timetable_has_their_city(tmp_path):
    with (DATA / "rail-timetable-2021.csv").open(encoding="utf-8") as lines:
        rows = []
        for row in csv.DictReader(lines):
            number, *_ = numbers("train", row["train"])
            times = (clock(row["arrival"]), clock(row["departure"]))
            rows.append(
                TimetableRow(number, number, int(row["stop"]), station(row["city"]), *times)
            )
    cities = Cities({}, {row.stop for row in rows})
    runs = build_runs(rows, cities)
    read_notices(DATA / "published-exposures-2020.csv", tmp_path / "trips.csv")
    both = either = on_timetable = 0
    with (tmp_path / "trips.csv").open(encoding="utf-8") as lines:
        for trip in csv.DictReader(lines):
            timed_numbers = [number for number in trip["number"].split("/") if number in runs]
            if (
                trip["mode"] != "train"
                or not timed_numbers
                or not (trip["board"] and trip["alight"])
            ):
                continue
            names = [cities.station(trip[end]) for end in ("board", "alight")]
            places = [runs[timed_numbers[0]][0].place(name, cities.city(name)) for name in names]
            on_timetable += 1
            both += all(places)
            either += any(places)
    # By equal names alone: 53 of 392. The timetable leaves out the stops of the others.
    assert (392, 249, 380) == (on_timetable, both, either)
