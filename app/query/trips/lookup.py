"""Looks one trip up in the present indexes, and what else may have been meant. Knows no request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from app.indexes.store import CannotAnswer, IndexStore
from app.query.trips.form import TripForm, parse_trip
from app.query.trips.suggestions import Suggestions, suggest_trips
from exposure_index.files.trip_list import TripList, TripListDamaged
from exposure_index.lookup.trip import (
    NoTripList,
    Trip,
    TripLookupResult,
    every_number,
    look_up_trip,
    trip_list_of,
)


@dataclass(frozen=True, slots=True)
class TripFinding:
    """The lookup result of a trip, and what else may have been meant where it is not listed."""

    result: TripLookupResult
    suggestions: Suggestions


def find_trip(store: IndexStore, form: TripForm, today: date) -> TripFinding:
    """Parse and look up the trip of a form.

    Raises TripInvalid, or CannotAnswer where no authority's list of trips can be read now.
    """
    snapshot = store.snapshot()
    lists = [trips for trips in map(trip_list_of, snapshot.indexes) if trips is not None]
    try:
        trip = parse_trip(form, today, lists)
        result = look_up_trip(snapshot.indexes, trip, missing=snapshot.missing)
    except (NoTripList, TripListDamaged):
        raise CannotAnswer(("trips",)) from None
    if result.unreadable:
        structlog.get_logger().error("trips_damaged", count=len(result.unreadable))
    return TripFinding(result, _suggestions(lists, result))


def run_numbers(store: IndexStore, trip: Trip) -> tuple[str, ...]:
    """Return every number by which any authority knows the run, those of the trip first."""
    try:
        return every_number(store.snapshot().indexes, trip)
    except CannotAnswer:
        return trip.numbers


def _suggestions(lists: Sequence[TripList], result: TripLookupResult) -> Suggestions:
    if result.status == "listed":
        return Suggestions()
    try:
        return suggest_trips(lists, result.trip, result.numbers)
    except TripListDamaged:
        return Suggestions()
