"""The indexes of a worker: opened with the checks of the web service, and reloaded."""

import threading

import structlog

from app.indexes.last_seen_time import LastSeenTime
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.rollback_guard import StateUnusable
from app.indexes.store import IndexStore
from app.services import make_index_store
from app.settings import Settings
from exposure_index.crypto.keys import KeyRing


class WorkerIndexes:
    """The index store of one process, looked at again and again once it is started."""

    def __init__(self, settings: Settings) -> None:
        """Raises KeyFault."""
        self._clock = MonotonicClock(last_seen=LastSeenTime(settings.state_dir))
        self._every_seconds = settings.index_reload_seconds
        self.store: IndexStore = make_index_store(
            settings, KeyRing.from_directory(settings.keys_dir), self._clock
        )

    def reload(self) -> None:
        """Open what is new and good; nothing before it is known which time it was last."""
        try:
            self._clock.keep()
        except StateUnusable:
            if not self._clock.knows_the_past:
                return
        self.store.reload()

    def start(self) -> None:
        """Reload now, and then in a thread that ends with the process."""
        self._reload_safely()
        self.store.expect_looks(self._every_seconds)
        threading.Thread(target=self._run, name="worker-indexes", daemon=True).start()

    def _run(self) -> None:
        waiting = threading.Event()
        while not waiting.wait(self._every_seconds):
            self._reload_safely()

    def _reload_safely(self) -> None:
        try:
            self.reload()
        except Exception:  # the next look may succeed; meanwhile answers are incomplete
            structlog.get_logger().error("index_look_failed", exc_info=True)
