"""The reloader: looks for newer builds and keys, and takes them into use between two requests."""

import secrets
import threading
from collections.abc import Callable

import structlog

from app.indexes.manifest_archive import ManifestArchive
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.private_builds import PrivateBuilds
from app.indexes.readiness import Readiness
from app.indexes.rollback_guard import StateUnusable
from app.indexes.store import IndexStore

OWN_RANDOM = secrets.SystemRandom()  # workers are forked, and a generator's state with them


class IndexReloader:
    """Reloads plain indexes and private builds by one clock, in the background once it is started.

    A private check that cannot answer leaves the plain one ready: each is whole or not by itself.
    """

    def __init__(
        self,
        indexes: IndexStore,
        private_builds: PrivateBuilds,
        manifest_archive: ManifestArchive,
        clock: MonotonicClock,
    ) -> None:
        self.indexes = indexes
        self.private_builds = private_builds
        self.manifest_archive = manifest_archive
        self._clock = clock
        self._state_faults: tuple[str, ...] = ()
        self._look_faults: tuple[str, ...] = ()
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
        # first: whoever is given a manifest finds its buckets, and the manifest before it
        self._look_faults = tuple(
            fault
            for fault, look in (
                ("private_look_failed", self.private_builds.reload),
                ("archive_look_failed", self.manifest_archive.look),
            )
            if not _succeeds(look)
        )
        self.indexes.reload()

    def readiness(self) -> Readiness:
        """Return whether checks are answered now, as the last look found it; reads memory alone."""
        clock_faults = ("clock",) if self._clock.is_set_back() else ()
        faults = (*self._state_faults, *clock_faults, *self._look_faults)
        faults += self.private_builds.faults()
        return self.indexes.readiness().with_reasons(faults)

    def start(self, every_seconds: float) -> None:
        """Reload again and again, in a thread of its own, until stop.

        The first time after a random part of a period: workers that were started at once would
        otherwise verify a new build at once, and read the same files against each other.
        """
        self.indexes.expect_looks(every_seconds)
        thread = threading.Thread(
            target=self._reload_forever, args=(every_seconds,), name="index-reloader", daemon=True
        )
        thread.start()

    def stop(self) -> None:
        """Let the thread end."""
        self._stop.set()

    def _reload_forever(self, every_seconds: float) -> None:
        seconds = every_seconds * OWN_RANDOM.random()
        while not self._stop.wait(seconds):
            seconds = every_seconds
            try:
                self.reload()
            except Exception:  # the thread must outlive whatever one reload meets
                structlog.get_logger().error("index_look_failed", exc_info=True)


def _succeeds(look: Callable[[], None]) -> bool:
    """Return whether a look ended without an error; it must not end the others."""
    try:
        look()
    except Exception:
        structlog.get_logger().error("index_look_failed", exc_info=True)
        return False
    return True
