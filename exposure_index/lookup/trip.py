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
    readers = [_ServiceReader(index, trip.mode) for index in indexes]
    numbers = _every_number(readers, trip)
    services = [(each.authority, found) for each in readers for found in each.services(numbers)]
    lacking = [each.authority for each in readers if each.lacks]
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
        unreadable=tuple(each.authority for each in readers if each.is_damaged),
    )


def every_number(indexes: Sequence[OpenIndex], trip: Trip) -> tuple[str, ...]:
    """Return every number of the service, those of the trip first; an authority may know a part."""
    return _every_number([_ServiceReader(index, trip.mode) for index in indexes], trip)


def trip_list_of(index: OpenIndex) -> TripList | None:
    """Return an index's trip list, None where it has none or no publications in it."""
    trips = index.trips
    return trips if trips is not None and trips.facts.published else None


class _ServiceReader:
    """Reads the services of one index, each number once, and notices what is damaged."""

    def __init__(self, index: OpenIndex, mode: str) -> None:
        self.authority = index.manifest.authority
        self.is_damaged = False
        self._trips = trip_list_of(index)
        self._mode = mode
        self._services: dict[str, tuple[ServiceTrips, ...]] = {}

    @property
    def lacks(self) -> bool:
        """Whether the index tells nothing of trips, or not the whole now."""
        return self._trips is None or self.is_damaged

    def services(self, numbers: Iterable[str]) -> Iterator[ServiceTrips]:
        """Yield what is known under each number, and under other modes of a plate."""
        for number in numbers:
            if number not in self._services:
                self._services[number] = tuple(self._read(number))
            yield from self._services[number]

    def _read(self, number: str) -> Iterator[ServiceTrips]:
        if self._trips is None:
            return
        for mode in modes_of(self._mode, number):
            try:
                service = self._trips.service(mode, number)
            except TripListDamaged:
                self.is_damaged = True
                continue  # what another block lists is listed all the same
            if service is not None:
                yield service


def _every_number(readers: Sequence[_ServiceReader], trip: Trip) -> tuple[str, ...]:
    every = dict.fromkeys(trip.numbers)
    new = list(every)
    while new:
        services = (service for reader in readers for service in reader.services(new))
        more = dict.fromkeys(number for service in services for number in service.numbers)
        new = [number for number in more if number not in every]
        every |= dict.fromkeys(new)
    return tuple(every)


def _status(listed: bool, *, complete: bool, passenger_list: bool) -> TripStatus:
    if listed:
        return "listed"
    if not complete:
        return "incomplete"
    return "manifest_held" if passenger_list else "no_manifest"
