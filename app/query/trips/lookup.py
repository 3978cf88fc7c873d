"""One question about a trip, answered from the indexes that are served. Knows no request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from app.indexes.store import CannotAnswer, IndexStore
from app.query.trips.form import TripTyped, trip_asked
from app.query.trips.suggestions import Suggestions, suggestions
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
class TripFound:
    """The answer, and what else may have been meant where the trip is not listed."""

    answer: TripLookupResult
    suggestions: Suggestions


def find_trip(index: IndexStore, typed: TripTyped, today: date) -> TripFound:
    """Return what is known of a trip typed.

    Raises TripInvalid, or CannotAnswer where no authority's list of trips can be read now.
    """
    snapshot = index.snapshot()
    lists = [trips for trips in map(trip_list_of, snapshot.indexes) if trips is not None]
    try:
        asked = trip_asked(typed, today, lists)
        answer = look_up_trip(snapshot.indexes, asked, missing=snapshot.missing)
    except (NoTripList, TripListDamaged):
        raise CannotAnswer(("trips",)) from None
    if answer.unreadable:
        structlog.get_logger().error("trips_damaged", count=len(answer.unreadable))
    return TripFound(answer, _suggested(lists, answer))


def numbers_of_run(index: IndexStore, asked: Trip) -> tuple[str, ...]:
    """Return every number by which any authority knows the run, those asked first."""
    try:
        return every_number(index.snapshot().indexes, asked)
    except CannotAnswer:
        return asked.numbers


def _suggested(lists: Sequence[TripList], answer: TripLookupResult) -> Suggestions:
    if answer.status == "listed":
        return Suggestions()
    try:
        return suggestions(lists, answer.trip, answer.numbers)
    except TripListDamaged:
        return Suggestions()
