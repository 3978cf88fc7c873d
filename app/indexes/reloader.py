"""Plain index and private check of one directory, looked after together, by one clock."""

import threading
from dataclasses import replace

import structlog

from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.private_builds import PrivateBuilds
from app.indexes.rollback_guard import StateUnusable
from app.indexes.store import IndexStore, Readiness


class IndexReloader:
    """Looks for new builds, from a thread of its own once it is started, and tells what is wrong.

    A private check that cannot answer leaves the plain one ready: each is whole or not by itself.
    """

    def __init__(
        self, indexes: IndexStore, private_builds: PrivateBuilds, clock: MonotonicClock
    ) -> None:
        self.indexes = indexes
        self.private_builds = private_builds
        self._clock = clock
        self._state_faults: tuple[str, ...] = ()
        self._stop = threading.Event()

    def reload(self) -> None:
        """Open what is new and good; nothing before it is known which time it was last."""
        try:
            self._clock.keep()
            self._state_faults = ()
        except StateUnusable:
            self._state_faults = ("state",)
            if not self._clock.knows_the_past:
                return
        self.private_builds.reload()  # first: whoever is given a manifest finds its buckets
        self.indexes.reload()

    def readiness(self) -> Readiness:
        """Return whether checks are answered now, after looking every canary up in both modes."""
        state = self.indexes.readiness()
        clock = ("clock",) if self._clock.set_back() else ()
        found = (*state.reasons, *self._state_faults, *clock, *self.private_builds.faults())
        return replace(state, reasons=tuple(dict.fromkeys(found)))

    def start(self, every_seconds: float) -> None:
        """Look again and again until stop."""
        thread = threading.Thread(
            target=self._look_forever, args=(every_seconds,), name="index-watch", daemon=True
        )
        thread.start()

    def stop(self) -> None:
        """Let the thread end."""
        self._stop.set()

    def _look_forever(self, every_seconds: float) -> None:
        while not self._stop.wait(every_seconds):
            try:
                self.reload()
            except Exception:  # the thread must outlive whatever one look meets
                structlog.get_logger().error("index_look_failed", exc_info=True)
