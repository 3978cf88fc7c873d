"""Suggests trips near the one looked up: another day, a slip in the number, others of that day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from exposure_index.files.service_days import Knowledge, ServiceDays
from exposure_index.files.trip_list import TripList
from exposure_index.lookup.trip import Trip
from exposure_index.trip_text.modes import MODES
from exposure_index.trip_text.plates import PLATED_MODES, modes_of
from exposure_index.trip_text.service_numbers import numbers as numbers_in

DAYS_BEFORE, DAYS_BEHIND = 21, 3  # a form is filled with today; who travelled asks weeks later
OTHER_DAYS_MAX = 7
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

    numbers: every number of the scheduled service, as all authorities together know them. Services
    past SERVICES_MAX of a list are not suggested.
    """
    known = [trips.days() for trips in lists]
    near = list(_near_numbers(known, trip, numbers))
    near.sort(key=lambda each: (not each.listed, each.number))
    near_numbers = {each.number for each in near}
    published = [
        TripSuggestion(trip.mode, number, trip.day, listed=True)
        for number in _published(lists, trip)
        if not near_numbers & {number, *number.split("/")}
    ]
    return Suggestions(
        tuple(_other_days(known, trip, numbers)),
        (*_other_modes(known, trip), *near[:NEAR_NUMBERS_MAX]),
        tuple(published[:PUBLISHED_MAX]),
        max(0, len(published) - PUBLISHED_MAX),
    )


def _other_days(
    known: Sequence[ServiceDays], trip: Trip, numbers: Sequence[str]
) -> Iterator[TripSuggestion]:
    first, span = trip.day - timedelta(DAYS_BEFORE), DAYS_BEFORE + 1 + DAYS_BEHIND
    bits = 0
    for number in numbers:
        for mode, days in product(modes_of(trip.mode, number), known):
            bits |= days.published_from(mode, number, first, span)
    others = [place for place in range(span) if bits >> place & 1 and place != DAYS_BEFORE]
    nearest = sorted(others, key=lambda place: abs(place - DAYS_BEFORE))[:OTHER_DAYS_MAX]
    for place in sorted(nearest):
        day = first + timedelta(place)
        yield TripSuggestion(trip.mode, "/".join(trip.numbers), day, listed=True)


def _near_numbers(
    known: Sequence[ServiceDays], trip: Trip, numbers: Sequence[str]
) -> Iterator[TripSuggestion]:
    near = set().union(*map(one_slip_from, trip.numbers)).difference(numbers)
    modes = PLATED_MODES if trip.mode in PLATED_MODES else (trip.mode,)
    there = {number for days in known for mode in modes for number in near & days.numbers(mode)}
    for number in sorted(there):
        yield from _suggestion(known, trip.mode, number, trip.day)


def _other_modes(known: Sequence[ServiceDays], trip: Trip) -> Iterator[TripSuggestion]:
    """Yield each number as another means of transport writes and knows it."""
    there = {mode for days in known for mode in days.modes}
    for mode in filter(there.__contains__, MODES):
        numbers = (text for one in trip.numbers for text in numbers_in(mode, one))
        for number in dict.fromkeys(numbers):
            if mode not in modes_of(trip.mode, number):
                yield from _suggestion(known, mode, number, trip.day)


def _suggestion(
    known: Sequence[ServiceDays], mode: str, number: str, day: date
) -> Iterator[TripSuggestion]:
    knowledge = _knowledge(known, mode, number, day)
    if knowledge:
        yield TripSuggestion(mode, number, day, listed=knowledge is Knowledge.PUBLISHED)


def _knowledge(known: Sequence[ServiceDays], mode: str, number: str, day: date) -> Knowledge:
    """Return the most that any authority knows of a service on a day, under any mode of a plate."""
    modes = modes_of(mode, number)
    return max(
        (days.on(each, number, day) for days in known for each in modes), default=Knowledge.NOTHING
    )


def _published(lists: Sequence[TripList], trip: Trip) -> Iterable[str]:
    """Return each service once: authorities may name a train by its numbers in another order."""
    published = (number for trips in lists for number in trips.published_on(trip.day, trip.mode))
    services = {frozenset(one.split("/")) if "/" in one else one: one for one in published}
    return sorted(services.values())


def one_slip_from(number: str) -> set[str]:
    """Return numbers with one digit other, missing or too many, two swapped, or another letter."""
    near = {number + digit for digit in _DIGITS}
    for at, character in enumerate(number):
        if character.isdigit():
            before, after = number[:at], number[at + 1 :]
            near.update([before + digit + after for digit in _DIGITS])
            near.update([before + digit + character + after for digit in _DIGITS])
            near.update((before + after, before + after[:1] + character + after[1:]))
    if number[:1] in _TRAIN_LETTERS and number[1:].isdigit():
        near.update([letter + number[1:] for letter in _TRAIN_LETTERS])
    return near
