"""The look watch: whether what is served is as of a look for newer indexes that is not long ago.

Threat: whatever ends the looks, or lets one never end, freezes what is served, and who was listed
since is told "not found". Limit: after a look that failed, or with none that came to its end for
long, answers count as incomplete, and `/readyz` says so; after none for long it says "not ready".
"""

from dataclasses import replace
from datetime import datetime, timedelta

from app.indexes.snapshot import NEVER, IndexSnapshot
from exposure_index.lookup.result import Missing

LOOK_FAILED, LOOK_OVERDUE = "look_failed", "look_overdue"
PERIODS_MAX = 4
LOOK_MAX = timedelta(minutes=5)  # a new build of many gigabytes is read whole


class LookWatch:
    """Knows of the last look; one thread at a time looks, any may ask."""

    def __init__(self) -> None:
        self._overdue_after: timedelta | None = None
        self._overdue_at = NEVER
        self._failure = ""

    def expect(self, every_seconds: float, now: datetime) -> None:
        """Count looks as overdue from now on: somebody looks again and again."""
        self._overdue_after = LOOK_MAX + PERIODS_MAX * timedelta(seconds=every_seconds)
        self._overdue_at = now + self._overdue_after

    def finish(self, begun_at: datetime) -> None:
        """Take note of a look that came to its end, and of when it began."""
        self._failure = ""
        if self._overdue_after is not None:
            self._overdue_at = begun_at + self._overdue_after

    def fail(self, reason: str = LOOK_FAILED) -> None:
        """Take note of a look that failed, and why: a short word for operators."""
        self._failure = reason

    def fault(self, now: datetime) -> str:
        """Return why what is served may be old, in a short word; "" where it is not."""
        return self._failure or (LOOK_OVERDUE if self.is_overdue(now) else "")

    def is_overdue(self, now: datetime) -> bool:
        """Return whether no look came to its end for long."""
        return now >= self._overdue_at

    def watched(self, snapshot: IndexSnapshot, now: datetime) -> IndexSnapshot:
        """Return a snapshot as the last look lets it be believed.

        Of an index that nobody saw nobody knows the name: it is the last one that is missing.
        """
        if self.fault(now):
            return replace(snapshot, missing=(*snapshot.missing, Missing("", "absent")))
        return replace(snapshot, unchanged_until=min(snapshot.unchanged_until, self._overdue_at))
