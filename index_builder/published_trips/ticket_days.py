"""The boarding dates that tickets for the run of a published trip may bear.

A notice tells the day on which the case boarded. Whoever boarded the same night train further on
holds a ticket of the next day, and must not be told that nothing was published for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from exposure_index.files.published_trip import PublishedTrip
from index_builder.trips.legs import RUN_SPAN_MAX_DAYS
from index_builder.trips.stop_positions import STOP_COLUMNS, StopPositions
from index_builder.trips.timetable import Run, service_days

_NAMED_AS = " as "


class TicketDays:
    """Ticket days of the published trips of one source."""

    def __init__(self, runs: Mapping[str, tuple[Run, ...]], positions: StopPositions) -> None:
        self._runs = runs
        self._positions = positions
        self._service_of = {
            (service.split(" ", 1)[0], run.key.rpartition(_NAMED_AS)[2]): service
            for service, runs_of_service in runs.items()
            for run in runs_of_service
        }

    def __call__(self, trip: PublishedTrip, numbers: Iterable[str]) -> list[date]:
        """Return the days, ascending; the published day is one of them.

        numbers: every number of the service. By the timetable the run began on the published day
        less the days under way at the stop, and lasts as long as it says; without one, the day of
        alighting is all that is known.
        """
        day = trip.service_date
        if trip.mode == "flight":
            return [day]
        first, last = self._by_timetable(trip, numbers) or (0, 0)
        if trip.alight_time:
            nights = (datetime.fromisoformat(trip.alight_time).date() - day).days
            last = max(last, nights if nights <= RUN_SPAN_MAX_DAYS else 0)
        return [day + timedelta(days=days) for days in range(min(first, 0), max(last, 0) + 1)]

    def _by_timetable(self, trip: PublishedTrip, numbers: Iterable[str]) -> tuple[int, int] | None:
        """Return first and last ticket day of the run, counted from the published day."""
        candidates = (self._service_of.get((trip.mode, number)) for number in numbers)
        service = next((service for service in candidates if service), None)
        if service is None:
            return None
        row = self._positions(service, trip.board, trip.alight)[0]
        positions = dict(zip(STOP_COLUMNS, row, strict=True))
        under_way = service_days(self._runs[service])
        if positions["day_first"] is None or positions["day_last"] is None or under_way is None:
            return None
        return -positions["day_last"], under_way - positions["day_first"]
