"""What is suggested from the lists of several authorities."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.query.trips.suggestions import TripSuggestion, suggest_trips
from exposure_index.files.published_trip import PublishedTrip
from exposure_index.files.service_days import ServiceDays
from exposure_index.lookup.trip import Trip

DAY = date(2020, 1, 20)
LATER = DAY + timedelta(days=1)


def list_of(*numbers, mode="train", **known):
    days = ServiceDays()
    for number in numbers:
        days.add(mode, number, known.get("trips", ()), known.get("held", ()))
    return SimpleNamespace(days=lambda: days, published_on=lambda *_: ())


def test_another_day_is_suggested_though_published_under_another_number():
    trip = PublishedTrip("train", "Z14", LATER)
    lists = [list_of("Z11", "Z14", held=(DAY,)), list_of("Z14", trips={LATER: (trip,)})]
    near = suggest_trips(lists, Trip("train", ("Z11",), DAY), ("Z11", "Z14"))
    assert [("Z11", LATER)] == [(trip.number, trip.day) for trip in near.other_days]


@pytest.mark.parametrize(
    ("published", "suggested"),
    [((-22, -21, 0, 3, 4), (-21, 3)), (range(-10, 4), (-4, -3, -2, -1, 1, 2, 3))],
)
def test_days_of_the_weeks_before_are_suggested_the_nearest_ones(published, suggested):
    trips = {DAY + timedelta(days): () for days in published}
    lists = [list_of("G431", trips=trips, held=(DAY - timedelta(2), *trips))]
    near = suggest_trips(lists, Trip("train", ("G431",), DAY), ("G431",))
    assert [DAY + timedelta(days) for days in suggested] == [each.day for each in near.other_days]


def test_a_number_of_the_service_itself_is_no_slip():
    near = suggest_trips(
        [list_of("Z11", "Z14", held=(DAY,))], Trip("train", ("Z11",), DAY), ("Z11", "Z14")
    )
    assert () == near.near_numbers


@pytest.mark.parametrize(("query_number", "number"), [("CA8223", "CA8223"), ("CA0823", "CA823")])
def test_a_number_of_another_means_of_transport_is_suggested_first(query_number, number):
    flight = PublishedTrip("flight", number, DAY)
    lists = [list_of(number, mode="flight", trips={DAY: (flight,)}), list_of("CA8224")]
    near = suggest_trips(lists, Trip("train", (query_number,), DAY), (query_number,))
    assert TripSuggestion("flight", number, DAY, listed=True) == near.near_numbers[0]


def test_a_manifest_held_for_another_means_of_transport_is_suggested_as_not_listed():
    near = suggest_trips(
        [list_of("G1234", held=(DAY,))], Trip("flight", ("G1234",), DAY), ("G1234",)
    )
    assert (TripSuggestion("train", "G1234", DAY, listed=False),) == near.near_numbers


def test_another_means_of_transport_is_not_suggested_for_another_day():
    near = suggest_trips(
        [list_of("G1234", held=(LATER,))], Trip("flight", ("G1234",), DAY), ("G1234",)
    )
    assert () == near.near_numbers
