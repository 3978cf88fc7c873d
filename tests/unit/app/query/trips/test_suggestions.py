"""What is suggested from the lists of several authorities."""

from datetime import date, timedelta
from types import SimpleNamespace

from app.query.trips.suggestions import suggestions
from exposure_index.published_trip import PublishedTrip
from exposure_index.trip_answers import TripAsked
from exposure_index.trip_list import ServiceTrips

DAY = date(2020, 1, 20)
LATER = DAY + timedelta(days=1)


def list_of(*numbers, **known):
    service = ServiceTrips(numbers, known.get("held", ()), known.get("trips", {}))
    return SimpleNamespace(
        service=lambda _, number: service if number in numbers else None,
        published_on=lambda *_: (),
    )


def test_another_day_is_suggested_though_published_under_another_number():
    trip = PublishedTrip("train", "Z14", LATER)
    lists = [list_of("Z11", "Z14", held=(DAY,)), list_of("Z14", trips={LATER: (trip,)})]
    near = suggestions(lists, TripAsked("train", ("Z11",), DAY), ("Z11", "Z14"))
    assert [("Z11", LATER)] == [(trip.number, trip.day) for trip in near.other_days]


def test_a_number_of_the_service_itself_is_no_slip():
    near = suggestions(
        [list_of("Z11", "Z14", held=(DAY,))], TripAsked("train", ("Z11",), DAY), ("Z11", "Z14")
    )
    assert () == near.near_numbers
