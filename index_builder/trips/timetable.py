"""Timetables: at which stops, in which order and on which day of the run a train calls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True)
class Stop:
    """One call of a run; day is 0 on the date on which the run began."""

    order: int
    name: str
    city: str | None
    day: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a run a cell's stop may be: first and last possible order and day.

    exact: one call matched by the station's own name, which is not also the name of a city
    with other calls of this run.
    """

    first: int
    last: int
    first_day: int
    last_day: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The calls of one service, in order; `key` tells runs with different calls apart."""

    key: str
    stops: tuple[Stop, ...]

    @property
    def days(self) -> int:
        """On how many dates after the first one the run is still under way."""
        return max(stop.day for stop in self.stops)

    def place(self, name: str, city: str | None) -> Place | None:
        """Return where a stop named in a source may be, None where the run does not match it.

        name: normalised stop name; city: the city it lies in, where the source's `stops` says.
        A station is matched by its name first; by its city where the run only knows the city, or
        where the name is that of a city (武汉) with several stations on this run.
        """
        named = [stop for stop in self.stops if stop.name == name]
        as_city = [stop for stop in self.stops if name in {stop.city, stop.name}]
        of_city = [
            stop for stop in self.stops if city is not None and city in {stop.city, stop.name}
        ]
        exact = len(named) == 1 and len(as_city) == 1
        matched = named if exact else as_city or of_city
        if not matched:
            return None
        return Place(
            first=min(stop.order for stop in matched),
            last=max(stop.order for stop in matched),
            first_day=min(stop.day for stop in matched),
            last_day=max(stop.day for stop in matched),
            exact=exact,
        )


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One usable row of the timetable table; times in minutes after midnight, past 1440 allowed."""

    service: str
    number: str
    sequence: int
    stop: str
    arrival: int | None
    departure: int | None


def build_runs(
    rows: Iterable[TimetableRow], cities: Mapping[str, str]
) -> dict[str, tuple[Run, ...]]:
    """Return the runs of each service; more than one where its numbers have different calls.

    cities: station name → city. A time that falls behind the one before it means the next day,
    for timetables that do not count past 24:00.
    """
    by_number: dict[tuple[str, str], list[TimetableRow]] = defaultdict(list)
    for row in rows:
        by_number[row.service, row.number].append(row)
    runs: dict[str, dict[tuple[tuple[str, int], ...], Run]] = defaultdict(dict)
    for (service, number), calls in by_number.items():
        stops = _stops(sorted(set(calls), key=lambda row: row.sequence), cities)
        signature = tuple((stop.name, stop.day) for stop in stops)
        runs[service].setdefault(signature, Run(f"{service} as {number}", stops))
    return {service: tuple(found.values()) for service, found in runs.items()}


def _stops(calls: Sequence[TimetableRow], cities: Mapping[str, str]) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    added = 0
    before = 0
    for order, call in enumerate(calls):
        given = [time for time in (call.arrival, call.departure) if time is not None]
        # Boarding counts from the departure: a train that leaves after midnight is boarded then.
        for time in given:
            while time + added < before:
                added += MINUTES_PER_DAY
            before = time + added
        stops.append(Stop(order, call.stop, cities.get(call.stop), before // MINUTES_PER_DAY))
    return tuple(stops)


def board_days(run: Run, place: Place | None) -> tuple[int, int]:
    """Return the first and last day of the run on which one may board at a place.

    A stop that is not known may be any but the last.
    """
    if place is not None:
        return place.first_day, place.last_day
    boardable = run.stops[:-1] or run.stops
    return min(stop.day for stop in boardable), max(stop.day for stop in boardable)
