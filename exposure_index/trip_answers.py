"""One answer about a trip from all indexes: published, manifest held, or neither."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exposure_index.answers import Missing
from exposure_index.manifest import Manifest
from exposure_index.opened import OpenIndex
from exposure_index.published_trip import PublishedTrip
from exposure_index.trip_list import ServiceTrips, TripList, TripListDamaged

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
    found: list[tuple[str, ServiceTrips]] = []
    lacking: list[str] = []
    unreadable: list[str] = []
    for index in indexes:
        authority = index.manifest.authority
        try:
            trips = telling(index)
            known = [] if trips is None else _known(trips, asked)
        except TripListDamaged:
            trips, known = None, []
            unreadable.append(authority)
        found += [(authority, service) for service in known]
        if trips is None:
            lacking.append(authority)
    if len(lacking) == len(indexes):
        raise NoTripList
    listed = dict.fromkeys(
        (trip, authority)
        for authority, service in found
        for trip in service.trips.get(asked.day, ())
    )
    held = any(asked.day in service.held for _, service in found)
    complete = not lacking and not missing
    return TripAnswer(
        status=_status(bool(listed), complete=complete, held=held),
        asked=asked,
        numbers=_distinct([asked.numbers, *(service.numbers for _, service in found)]),
        listed=tuple(listed),
        indexes=tuple(index.manifest for index in indexes),
        lacking=(*lacking, *(one.authority for one in missing if one.authority)),
        unreadable=tuple(unreadable),
    )


def telling(index: OpenIndex) -> TripList | None:
    """Return an index's list of trips, None where it has none or no publications in it."""
    trips = index.trips
    return trips if trips is not None and trips.facts.published else None


def _known(trips: TripList, asked: TripAsked) -> list[ServiceTrips]:
    found = (trips.service(asked.mode, number) for number in asked.numbers)
    return [service for service in found if service is not None]


def _status(listed: bool, *, complete: bool, held: bool) -> TripStatus:
    if listed:
        return "listed"
    if not complete:
        return "incomplete"
    return "manifest_held" if held else "no_manifest"


def _distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for group in groups for number in group))
