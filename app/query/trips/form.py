"""The form of a trip: its fields parsed into the mode, numbers and day under which trips stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from exposure_index.files.trip_list import TripList
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
    """The fields of one trip, of a form or of an address; mode "" where it is not said."""

    mode: str = ""
    number: str = ""
    date: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> "TripForm":
        """Return the form of the fields of a request; absent ones as ""."""
        return cls(*(fields.get(name, "") for name in FIELDS))

    def printable(self) -> "TripForm":
        """Return the fields as a page may repeat them: no control characters, not endless."""
        number, day = (spaced(text)[:FIELD_MAX_CHARACTERS] for text in (self.number, self.date))
        return replace(self, number=number, date=day)


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

    Raises TripInvalid with every fault, or TripListDamaged.
    """
    faults: dict[str, str] = {}
    if form.mode and form.mode not in MODES:
        faults["mode"] = "unknown_mode"
    if fault := _number_fault(form):
        faults["number"] = fault
    day = date_of(form.date) if len(form.date) <= FIELD_MAX_CHARACTERS else None
    if fault := _date_fault(form.date, day, today):
        faults["date"] = fault
    if faults or day is None:
        raise TripInvalid(faults)
    mode = form.mode or _only_mode(form.number, lists)
    return Trip(mode, numbers(mode, form.number), day)


def _number_fault(form: TripForm) -> str | None:
    if not form.number.strip():
        return "missing"
    if len(form.number) > FIELD_MAX_CHARACTERS:
        return "too_long"
    modes = (form.mode,) if form.mode in MODES else MODES
    by_mode = {mode: numbers(mode, form.number) for mode in modes}
    if any(len("".join(texts).encode()) > NUMBERS_MAX_BYTES for texts in by_mode.values()):
        return "too_long"
    readable = any(
        texts and (mode not in _WITH_DIGITS or any(map(str.isdigit, "".join(texts))))
        for mode, texts in by_mode.items()
    )
    return None if readable else "unreadable"


def _date_fault(text: str, day: date | None, today: date) -> str | None:
    if not text.strip():
        return "missing"
    if day is None:
        return "unreadable"
    if day < FIRST_EXPOSURE_DATE:
        return "too_early"
    return "too_late" if day > today + AHEAD_MAX else None


def _only_mode(number: str, lists: Sequence[TripList]) -> str:
    """Return the one means of transport that a number can be of, by its shape and as known.

    A number known of several, or looking like one and known of another, must be asked about: a
    bus line K12 must not be answered as the train K12. A plate is a taxi's, a bus's or a coach's.
    """
    plated = is_plate(number)
    shaped = mode_by_shape(number)
    possible = [
        mode
        for mode in (PLATED_MODES if plated else MODES)
        if mode == shaped
        or any(trips.service(mode, one) for one in numbers(mode, number) for trips in lists)
    ]
    if plated and not possible:
        raise TripInvalid({"mode": "plate"}, PLATED_MODES)
    if len(possible) != 1 and not plated:
        raise TripInvalid({"mode": "ambiguous"}, possible or MODES)
    return possible[0]
