"""Service days: which services a trip list knows, and on which days, in memory.

Why: what may have been meant by a number that was not found is a hundred numbers near it, which are
a hundred proved blocks where they are looked up one by one. Made once, of proved blocks; what is
told of the trip itself is still read from its own block, which proves itself each time.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from enum import IntEnum

FIRST_DAY = date(2019, 1, 1)
DAYS_MAX = 65_536
SERVICES_MAX = 200_000  # about 25 MB; the trains and flights of a country are a fifth of it


class Knowledge(IntEnum):
    """What is known of a service on a day."""

    NOTHING = 0
    PASSENGER_LIST = 1
    PUBLISHED = 2


class ServiceDays:
    """Days of services, as bits from FIRST_DAY on.

    Past SERVICES_MAX more services are not remembered, and ``is_whole`` is false: then one that is
    not here may stand in the list all the same.
    """

    def __init__(self) -> None:
        self._days: dict[str, dict[str, tuple[int, int]]] = {}
        self._shared: dict[tuple[int, int], tuple[int, int]] = {}  # many services run each day
        self._services = 0
        self.is_whole = True

    def add(
        self, mode: str, number: str, published: Iterable[date], passenger_lists: Iterable[date]
    ) -> None:
        """Remember one service, by its canonical number."""
        if self._services >= SERVICES_MAX:
            self.is_whole = False
            return
        days = _bits(published), _bits(passenger_lists)
        self._days.setdefault(mode, {})[number] = self._shared.setdefault(days, days)
        self._services += 1

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes that any service is of."""
        return tuple(self._days)

    def numbers(self, mode: str) -> AbstractSet[str]:
        """Return the numbers of every service of a mode."""
        return self._days.get(mode, {}).keys()

    def knows(self, mode: str, number: str) -> bool:
        """Return whether the service is remembered, on whatever day."""
        return number in self._days.get(mode, ())

    def on(self, mode: str, number: str, day: date) -> Knowledge:
        """Return what is known of a service on a day."""
        days = self._days.get(mode, {}).get(number)
        if days is None:
            return Knowledge.NOTHING
        published, passenger_lists = days
        bit = _place(day)
        if bit < 0:
            return Knowledge.NOTHING
        if published >> bit & 1:
            return Knowledge.PUBLISHED
        return Knowledge.PASSENGER_LIST if passenger_lists >> bit & 1 else Knowledge.NOTHING

    def published_from(self, mode: str, number: str, first: date, days: int) -> int:
        """Return on which of so many days from the first on a service is published, as bits."""
        published, _ = self._days.get(mode, {}).get(number, (0, 0))
        bit = _place(first)
        return (published >> bit if bit >= 0 else published << -bit) & ((1 << days) - 1)


def _place(day: date) -> int:
    return (day - FIRST_DAY).days


def _bits(days: Iterable[date]) -> int:
    bits = 0
    for place in map(_place, days):
        if 0 <= place < DAYS_MAX:
            bits |= 1 << place
    return bits
