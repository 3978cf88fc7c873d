"""Lookup of one trip in all indexes: published, passenger list held, or neither."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exposure_index.files.manifest import Manifest
from exposure_index.files.published_trip import PublishedTrip, ServiceTrips
from exposure_index.files.trip_list import TripList, TripListDamaged
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import Missing
from exposure_index.trip_text.plates import modes_of

TripStatus = Literal["listed", "manifest_held", "no_manifest", "incomplete"]


class NoTripList(Exception):
    """No index can tell of trips now: there is no answer, least of all "no case"."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What a person names; numbers: canonical, all of one service; day: as on the ticket."""

    mode: str
    numbers: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class TripLookupResult:
    """Result of looking one trip up in all indexes.

    listed: each published trip with the authority whose index has it. numbers: every number of
    the service. incomplete: an authority is missing or tells nothing of trips, and the others do
    not list it. lacking: those authorities, where their names are known; unreadable: those of them
    whose list failed a check just now.
    """

    status: TripStatus
    trip: Trip
    numbers: tuple[str, ...]
    listed: tuple[tuple[PublishedTrip, str], ...]
    indexes: tuple[Manifest, ...]
    lacking: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def look_up_trip(
    indexes: Sequence[OpenIndex], trip: Trip, *, missing: Sequence[Missing] = ()
) -> TripLookupResult:
    """Look a trip up in all indexes and merge what they list.

    missing: what should be here and is not; then a trip that is not listed is `incomplete`.
    Raises NoTripList where no index can tell of trips.
    """
    numbers = every_number(indexes, trip)
    services: list[tuple[str, ServiceTrips]] = []
    lacking: list[str] = []
    unreadable: list[str] = []
    for index in indexes:
        authority, trips = index.manifest.authority, trip_list_of(index)
        try:
            own = iter(()) if trips is None else _services(trips, trip.mode, numbers)
            services.extend((authority, each) for each in own)  # a fault keeps those before it
        except TripListDamaged:
            trips = None
            unreadable.append(authority)
        if trips is None:
            lacking.append(authority)
    listed = dict.fromkeys(
        (published, authority)
        for authority, service in services
        for published in service.trips.get(trip.day, ())
    )
    if len(lacking) == len(indexes) and not listed:
        raise NoTripList
    passenger_list = any(trip.day in service.passenger_list_days for _, service in services)
    complete = not lacking and not missing
    return TripLookupResult(
        status=_status(bool(listed), complete=complete, passenger_list=passenger_list),
        trip=trip,
        numbers=numbers,
        listed=tuple(listed),
        indexes=tuple(index.manifest for index in indexes),
        lacking=(*lacking, *(one.authority for one in missing if one.authority)),
        unreadable=tuple(unreadable),
    )


def every_number(indexes: Sequence[OpenIndex], trip: Trip) -> tuple[str, ...]:
    """Return every number of the service, those of the trip first; an authority may know a part."""
    lists = [trips for trips in map(trip_list_of, indexes) if trips is not None]
    every = dict.fromkeys(trip.numbers)
    new = list(every)
    while new:
        more = [one for number in new for trips in lists for one in _numbers(trips, trip, number)]
        new = [number for number in dict.fromkeys(more) if number not in every]
        every |= dict.fromkeys(new)
    return tuple(every)


def trip_list_of(index: OpenIndex) -> TripList | None:
    """Return an index's trip list, None where it has none or no publications in it."""
    trips = index.trips
    return trips if trips is not None and trips.facts.published else None


def _numbers(trips: TripList, trip: Trip, number: str) -> tuple[str, ...]:
    try:
        return tuple(
            one for service in _services(trips, trip.mode, (number,)) for one in service.numbers
        )
    except TripListDamaged:
        return ()  # noticed again, and told, when the trip is looked up


def _services(trips: TripList, mode: str, numbers: Iterable[str]) -> Iterator[ServiceTrips]:
    services = (trips.service(one, number) for number in numbers for one in modes_of(mode, number))
    return (service for service in services if service is not None)


def _status(listed: bool, *, complete: bool, passenger_list: bool) -> TripStatus:
    if listed:
        return "listed"
    if not complete:
        return "incomplete"
    return "manifest_held" if passenger_list else "no_manifest"
