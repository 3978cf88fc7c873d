"""The store watch: what was wrong with records and limits at the last look, for whoever reads it.

Why: a supervisor that asks `/readyz` must not wait for a database, nor make the event loop wait.
Threat: a look that never ends leaves an old "nothing is wrong" standing. Limit: past its time it
counts as a fault of its own.
"""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import structlog

LOOK_OVERDUE = "records_look_overdue"
EVERY_SECONDS = 5.0
OVERDUE_AFTER_SECONDS = 60.0  # a database that is silent is given up after eight, and asked again


class StoreFaults(NamedTuple):
    """Why records cannot be kept and limits are not what the settings say, in short words."""

    records: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


class StoreWatch:
    """Looks at both stores; one thread looks, any may read."""

    def __init__(
        self,
        records_fault: Callable[[], str],
        limits_fault: Callable[[], str],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """records_fault, limits_fault: ask a store, and may wait for it; "" where all is well."""
        self._records_fault = records_fault
        self._limits_fault = limits_fault
        self._ticks = ticks
        self._faults: StoreFaults | None = None
        self._overdue_at = float("inf")  # until somebody looks again and again
        self._stop = threading.Event()

    def look(self) -> StoreFaults:
        """Ask both stores how they are, and remember it."""
        faults = StoreFaults(_words(self._records_fault()), _words(self._limits_fault()))
        if self._overdue_at < float("inf"):
            self._overdue_at = self._ticks() + OVERDUE_AFTER_SECONDS
        self._faults = faults
        return faults

    def faults(self) -> StoreFaults:
        """Return what the last look found; looks now only where nobody ever did."""
        faults = self._faults
        if faults is None:
            return self.look()
        if self._ticks() >= self._overdue_at:
            return faults._replace(records=(*faults.records, LOOK_OVERDUE))
        return faults

    def start(self, every_seconds: float = EVERY_SECONDS) -> None:
        """Look once, then again and again in a thread of its own until stop."""
        self._overdue_at = self._ticks() + OVERDUE_AFTER_SECONDS
        self.look()
        threading.Thread(
            target=self._look_forever, args=(every_seconds,), name="store-watch", daemon=True
        ).start()

    def stop(self) -> None:
        """Let the thread end."""
        self._stop.set()

    def _look_forever(self, every_seconds: float) -> None:
        while not self._stop.wait(every_seconds):
            try:
                self.look()
            except Exception:  # the thread must outlive whatever one look meets
                structlog.get_logger().error("store_look_failed", exc_info=True)


def _words(fault: str) -> tuple[str, ...]:
    return (fault,) if fault else ()
