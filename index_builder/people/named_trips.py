"""The one trip that a clearance names, looked up among the runs that the sources know.

It is named as an answer names it, or by any number under which the run is known.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from exposure_index.label.codec import label_trip
from exposure_index.trip_text.dates import date as normal_date
from exposure_index.trip_text.folding import compact
from exposure_index.trip_text.modes import SETTING, exposure_mode
from exposure_index.trip_text.plates import modes_of
from exposure_index.trip_text.service_numbers import numbers
from index_builder.runtime.workspace import Workspace

TRIP_COLUMNS = ("mode", "number", "service_date")


@dataclass(frozen=True, slots=True)
class TripFault:
    """Why the cells of a trip cannot be used: the column, and what is wrong with it."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class NamedTrip:
    """service: as exposures have it, "" where no source knows such a run; day: boarding date."""

    service: str
    day: date


class KnownTrips:
    """Every name by which the sources and the answers call a run or a setting."""

    def __init__(self, work: Workspace) -> None:
        """Read the tables `services` and `investigated` of a build."""
        self._by_number: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_label: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for cell in work.table("services").to_pyarrow().to_pylist():
            if cell["service"]:
                self._add(cell["mode"], cell["shown"], cell["service"])
                for number in numbers(cell["mode"], cell["number_text"]):
                    self._by_number[cell["mode"], number].add(cell["service"])
        settings = work.table("investigated").select("trip", "service").distinct()
        for setting in settings.to_pyarrow().to_pylist():
            self._add(SETTING, setting["trip"], setting["service"])

    def _add(self, mode: str, text: str, service: str) -> None:
        self._by_number[mode, compact(text)].add(service)
        on_label = label_trip(text)
        if on_label != text:
            self._by_label[mode, compact(on_label)].add(service)

    def read(self, mode_text: str, number_text: str, date_text: str) -> NamedTrip | TripFault:
        """Return the trip that three cells name, of which at least one is filled.

        mode may be `setting` too, the number then what an answer says of it, blank where it says
        nothing.
        """
        mode = exposure_mode(mode_text)
        blank = _first_blank(mode, mode_text, number_text, date_text)
        if blank:
            return TripFault(blank, "blank; one trip has mode, number and service_date")
        if mode is None:
            return TripFault("mode", "unknown")
        day = normal_date(date_text)
        if day is None:
            return TripFault("service_date", "not a date")
        services = self._services(mode, number_text)
        if len(services) > 1:
            return TripFault("number", "names several services")
        return NamedTrip(min(services, default=""), day)

    def _services(self, mode: str, text: str) -> set[str]:
        whole = (mode, compact(text))
        for names in (self._by_number, self._by_label):
            if services := names.get(whole):
                return services
        each = () if mode == SETTING else numbers(mode, text)
        named = ((one, n) for n in each for one in modes_of(mode or "", n))
        return {service for name in named for service in self._by_number.get(name, ())}


def _first_blank(mode: str | None, *cells: str) -> str | None:
    blank = [column for column, cell in zip(TRIP_COLUMNS, cells, strict=True) if not cell]
    if mode == SETTING and blank == ["number"]:
        return None
    return blank[0] if blank else None
