"""An outage of the queue, in the log at its begin and ever more seldom."""

import time
from collections.abc import Callable

import structlog

FIRST_SECONDS, LONGEST_SECONDS = 2.0, 300.0


class QueueOutage:
    """Whether the queue is away, and when the log is next told."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wait_seconds = 0.0
        self._log_at = 0.0

    def note(self, error: Exception) -> None:
        """Take a failure; log the first, and then one after twice as long each time."""
        now = self._clock()
        if self._wait_seconds and now < self._log_at:
            return
        longer = max(FIRST_SECONDS, 2 * self._wait_seconds)
        self._wait_seconds = min(LONGEST_SECONDS, longer)
        self._log_at = now + self._wait_seconds
        structlog.get_logger().warning("bulk_queue_away", exc_info=error)

    def end(self) -> None:
        """Take a success; log that the queue is back, where it was away."""
        if self._wait_seconds:
            self._wait_seconds = 0.0
            structlog.get_logger().info("bulk_queue_back")
