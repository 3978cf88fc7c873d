"""Looks one trip up in the present indexes, and what else may have been meant. Knows no request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.query.trips.form import TripForm, TripInvalid, parse_trip
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
    finding = find_trips(store, (form,), today)[0]
    if isinstance(finding, TripInvalid):
        raise finding
    return finding


def find_trips(
    store: IndexStore, forms: Sequence[TripForm], today: date
) -> list[TripFinding | TripInvalid]:
    """Parse and look up the trips of several forms in the same indexes, each for itself.

    Raises CannotAnswer as ``find_trip`` does.
    """
    snapshot = store.snapshot()
    return [_find(snapshot, form, today) for form in forms]


def _find(snapshot: IndexSnapshot, form: TripForm, today: date) -> TripFinding | TripInvalid:
    lists = [trips for trips in map(trip_list_of, snapshot.indexes) if trips is not None]
    try:
        trip = parse_trip(form, today, lists)
        result = look_up_trip(snapshot.indexes, trip, missing=snapshot.missing)
    except TripInvalid as error:
        return error
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
