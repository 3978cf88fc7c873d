"""The present time, for judging what has expired: it never runs back, also over a restart.

Threat: a clock that is set back makes an expired index look valid, and somebody listed since is
told "not found". Limit: time passes at least as the machine's own ticks tell, sleep included, and
begins no earlier than the latest time that the state directory keeps. A clock set forward is
believed: then the index expires early, until the clock is right again.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.indexes.last_seen_time import LastSeenTime

KEEP_EVERY = timedelta(minutes=1)
SET_BACK_MIN = timedelta(minutes=5)  # less is a clock that is being corrected


def _ticks() -> float:
    """Return seconds since the machine started, those it slept included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class MonotonicClock:
    """Tells the time; call it."""

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        ticks: Callable[[], float] = _ticks,
        kept: LastSeenTime | None = None,
    ) -> None:
        """kept: where the latest time is kept; it counts from the first ``keep`` on."""
        self._wall = wall
        self._ticks = ticks
        self._kept = kept
        self._started_at = wall() - ticks()
        self.knows_the_past = kept is None

    def __call__(self) -> datetime:
        """Return the present time, UTC."""
        return datetime.fromtimestamp(max(self._wall(), self._started_at + self._ticks()), UTC)

    def keep(self) -> None:
        """Begin no earlier than what was kept, and keep the present time, once a minute at most.

        What a process keeps takes the place of a later time: by its own ticks, which began no
        earlier than what was kept before it, the clock was ahead meanwhile and is right again.
        Raises StateUnusable.
        """
        if self._kept is None:
            return
        kept = self._kept.read()
        if not self.knows_the_past:
            if kept is not None:
                self._started_at = max(self._started_at, kept.timestamp() - self._ticks())
            self.knows_the_past = True
        now = self()
        if kept is None or abs(now - kept) >= KEEP_EVERY:
            self._kept.write(now)

    def set_back(self) -> bool:
        """Return whether the machine's clock tells a time that is over by now."""
        return self() - datetime.fromtimestamp(self._wall(), UTC) >= SET_BACK_MIN
