"""Timetables: at which stops, in which order and on which day of the run a train calls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index_builder.trips.cities import Cities

MINUTES_PER_DAY = 1440
_BY_ROAD = ("coach ", "bus ", "taxi ")
FALL_OF_A_NEW_DAY = 720
"""A time this many minutes behind the one before it belongs to the next day for certain."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One call of a run.

    order: equal for calls that the timetable gives one and the same stop_seq. first_day, last_day:
    days after the date on which the run began, different where the times leave it open; both None
    in a timetable without times.
    """

    order: int
    name: str
    city: str | None
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a run a cell's stop may be: first and last possible order and day.

    exact: one call matched by the station's own name, which is not also the name of a city
    with other calls of this run.
    """

    first: int
    last: int
    first_day: int | None
    last_day: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The calls of one service, in order; `key` tells runs with different calls apart."""

    key: str
    stops: tuple[Stop, ...]

    @property
    def days(self) -> int | None:
        """On how many dates after the first one the run may be under way; None without times."""
        return None if self.doubtful is None else max(stop.last_day or 0 for stop in self.stops)

    @property
    def doubtful(self) -> bool | None:
        """Whether the times leave a day open; None where there are no times at all."""
        if any(stop.first_day is None for stop in self.stops):
            return None
        return any(stop.first_day != stop.last_day for stop in self.stops)

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
            first_day=_least(stop.first_day for stop in matched),
            last_day=_most(stop.last_day for stop in matched),
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


def build_runs(rows: Iterable[TimetableRow], cities: Cities) -> dict[str, tuple[Run, ...]]:
    """Return the runs of each service; more than one where its numbers have different calls."""
    by_number: dict[tuple[str, str], list[TimetableRow]] = defaultdict(list)
    for row in rows:
        by_number[row.service, row.number].append(row)
    runs: dict[str, dict[tuple[Stop, ...], Run]] = defaultdict(dict)
    for (service, number), calls in by_number.items():
        stops = _stops(sorted(set(calls), key=_by_sequence), cities)
        runs[service].setdefault(stops, Run(f"{service} as {number}", stops))
    return {service: tuple(runs_of_service.values()) for service, runs_of_service in runs.items()}


def _by_sequence(row: TimetableRow) -> tuple[int, str, int, int]:
    """Sort key; what follows stop_seq only makes the order the same in every run."""
    return row.sequence, row.stop, row.arrival or 0, row.departure or 0


def _stops(calls: Sequence[TimetableRow], cities: Cities) -> tuple[Stop, ...]:
    orders = {sequence: order for order, sequence in enumerate(sorted({c.sequence for c in calls}))}
    days = _days(calls)
    return tuple(
        Stop(orders[call.sequence], call.stop, cities.city(call.stop), *day)
        for call, day in zip(calls, days, strict=True)
    )


def _days(calls: Sequence[TimetableRow]) -> list[tuple[int, int] | tuple[None, None]]:
    """Return the first and last possible day of each call's boarding, None without any times.

    A time that falls far behind the one before it means the next day, for timetables that do not
    count past 24:00; one that falls a little behind may be a slip: both days are then possible.
    A call without times lies between its neighbours.
    """
    days: list[tuple[int, int] | None] = []
    least = most = 0
    before: int | None = None
    for call in calls:
        times = [time for time in (call.arrival, call.departure) if time is not None]
        # Boarding counts from the departure: a train that leaves after midnight is boarded then.
        for time in times:
            fallen = 0 if before is None else before - time
            least += fallen >= FALL_OF_A_NEW_DAY
            most += fallen > 0
            before = time
        day = times[-1] // MINUTES_PER_DAY if times else 0
        days.append((least + day, most + day) if times else None)
    if not any(days):
        return [(None, None)] * len(calls)
    return [day or _between(days, place) for place, day in enumerate(days)]


def _between(days: Sequence[tuple[int, int] | None], place: int) -> tuple[int, int]:
    """A call without times: not before the call before it, not after the one after it."""
    earlier = [day for day in days[:place] if day]
    later = [day for day in days[place:] if day]
    first = earlier[-1][0] if earlier else 0
    last = later[0][1] if later else earlier[-1][1] + 1
    return first, max(first, last)


def _least(days: Iterable[int | None]) -> int | None:
    known_days = [day for day in days if day is not None]
    return min(known_days) if known_days else None


def _most(days: Iterable[int | None]) -> int | None:
    known_days = [day for day in days if day is not None]
    return max(known_days) if known_days else None


def board_days(run: Run, place: Place | None) -> tuple[int | None, int | None]:
    """Return the first and last day of the run on which one may board at a place.

    A stop that is not known may be any but the last; by road anywhere up to the last, where
    drivers change. Both None in a timetable without times.
    """
    if place is not None:
        return place.first_day, place.last_day
    by_road = run.key.startswith(_BY_ROAD)
    boardable = run.stops if by_road else run.stops[:-1] or run.stops
    return (
        _least(stop.first_day for stop in boardable),
        _most(stop.last_day for stop in boardable),
    )


def service_days(runs: Sequence[Run]) -> int | None:
    """Return on how many dates after the first one a service may be under way.

    Several timetables may be one divided where the number changes, each counting from its own
    first day: then the days add up. None where any of them has no times.
    """
    days = [run.days for run in runs]
    if any(count is None for count in days):
        return None
    return sum(count or 0 for count in days) + len(days) - 1


def doubtful_timetables(runs: Mapping[str, Sequence[Run]]) -> list[str]:
    """Remark on runs whose times leave a day open, or are missing."""
    every = [run for runs_of_service in runs.values() for run in runs_of_service]
    open_days = sum(run.doubtful is True for run in every)
    timeless = sum(run.doubtful is None for run in every)
    return [
        *([f"timetable: the times of {open_days} runs leave a day open"] if open_days else []),
        *([f"timetable: {timeless} runs have no times, only an order"] if timeless else []),
    ]
