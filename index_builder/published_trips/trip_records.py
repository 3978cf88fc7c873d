"""The records of trips.idx, in order: published trips, and passenger lists held."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from exposure_index.files.published_trip import PublishedTrip, ServiceTrips, day_key, service_key
from exposure_index.files.trip_list import TripListFacts, write_trip_list
from index_builder.published_trips.publications import Publications
from index_builder.published_trips.ticket_days import TicketDays
from index_builder.published_trips.trip_numbers import TripNumber, TripNumbers, trip_numbers
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.trips.trip_tables import TripTables

_BATCH_ROWS = 100_000
_FILE = "trips.idx"

DaysOf = tuple[TripNumber, list[date]]


@dataclass(frozen=True, slots=True)
class TripRecords:
    """The trip list before it is written: published trips in memory, held ones in the engine."""

    work: Workspace
    names: TripNumbers
    listed: dict[TripNumber, dict[date, list[PublishedTrip]]]
    trips_held: ibis.Table | None
    delivered: bool

    def write(self, build_id: str) -> Path:
        """Write the file into the build's private folder; return where it stands."""
        path = self.work.folder / _FILE
        with path.open("wb") as target:
            write_trip_list(target, TripListFacts(build_id, self.delivered), self._records())
        return path

    def _records(self) -> Iterator[tuple[str, Any]]:
        yield from self._by_day()
        for number, days in _merge_by_number(
            self._days_held(), ((one, []) for one in sorted(self.listed))
        ):
            service = ServiceTrips(
                numbers=self.names.of.get(number, (number[1],)),
                passenger_list_days=days,
                trips=self.listed.get(number, {}),
            )
            yield service_key(*number), service.as_json()

    def _by_day(self) -> Iterator[tuple[str, list[str]]]:
        published: dict[str, set[str]] = {}
        for (mode, _), days in self.listed.items():
            for day, trips in days.items():
                numbers = published.setdefault(day_key(day, mode), set())
                numbers.update(trip.number for trip in trips)
        for key in sorted(published):
            yield key, sorted(published[key])

    def _days_held(self) -> Iterator[DaysOf]:
        if self.trips_held is None:
            return
        rows = (
            row
            for batch in self.work.stream(self.trips_held, _BATCH_ROWS)
            for row in zip(*map(_cells, batch.columns), strict=True)
        )
        for number, of_number in groupby(rows, itemgetter(0, 1)):
            yield number, [day for _, _, day in of_number]


def _cells(column: pa.Array) -> list[Any]:
    """Return the cells of a column, each distinct one made once: a day stands in many rows."""
    encoded = column.dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    return [distinct[place] for place in encoded.indices.to_pylist()]


def trip_records(
    context: BuildContext, trips: TripTables, publications: Publications
) -> TripRecords:
    """Return the records of trips.idx; those of passenger lists held are stored in the engine."""
    published_numbers = [(trip.mode, numbers) for numbers, trip in publications.trips]
    names = trip_numbers(context.source, trips, published_numbers)
    days_of = TicketDays(trips.runs, trips.reading.stop_positions)
    listed: dict[TripNumber, dict[date, list[PublishedTrip]]] = {}
    for numbers, trip in publications.trips:
        every = names.of[trip.mode, numbers[0]]
        for day in days_of(trip, every):
            for number in every:
                listed.setdefault((trip.mode, number), {}).setdefault(day, []).append(trip)
    of_lists = _trips_held(context.work, trips, names)
    return TripRecords(context.work, names, listed, of_lists, publications.delivered)


def _trips_held(work: Workspace, trips: TripTables, names: TripNumbers) -> ibis.Table | None:
    """Return (mode, number, date) of every passenger list held, in order; replies are none."""
    if trips.leg_cells is None:
        return None
    meanings = work.small(
        "passenger_list_numbers",
        {"mode_text": "string", "number_text": "string", "mode": "string", "number": "string"},
        [(*texts, number) for *texts, numbers in names.cells for number in numbers],
    )
    cells = trips.leg_cells.filter(trips.leg_cells.delivered)
    cells = cells.select("mode_text", "number_text", "date_text").distinct()
    named = cells.inner_join(meanings, ["mode_text", "number_text"])
    dated = named.inner_join(trips.dates, "date_text")
    dated = dated.filter(dated["date"].notnull()).select("mode", "number", "date").distinct()
    return work.keep("trips_held", dated.order_by(["mode", "number", "date"]))


def _merge_by_number(*sorted_streams: Iterable[DaysOf]) -> Iterator[DaysOf]:
    """Merge streams sorted by number; a number of both comes once, with its days."""
    for number, days_of_number in groupby(
        heapq.merge(*sorted_streams, key=itemgetter(0)), itemgetter(0)
    ):
        yield number, [day for _, days in days_of_number for day in days]
