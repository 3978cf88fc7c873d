"""Counters that all worker processes share, in memory made before they were forked.

Why not the library's own multi-process mode: it writes files, and three locked writes of it a
check cost as much as a tenth of the check. Each worker has a row of its own, which a successor
takes over, so that a sum over the rows never falls while the service runs.
"""

import mmap
import threading
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SURFACES = ("check_api", "check_page", "trips", "private", "bulk", "kiosk", "health", "other")
OUTCOMES = ("answered", "refused", "limited", "cannot_answer", "failed")
CHECKS = frozenset({"check_api", "check_page"})
# seconds; the last bucket, +Inf, is added
LATENCY_BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
LAG_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
NUMBER_BYTES = 8
NANOSECONDS = 1_000_000_000

_PLACES: Mapping[tuple[str, str], int] = MappingProxyType(
    {
        (surface, outcome): surface_no * len(OUTCOMES) + outcome_no
        for surface_no, surface in enumerate(SURFACES)
        for outcome_no, outcome in enumerate(OUTCOMES)
    }
)
_TIMED = frozenset(_PLACES[surface, "answered"] for surface in CHECKS)
_LATENCY_AT = len(_PLACES)
_NANOSECONDS_AT = _LATENCY_AT + len(LATENCY_BOUNDS) + 1
_LAG_AT = _NANOSECONDS_AT + 1
_LAG_NANOSECONDS_AT = _LAG_AT + len(LAG_BOUNDS) + 1
_ROW = _LAG_NANOSECONDS_AT + 1


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all workers.

    requests: by surface and outcome; latency: checks in each bucket of LATENCY_BOUNDS and above,
    not cumulated; seconds: of all checks together; lag: looks of the event loops at the clock in
    each bucket of LAG_BOUNDS and above, by how much too late; lag_seconds: of all looks together.
    """

    requests: Mapping[tuple[str, str], int]
    latency: tuple[int, ...]
    seconds: float
    lag: tuple[int, ...]
    lag_seconds: float


class SharedCounts:
    """A table of whole numbers: one row for each worker process that may live at once."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._memory = mmap.mmap(-1, rows * _ROW * NUMBER_BYTES)  # anonymous, survives a fork
        self._numbers = memoryview(self._memory).cast("Q")

    @property
    def rows(self) -> int:
        """Return how many workers can count at once."""
        return self._rows

    def row(self, number: int) -> "WorkerCounts":
        """Return the row that one worker counts in."""
        return WorkerCounts(self._numbers[number * _ROW : (number + 1) * _ROW])

    def totals(self) -> Totals:
        """Return the sums over all rows."""
        sums = [sum(self._numbers[place::_ROW]) for place in range(_ROW)]
        return Totals(
            requests={key: sums[place] for key, place in _PLACES.items()},
            latency=tuple(sums[_LATENCY_AT:_NANOSECONDS_AT]),
            seconds=sums[_NANOSECONDS_AT] / NANOSECONDS,
            lag=tuple(sums[_LAG_AT:_LAG_NANOSECONDS_AT]),
            lag_seconds=sums[_LAG_NANOSECONDS_AT] / NANOSECONDS,
        )


class WorkerCounts:
    """The counts of one worker, whose threads take turns."""

    def __init__(self, numbers: "memoryview[int]") -> None:
        self._numbers = numbers
        self._turn = threading.Lock()

    def count(self, surface: str, outcome: str, seconds: float) -> None:
        """Count one request; its time only where it was a check that was answered."""
        place = _PLACES[surface, outcome]
        numbers = self._numbers
        if place not in _TIMED:
            with self._turn:
                numbers[place] += 1
            return
        bucket = _LATENCY_AT + bisect_left(LATENCY_BOUNDS, seconds)
        with self._turn:
            numbers[place] += 1
            numbers[bucket] += 1
            numbers[_NANOSECONDS_AT] += int(seconds * NANOSECONDS)

    def note_lag(self, seconds: float) -> None:
        """Count one look of the event loop at the clock, and by how much it came too late."""
        with self._turn:
            self._numbers[_LAG_AT + bisect_left(LAG_BOUNDS, seconds)] += 1
            self._numbers[_LAG_NANOSECONDS_AT] += int(seconds * NANOSECONDS)
