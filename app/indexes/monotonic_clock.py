"""The present time, for judging what has expired: it never runs back, also over a restart.

Threat: a clock that is set back makes an expired index look valid, and somebody listed since is
told "not found". Limit: time passes at least as the machine's own ticks tell, sleep included, and
begins no earlier than the latest time that the state directory keeps. A clock set forward is
believed: then the index expires early, until the clock is right again.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from app.indexes.last_seen_time import LastSeenTime

KEEP_EVERY = timedelta(minutes=1)
SET_BACK_MIN = timedelta(minutes=5)  # less is a clock that is being corrected


# seconds since the machine started, those it slept included
_ticks = partial(time.clock_gettime, time.CLOCK_BOOTTIME)


class MonotonicClock:
    """Call it for the present time, UTC."""

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        ticks: Callable[[], float] = _ticks,
        last_seen: LastSeenTime | None = None,
    ) -> None:
        """last_seen: where the latest time is kept; it counts from the first ``keep`` on."""
        self._wall = wall
        self._ticks = ticks
        self._last_seen = last_seen
        self._started_at = wall() - ticks()
        self.knows_the_past = last_seen is None

    def __call__(self) -> datetime:
        """Return the present time, UTC."""
        return self.now()

    def now(self) -> datetime:
        """Return the present time, UTC: quicker than a call of the object."""
        wall, steady = self._wall(), self._started_at + self._ticks()
        return datetime.fromtimestamp(max(steady, wall), UTC)

    def keep(self) -> None:
        """Begin no earlier than the last-seen time; keep the present one, once a minute at most.

        What a process keeps takes the place of a later time: by its own ticks, which began no
        earlier than what was kept before it, the clock was ahead meanwhile and is right again.
        Raises StateUnusable.
        """
        if self._last_seen is None:
            return
        earlier = self._last_seen.read()
        if not self.knows_the_past:
            if earlier is not None:
                self._started_at = max(self._started_at, earlier.timestamp() - self._ticks())
            self.knows_the_past = True
        now = self()
        if earlier is None or abs(now - earlier) >= KEEP_EVERY:
            self._last_seen.write(now)

    def is_set_back(self) -> bool:
        """Return whether the machine's clock tells a time that is over by now."""
        return self() - datetime.fromtimestamp(self._wall(), UTC) >= SET_BACK_MIN
