"""The present time, for judging what has expired: it never runs back while the process lives.

Threat: a clock that is set back makes an expired index look valid, and somebody listed since is
told "not found". Limit: time passes at least as the machine's own ticks tell, sleep included. A
clock set forward is believed: then the index expires early, until the clock is right again.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime


def _ticks() -> float:
    """Return seconds since the machine started, those it slept included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SteadyClock:
    """Tells the time; call it."""

    def __init__(
        self, wall: Callable[[], float] = time.time, ticks: Callable[[], float] = _ticks
    ) -> None:
        self._wall = wall
        self._ticks = ticks
        self._started_at = wall() - ticks()

    def __call__(self) -> datetime:
        """Return the present time, UTC."""
        return datetime.fromtimestamp(max(self._wall(), self._started_at + self._ticks()), UTC)
