"""The places of a leg's two stops in the order of its run, as far as the timetable gives them."""

from collections.abc import Mapping
from typing import Any

from index_builder.normalise.stations import station
from index_builder.trips.cities import Cities
from index_builder.trips.timetable import Place, Run, board_days, service_days

STOP_COLUMNS = {
    "board_stop": "string",
    "alight_stop": "string",
    "run": "string",
    "board_first": "int32",
    "board_last": "int32",
    "board_exact": "boolean",
    "alight_first": "int32",
    "alight_last": "int32",
    "alight_exact": "boolean",
    "day_first": "int32",
    "day_last": "int32",
    "nights": "int32",
    "stops_reversed": "boolean",
}
"""board_stop, alight_stop: names, null where unknown; run: null without one agreed timetable;
*_first, *_last: lowest and highest possible place in the order of stops, null where unknown;
day_*: days of the run on which the leg may have begun, null without timed calls; nights: midnights
between boarding and the last possible alighting."""


class StopPositions:
    """Stop positions of the distinct (service, board, alight) of a source."""

    def __init__(self, runs: Mapping[str, tuple[Run, ...]], cities: Cities) -> None:
        self._runs = runs
        self._cities = cities

    def __call__(self, service: str, board: str, alight: str) -> list[tuple[Any, ...]]:
        """Return one row of STOP_COLUMNS."""
        on, off = (self._cities.station(station(stop)) for stop in (board, alight))
        where = self._in_service(service, on, off)
        if where[-1]:
            on = off = ""  # stops in an order in which no train calls prove nothing
        return [(on or None, off or None, *where)]

    def _in_service(self, service: str, board: str, alight: str) -> tuple[Any, ...]:
        """Where the numbers of one service have different timetables, none can prove an order."""
        runs = self._runs.get(service, ())
        if not runs:
            return (None, *(None,) * 6, None, None, None, False)
        rows = [self._in_run(run, board, alight) for run in runs]
        if len(rows) == 1:
            return rows[0]
        days = service_days(runs)
        return (None, *(None,) * 6, None if days is None else 0, days, days, False)

    def _in_run(self, run: Run, board: str, alight: str) -> tuple[Any, ...]:
        on, off = self._place(run, board), self._place(run, alight)
        reverse = on is not None and off is not None and off.last <= on.first
        if reverse:
            on = off = None
        first_day, last_day = board_days(run, on)
        end_day = off.last_day if off is not None else run.days
        nights = None if first_day is None or end_day is None else max(end_day - first_day, 0)
        return (
            run.key,
            *_place_columns(on),
            *_place_columns(off),
            first_day,
            last_day,
            nights,
            reverse,
        )

    def _place(self, run: Run, name: str) -> Place | None:
        return run.place(name, self._cities.city(name)) if name else None


def _place_columns(place: Place | None) -> tuple[int | None, int | None, bool | None]:
    return (None, None, None) if place is None else (place.first, place.last, place.exact)
