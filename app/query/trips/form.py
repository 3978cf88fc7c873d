"""What a citizen types about a trip, brought to the form in which trips are published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exposure_index.files.trip_list import TripList
from exposure_index.lookup.trip import Trip
from exposure_index.trip_text.dates import FIRST_DATE_TOLD
from exposure_index.trip_text.dates import date as date_of
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
class TripTyped:
    """What stands in the form, or in the query of an address; mode "" where it is not said."""

    mode: str = ""
    number: str = ""
    date: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "TripTyped":
        """Return the trip of a form's fields; others are left alone."""
        return cls(*(fields.get(name, "") for name in FIELDS))


class TripInvalid(Exception):
    """faults: field → reason, in the order of the form; modes: to choose from, where ambiguous."""

    def __init__(self, faults: Mapping[str, str], modes: Sequence[str] = ()) -> None:
        super().__init__(", ".join(faults))
        self.faults = dict(faults)
        self.modes = tuple(modes)


def trip_asked(typed: TripTyped, today: date, lists: Sequence[TripList]) -> Trip:
    """Return the trip typed; lists: where numbers are looked up when no mode is said.

    Raises TripInvalid with every fault, or TripListDamaged.
    """
    faults: dict[str, str] = {}
    if typed.mode and typed.mode not in MODES:
        faults["mode"] = "unknown_mode"
    if fault := _number_fault(typed):
        faults["number"] = fault
    day = date_of(typed.date) if len(typed.date) <= FIELD_MAX_CHARACTERS else None
    if fault := _date_fault(typed.date, day, today):
        faults["date"] = fault
    if faults or day is None:
        raise TripInvalid(faults)
    mode = typed.mode or _only_mode(typed.number, lists)
    found = numbers(mode, typed.number)
    return Trip(mode, found, day)


def _number_fault(typed: TripTyped) -> str | None:
    if not typed.number.strip():
        return "missing"
    if len(typed.number) > FIELD_MAX_CHARACTERS:
        return "too_long"
    modes = (typed.mode,) if typed.mode in MODES else MODES
    found = {mode: numbers(mode, typed.number) for mode in modes}
    if any(len("".join(texts).encode()) > NUMBERS_MAX_BYTES for texts in found.values()):
        return "too_long"
    readable = any(
        texts and (mode not in _WITH_DIGITS or any(map(str.isdigit, "".join(texts))))
        for mode, texts in found.items()
    )
    return None if readable else "unreadable"


def _date_fault(text: str, day: date | None, today: date) -> str | None:
    if not text.strip():
        return "missing"
    if day is None:
        return "unreadable"
    if day < FIRST_DATE_TOLD:
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
