"""The form of a trip: its fields parsed into the mode, numbers and day under which trips stand.

Of several trips on one form the first has the fields ``mode``, ``number`` and ``date``; those of
further ones carry their place: ``number_2`` (``rows``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from exposure_index.files.trip_list import TripList, TripListDamaged
from exposure_index.lookup.trip import Trip
from exposure_index.trip_text.dates import FIRST_EXPOSURE_DATE
from exposure_index.trip_text.dates import date as date_of
from exposure_index.trip_text.folding import spaced
from exposure_index.trip_text.modes import MODES
from exposure_index.trip_text.plates import PLATED_MODES
from exposure_index.trip_text.service_numbers import is_plate, mode_by_shape, numbers

FIELD_MAX_CHARACTERS = 60
NUMBERS_MAX_BYTES = 4 * FIELD_MAX_CHARACTERS
"""Of all canonical numbers: a single character may stand for eighteen."""
AHEAD_MAX = timedelta(days=366)
FIELDS = ("mode", "number", "date")
_WITH_DIGITS = frozenset({"flight", "train"})


@dataclass(frozen=True, slots=True)
class TripForm:
    """The fields of one trip, of a form or of an address; mode "" where it is not said.

    place: of the row, from 1.
    """

    mode: str = ""
    number: str = ""
    date: str = ""
    place: int = 1

    @classmethod
    def from_fields(cls, fields: Mapping[str, str], place: int = 1) -> "TripForm":
        """Return the form of the fields of a request, of the row at a place; absent ones as ""."""
        suffix = suffix_of(place)
        mode, number, day = (fields.get(name + suffix, "") for name in FIELDS)
        return cls(mode, number, day, place)

    @property
    def is_blank(self) -> bool:
        """Whether the row names no trip: its day is filled in for everybody."""
        return not self.number.strip()

    def field_name(self, name: str) -> str:
        """Return the name that a field of this trip has in the form."""
        return name + suffix_of(self.place)

    def printable(self) -> "TripForm":
        """Return the fields as a page may repeat them: no control characters, not endless."""
        number, day = (spaced(text)[:FIELD_MAX_CHARACTERS] for text in (self.number, self.date))
        return replace(self, number=number, date=day)


def suffix_of(place: int) -> str:
    """Return what follows the name of each field of the row at a place."""
    return "" if place == 1 else f"_{place}"


class TripInvalid(Exception):
    """Fields that name no trip.

    faults: field → reason, in the order of the form; modes: to choose from, where ambiguous.
    """

    def __init__(self, faults: Mapping[str, str], modes: Sequence[str] = ()) -> None:
        super().__init__(", ".join(faults))
        self.faults = dict(faults)
        self.modes = tuple(modes)


def parse_trip(form: TripForm, today: date, lists: Sequence[TripList]) -> Trip:
    """Parse the fields; lists: in which numbers are looked up when no mode is said.

    Raises TripInvalid with every fault; where a list cannot be read the mode is asked for.
    """
    faults: dict[str, str] = {}
    readings = NumberReadings(form.number)
    if form.mode and form.mode not in MODES:
        faults["mode"] = "unknown_mode"
    if fault := _number_fault(form.mode, readings):
        faults["number"] = fault
    day = date_of(form.date) if len(form.date) <= FIELD_MAX_CHARACTERS else None
    if fault := _date_fault(form.date, day, today):
        faults["date"] = fault
    if faults or day is None:
        raise TripInvalid(faults)
    mode = form.mode or _only_mode(readings, lists)
    return Trip(mode, readings.of(mode), day)


class NumberReadings:
    """The canonical numbers of one text, as each mode reads it, read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._by_mode: dict[str, tuple[str, ...]] = {}

    def of(self, mode: str) -> tuple[str, ...]:
        """Return the numbers that a mode reads in the text."""
        read = self._by_mode.get(mode)
        if read is None:
            read = self._by_mode[mode] = numbers(mode, self.text)
        return read


def _number_fault(mode: str, readings: NumberReadings) -> str | None:
    if not readings.text.strip():
        return "missing"
    if len(readings.text) > FIELD_MAX_CHARACTERS:
        return "too_long"
    readable = False
    for each in (mode,) if mode in MODES else MODES:
        text = "".join(readings.of(each))
        if len(text.encode()) > NUMBERS_MAX_BYTES:
            return "too_long"
        if text and not readable:
            readable = each not in _WITH_DIGITS or any(map(str.isdigit, text))
    return None if readable else "unreadable"


def _date_fault(text: str, day: date | None, today: date) -> str | None:
    if not text.strip():
        return "missing"
    if day is None:
        return "unreadable"
    if day < FIRST_EXPOSURE_DATE:
        return "too_early"
    return "too_late" if day > today + AHEAD_MAX else None


def _only_mode(readings: "NumberReadings", lists: Sequence[TripList]) -> str:
    """Return the one means of transport that a number can be of, by its shape and as known.

    A number known of several, or looking like one and known of another, must be asked about: a
    bus line K12 must not be answered as the train K12. A plate is a taxi's, a bus's or a coach's.
    """
    plated = is_plate(readings.text)
    shaped = mode_by_shape(readings.text, readings.of)
    modes = PLATED_MODES if plated else MODES
    try:
        possible = [
            mode
            for mode in modes
            if mode == shaped
            or any(trips.knows(mode, one) for one in readings.of(mode) for trips in lists)
        ]
    except TripListDamaged:  # whoever names the mode is answered by the lists that can be read
        raise TripInvalid({"mode": "ambiguous"}, modes) from None
    if plated and not possible:
        raise TripInvalid({"mode": "plate"}, PLATED_MODES)
    if len(possible) != 1 and not plated:
        raise TripInvalid({"mode": "ambiguous"}, possible or MODES)
    return possible[0]
