"""One answer about a trip from all indexes: published, manifest held, or neither."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exposure_index.files.manifest import Manifest
from exposure_index.files.published_trip import PublishedTrip
from exposure_index.files.trip_list import ServiceTrips, TripList, TripListDamaged
from exposure_index.lookup.check import Missing
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.trip_text.plates import modes_of

TripStatus = Literal["listed", "manifest_held", "no_manifest", "incomplete"]


class NoTripList(Exception):
    """No index can tell of trips now: there is no answer, least of all "no case"."""


@dataclass(frozen=True, slots=True)
class TripAsked:
    """numbers: canonical, all of one service as typed; day: as on the ticket."""

    mode: str
    numbers: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class TripAnswer:
    """What all indexes together tell of one trip.

    listed: each published trip with the authority whose index has it. numbers: every number of
    the service. incomplete: an authority is missing or tells nothing of trips, and the others do
    not list it. lacking: those authorities, where their names are known; unreadable: those of them
    whose list failed a check just now.
    """

    status: TripStatus
    asked: TripAsked
    numbers: tuple[str, ...]
    listed: tuple[tuple[PublishedTrip, str], ...]
    indexes: tuple[Manifest, ...]
    lacking: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def trip_answer(
    indexes: Sequence[OpenIndex], asked: TripAsked, *, missing: Sequence[Missing] = ()
) -> TripAnswer:
    """Return the merged answer of all indexes; raises NoTripList where none can tell of trips.

    missing: what should be here and is not; then a trip that is not listed is `incomplete`.
    """
    numbers = every_number(indexes, asked)
    found: list[tuple[str, ServiceTrips]] = []
    lacking: list[str] = []
    unreadable: list[str] = []
    for index in indexes:
        authority, trips = index.manifest.authority, telling(index)
        try:
            known = iter(()) if trips is None else _known(trips, asked.mode, numbers)
            found.extend((authority, service) for service in known)  # a fault keeps those before it
        except TripListDamaged:
            trips = None
            unreadable.append(authority)
        if trips is None:
            lacking.append(authority)
    listed = dict.fromkeys(
        (trip, authority)
        for authority, service in found
        for trip in service.trips.get(asked.day, ())
    )
    if len(lacking) == len(indexes) and not listed:
        raise NoTripList
    held = any(asked.day in service.held for _, service in found)
    complete = not lacking and not missing
    return TripAnswer(
        status=_status(bool(listed), complete=complete, held=held),
        asked=asked,
        numbers=numbers,
        listed=tuple(listed),
        indexes=tuple(index.manifest for index in indexes),
        lacking=(*lacking, *(one.authority for one in missing if one.authority)),
        unreadable=tuple(unreadable),
    )


def every_number(indexes: Sequence[OpenIndex], asked: TripAsked) -> tuple[str, ...]:
    """Return every number of the service, those asked first; each authority may know a part."""
    lists = [trips for trips in map(telling, indexes) if trips is not None]
    every = dict.fromkeys(asked.numbers)
    new = list(every)
    while new:
        told = [one for number in new for trips in lists for one in _told(trips, asked, number)]
        new = [number for number in dict.fromkeys(told) if number not in every]
        every |= dict.fromkeys(new)
    return tuple(every)


def telling(index: OpenIndex) -> TripList | None:
    """Return an index's list of trips, None where it has none or no publications in it."""
    trips = index.trips
    return trips if trips is not None and trips.facts.published else None


def _told(trips: TripList, asked: TripAsked, number: str) -> tuple[str, ...]:
    try:
        known = [one for service in _known(trips, asked.mode, (number,)) for one in service.numbers]
    except TripListDamaged:
        return ()  # found again, and told, when the list is asked for the answer
    return tuple(known)


def _known(trips: TripList, mode: str, numbers: Iterable[str]) -> Iterator[ServiceTrips]:
    found = (trips.service(one, number) for number in numbers for one in modes_of(mode, number))
    return (service for service in found if service is not None)


def _status(listed: bool, *, complete: bool, held: bool) -> TripStatus:
    if listed:
        return "listed"
    if not complete:
        return "incomplete"
    return "manifest_held" if held else "no_manifest"
