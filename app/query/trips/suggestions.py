"""Suggests trips near the one looked up: another day, a slip in the number, others of that day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exposure_index.files.published_trip import ServiceTrips
from exposure_index.files.trip_list import TripList
from exposure_index.lookup.trip import Trip
from exposure_index.trip_text.modes import MODES
from exposure_index.trip_text.plates import modes_of
from exposure_index.trip_text.service_numbers import numbers as numbers_in

NEIGHBOURING_DAYS = 3
NEAR_NUMBERS_MAX = 6
PUBLISHED_MAX = 24
_DIGITS = "0123456789"
_TRAIN_LETTERS = "GDCZTKYLS"


@dataclass(frozen=True, slots=True)
class TripSuggestion:
    """A trip that may have been meant; listed: published, else its passenger list is held."""

    mode: str
    number: str
    day: date
    listed: bool


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Trips that may have been meant.

    other_days: the same number on days around; near_numbers: the same day, the number under
    another means of transport, then numbers one slip away; published: other services published
    for that day; more: how many of these are left out.
    """

    other_days: tuple[TripSuggestion, ...] = ()
    near_numbers: tuple[TripSuggestion, ...] = ()
    published: tuple[TripSuggestion, ...] = ()
    more: int = 0


def suggest_trips(lists: Sequence[TripList], trip: Trip, numbers: Sequence[str]) -> Suggestions:
    """Return what may have been meant by a trip that was not found. Raises TripListDamaged.

    numbers: every number of the scheduled service, as all authorities together know them.
    """
    near = list(_near_numbers(lists, trip, numbers))
    near.sort(key=lambda each: (not each.listed, each.number))
    near_numbers = {each.number for each in near}
    published = [
        TripSuggestion(trip.mode, number, trip.day, listed=True)
        for number in _published(lists, trip)
        if not near_numbers & {number, *number.split("/")}
    ]
    return Suggestions(
        tuple(_other_days(lists, trip, numbers)),
        (*_other_modes(lists, trip), *near[:NEAR_NUMBERS_MAX]),
        tuple(published[:PUBLISHED_MAX]),
        max(0, len(published) - PUBLISHED_MAX),
    )


def _other_days(
    lists: Sequence[TripList], trip: Trip, numbers: Sequence[str]
) -> Iterator[TripSuggestion]:
    services = [service for number in numbers for service in _services(lists, trip, number)]
    for days in range(-NEIGHBOURING_DAYS, NEIGHBOURING_DAYS + 1):
        day = trip.day + timedelta(days=days)
        if days and any(day in service.trips for service in services):
            yield TripSuggestion(trip.mode, "/".join(trip.numbers), day, listed=True)


def _near_numbers(
    lists: Sequence[TripList], trip: Trip, numbers: Sequence[str]
) -> Iterator[TripSuggestion]:
    for number in sorted({near for one in trip.numbers for near in one_slip_from(one)}):
        if number in numbers:
            continue
        yield from _suggestion(_services(lists, trip, number), trip.mode, number, trip.day)


def _other_modes(lists: Sequence[TripList], trip: Trip) -> Iterator[TripSuggestion]:
    """Yield each number as another means of transport writes and knows it."""
    for mode in MODES:
        numbers = (text for one in trip.numbers for text in numbers_in(mode, one))
        for number in dict.fromkeys(numbers):
            if mode in modes_of(trip.mode, number):
                continue
            services = (trips.service(mode, number) for trips in lists)
            yield from _suggestion(filter(None, services), mode, number, trip.day)


def _suggestion(
    services: Iterable[ServiceTrips], mode: str, number: str, day: date
) -> Iterator[TripSuggestion]:
    services = list(services)
    listed = any(day in service.trips for service in services)
    if listed or any(day in service.passenger_list_days for service in services):
        yield TripSuggestion(mode, number, day, listed=listed)


def _services(lists: Sequence[TripList], trip: Trip, number: str) -> Iterator[ServiceTrips]:
    modes = modes_of(trip.mode, number)
    services = (trips.service(mode, number) for trips in lists for mode in modes)
    return (service for service in services if service is not None)


def _published(lists: Sequence[TripList], trip: Trip) -> Iterable[str]:
    """Return each service once: authorities may name a train by its numbers in another order."""
    published = (number for trips in lists for number in trips.published_on(trip.day, trip.mode))
    return sorted({frozenset(number.split("/")): number for number in published}.values())


def one_slip_from(number: str) -> Iterator[str]:
    """Yield numbers with one digit other, missing or too many, two swapped, or another letter."""
    for at, character in enumerate(number):
        if character.isdigit():
            yield number[:at] + number[at + 1 :]
            yield from (number[:at] + digit + number[at + 1 :] for digit in _DIGITS)
            yield from (number[:at] + digit + number[at:] for digit in _DIGITS)
            yield number[:at] + number[at + 1 : at + 2] + character + number[at + 2 :]
    yield from (number + digit for digit in _DIGITS)
    if number[:1] in _TRAIN_LETTERS and number[1:].isdigit():
        yield from (letter + number[1:] for letter in _TRAIN_LETTERS)
