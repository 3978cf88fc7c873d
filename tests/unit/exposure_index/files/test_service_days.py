"""Which services a trip list knows, on which days, without reading the list again."""

from datetime import date, timedelta

import pytest

from exposure_index.files import service_days
from exposure_index.files.service_days import Knowledge, ServiceDays

DAY = date(2020, 1, 21)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def days():
    days = ServiceDays()
    days.add("train", "G1", published=(DAY,), passenger_lists=(DAY, NEXT))
    return days


def test_what_is_published_counts_more_than_its_passenger_list(days):
    assert (Knowledge.PUBLISHED, Knowledge.PASSENGER_LIST) == (
        days.on("train", "G1", DAY),
        days.on("train", "G1", NEXT),
    )


@pytest.mark.parametrize(
    ("mode", "number", "day"),
    [
        ("train", "G1", NEXT + timedelta(days=1)),
        ("train", "G2", DAY),
        ("flight", "G1", DAY),
        ("train", "G1", date(2018, 12, 31)),
        ("train", "G1", date.max),
    ],
)
def test_nothing_is_known_of_another_day_number_or_mode(days, mode, number, day):
    assert Knowledge.NOTHING == days.on(mode, number, day)


def test_a_service_is_known_on_whatever_day(days):
    assert (True, False) == (days.knows("train", "G1"), days.knows("flight", "G1"))
    assert {"G1"} == days.numbers("train")
    assert ("train",) == days.modes


def test_days_that_nobody_can_ask_for_take_no_memory():
    days = ServiceDays()
    days.add("train", "G1", published=(date.max, date(1999, 1, 1)), passenger_lists=())
    assert Knowledge.NOTHING == days.on("train", "G1", date.max)
    assert days.knows("train", "G1")


def test_a_list_of_too_many_services_is_remembered_in_part_and_says_so(monkeypatch):
    monkeypatch.setattr(service_days, "SERVICES_MAX", 2)
    days = ServiceDays()
    for number in ("G1", "G2", "G3"):
        days.add("train", number, published=(DAY,), passenger_lists=())
    assert ({"G1", "G2"}, False) == (days.numbers("train"), days.is_whole)


def test_days_of_publication_are_told_as_bits_from_the_first_on():
    made = ServiceDays()
    made.add("train", "G1", [service_days.FIRST_DAY, date(2020, 1, 22)], [date(2020, 1, 21)])
    assert 0b100 == made.published_from("train", "G1", date(2020, 1, 20), 3)
    assert 0 == made.published_from("train", "G1", date(2020, 1, 20), 2)
    assert 0b10 == made.published_from("train", "G1", date(2018, 12, 31), 5)
    assert 0 == made.published_from("train", "G2", date(2020, 1, 20), 9)
