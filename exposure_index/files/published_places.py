"""Published places: from and to of published trips, in memory, by the day and number of a ticket.

What a notice says of a trip is where a case got on and off. It is told beside a listed trip only
where it can mean no other: published for that very day, and by all its notices alike.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from exposure_index.label.codec import TRIP_BYTES

PLACES_MAX_BYTES = 48_000
"""Of JSON: about 1,300 trips. Browsers fetch it whole, so that nobody sees which one is wanted."""
PLACE_MAX_CHARACTERS = 20
_CHARACTER_MAX_BYTES = 4
NUMBER_MAX_BYTES = TRIP_BYTES - _CHARACTER_MAX_BYTES
"""Whatever is longer may be the beginning of another number, which a label cut."""
_MARKS_BYTES = len('"":["",""],')


class Places(NamedTuple):
    """Where a case got on and off, as published; both "" where that is not known."""

    board: str
    alight: str


UNKNOWN = Places("", "")


class PublishedPlaces:
    """From and to by day, mode and number; past PLACES_MAX_BYTES the latest days alone."""

    def __init__(self) -> None:
        self._days: dict[str, dict[str, Places]] = {}  # day and mode → number → places
        self._bytes = 0
        self._left_out = ""  # the latest day that is not here, for want of room

    def add(
        self, mode: str, number: str, trips_by_day: Mapping[str, Sequence[Mapping[str, str]]]
    ) -> None:
        """Remember what is published of one service; trips_by_day: as its record holds it."""
        for day, trips in trips_by_day.items():
            places = _common_places([trip for trip in trips if trip["service_date"] == day])
            if places != UNKNOWN and day > self._left_out:
                self._remember(day, mode, number, places)
        if self._bytes > 2 * PLACES_MAX_BYTES:
            self.leave_out_the_oldest()

    def leave_out_the_oldest(self) -> None:
        """Forget the oldest days until the others have room; a day is left out whole."""
        for key in sorted(self._days):
            day = key[:_DAY_CHARACTERS]
            if self._bytes <= PLACES_MAX_BYTES and day != self._left_out:
                return
            self._left_out = day
            forgotten = self._days.pop(key)
            self._bytes -= sum(_json_bytes(*item) for item in forgotten.items())

    def find(self, mode: str, number: str, day: date) -> Places:
        """Return the places of a trip, UNKNOWN of any other, by the same work."""
        return self._days.get(_key(day.isoformat(), mode), _NO_PLACES).get(number, UNKNOWN)

    def as_json(self) -> dict[str, dict[str, Places]]:
        """Return them as JSON holds them: "2020-01-21 train" → number → [from, to]."""
        return self._days

    def _remember(self, day: str, mode: str, number: str, places: Places) -> None:
        if len(number.encode()) > NUMBER_MAX_BYTES or max(map(len, places)) > PLACE_MAX_CHARACTERS:
            return
        self._days.setdefault(_key(day, mode), {})[number] = places
        self._bytes += _json_bytes(number, places)


NOWHERE = PublishedPlaces()
"""Of an index without publications."""
_NO_PLACES: dict[str, Places] = {}
_DAY_CHARACTERS = len("2020-01-21")


def _key(day: str, mode: str) -> str:
    return f"{day} {mode}"


def _json_bytes(number: str, places: Places) -> int:
    return len("".join((number, *places)).encode()) + _MARKS_BYTES


def _common_places(trips: Sequence[Mapping[str, str]]) -> Places:
    """Return the places that all notices name which name any; UNKNOWN where they differ.

    Of a notice that names one of them alone, nobody can tell whether it means the same journey.
    """
    named = {(trip.get("board", ""), trip.get("alight", "")) for trip in trips}
    named.discard(UNKNOWN)
    places = Places(*named.pop()) if len(named) == 1 else UNKNOWN
    return places if all(places) else UNKNOWN
