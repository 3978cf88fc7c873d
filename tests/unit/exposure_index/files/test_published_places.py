import json
from datetime import date, timedelta

import pytest

from exposure_index.files.published_places import (
    NOWHERE,
    PLACES_MAX_BYTES,
    UNKNOWN,
    PublishedPlaces,
)
from exposure_index.files.published_trip import PublishedTrip

DAY = date(2020, 1, 21)
NEXT_DAY = DAY + timedelta(days=1)


def notice(board="北京", alight="合肥", day=DAY, **more):
    return PublishedTrip("train", "T35", day, board=board, alight=alight, **more).as_json()


def places_of(*notices, number="T35", day=DAY):
    places = PublishedPlaces()
    places.add("train", number, {day.isoformat(): list(notices)})
    return places


def test_from_and_to_are_those_of_the_notice():
    assert ("北京", "合肥") == places_of(notice()).find("train", "T35", DAY)


@pytest.mark.parametrize(
    "asked", [("flight", "T35", DAY), ("train", "T36", DAY), ("train", "T35", NEXT_DAY)]
)
def test_another_mode_number_or_day_has_none(asked):
    assert UNKNOWN == places_of(notice()).find(*asked)
    assert UNKNOWN == NOWHERE.find(*asked)


def test_notices_that_say_the_same_or_name_no_places_do_not_differ():
    notices = notice(carriage="11"), notice(carriage="12"), notice("", "")
    assert ("北京", "合肥") == places_of(*notices).find("train", "T35", DAY)


@pytest.mark.parametrize("other", [("北京", "南京"), ("蚌埠", "合肥"), ("北京", ""), ("", "合肥")])
def test_of_notices_that_differ_none_is_told(other):
    assert UNKNOWN == places_of(notice(), notice(*other)).find("train", "T35", DAY)
    assert UNKNOWN == places_of(notice(*other), notice()).find("train", "T35", DAY)


@pytest.mark.parametrize("half", [("北京", ""), ("", "合肥")])
def test_half_a_journey_is_not_told(half):
    assert UNKNOWN == places_of(notice(*half)).find("train", "T35", DAY)


def test_a_run_that_was_under_way_on_that_day_is_not_the_one_published_for_it():
    """The next day's ticket may be for the run that began then, with a case of its own."""
    assert UNKNOWN == places_of(notice(), day=NEXT_DAY).find("train", "T35", NEXT_DAY)


def test_a_number_that_a_label_may_have_cut_has_none():
    kept, cut = "粤B00000", "粤B00000粤B00"
    assert ("北京", "合肥") == places_of(notice(), number=kept).find("train", kept, DAY)
    assert UNKNOWN == places_of(notice(), number=cut).find("train", cut, DAY)


def test_a_place_too_long_for_its_line_is_left_out():
    assert UNKNOWN == places_of(notice("站" * 21)).find("train", "T35", DAY)


def test_the_json_is_read_as_the_table():
    text = json.dumps(places_of(notice()).as_json(), ensure_ascii=False)
    assert '{"2020-01-21 train": {"T35": ["北京", "合肥"]}}' == text


def many(days, a_day, order):
    places = PublishedPlaces()
    for ago in order(range(days)):
        day = DAY - timedelta(days=ago)
        for number in range(a_day):
            mode = ("train", "flight")[number % 2]
            places.add(mode, f"T{number}", {day.isoformat(): [notice(day=day)]})
    places.leave_out_the_oldest()
    return places


@pytest.mark.parametrize("order", [list, reversed])
def test_past_its_bound_whole_days_are_left_out_the_oldest_first(order):
    a_day = 100
    places = many(60, a_day, order)
    days = {key[:10] for key in places.as_json()}
    latest = {(DAY - timedelta(days=ago)).isoformat() for ago in range(len(days))}
    assert latest == days
    assert 10 < len(days) < 60
    assert a_day * len(days) == sum(map(len, places.as_json().values()))
    size = len(json.dumps(places.as_json(), ensure_ascii=False, separators=(",", ":")).encode())
    assert 0.9 * PLACES_MAX_BYTES < size < 1.1 * PLACES_MAX_BYTES
