"""The committed extract of published trips and their trains' calls (PROVENANCE.md)."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from index_builder.normalise import clock

_HERE = Path(__file__).parent
PUBLISHED_UNTIL = date(2020, 2, 5)
# A demo that is moved to another day stands as if it were this one: of the trips that lie within
# 14 days most do, some do not, and the one later trip is moved to the eve.
_MOVED_FROM = date(2020, 1, 30)
MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Call:
    """One stop of a run: its city, and on which day of the run one boards there (0 the first)."""

    city: str
    day: int


@dataclass(frozen=True, slots=True)
class DemoTrip:
    """One published trip of a confirmed case, with the calls of its train (none for flights)."""

    source_id: str
    mode: str
    number: str
    service_date: date
    carriage: str
    seats: str
    board: str
    alight: str
    calls: tuple[Call, ...]
    board_call: int
    alight_call: int

    @property
    def numbers(self) -> list[str]:
        """Every number of the service: `T182/T183`, codeshares."""
        return self.number.split("/")

    def boarding_date(self, call: int) -> date:
        """Return the date on a ticket from a call of the same run."""
        nights = self.calls[call].day - self.calls[self.board_call].day
        return self.service_date + timedelta(days=nights)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a committed table: published_trips, timetable or stops."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published_trips(as_of: date | None = None) -> list[DemoTrip]:
    """Return every trip of the extract, by date; as_of: moved so that all lie before that day."""
    calls: dict[str, list[Call]] = defaultdict(list)
    for row in rows("timetable"):
        leaves = clock(row["departure"]) or clock(row["arrival"]) or 0
        calls[row["number"]].append(Call(row["stop"], leaves // MINUTES_PER_DAY))
    cities = {row["stop"]: row["city"] for row in rows("stops")}
    trips = []
    for row in rows("published_trips"):
        of_train = next((calls[one] for one in row["number"].split("/") if one in calls), [])
        order = [call.city for call in of_train]
        trips.append(
            DemoTrip(
                source_id=row["source_id"],
                mode=row["mode"],
                number=row["number"],
                service_date=_moved(date.fromisoformat(row["service_date"]), as_of),
                carriage=row["carriage"],
                seats=row["seats"],
                board=row["board"],
                alight=row["alight"],
                calls=tuple(of_train),
                board_call=order.index(cities[row["board"]]) if order else 0,
                alight_call=order.index(cities[row["alight"]]) if order else 0,
            )
        )
    return trips


def _moved(service_date: date, as_of: date | None) -> date:
    if as_of is None:
        return service_date
    return min(service_date + (as_of - _MOVED_FROM), as_of - timedelta(days=1))
