"""A thread that computes only where nobody else wants the processor.

Threat: a process that yields is set aside while it holds the database's write lock, and pages wait
for it or fail. Limit: turns are computed here, and transactions are made by the thread that waits.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import TypeVar

from app.bulk.turns.settling import Settle

RENEW_SECONDS = 60.0


Compute = Callable[[Callable[[], Settle], Callable[[], None]], Settle]
"""Returns what a turn came to; the second is called now and then while it lasts."""
_Result = TypeVar("_Result")


def compute_here(work: Callable[[], Settle], _keep: Callable[[], None]) -> Settle:
    """Return what some work returns, which this very thread does."""
    return work()


class IdleThread:
    """One thread of the lowest priority that there is; self-checks go before it at any moment."""

    def __init__(self, renew_seconds: float = RENEW_SECONDS) -> None:
        self._renew_seconds = renew_seconds
        self._thread = ThreadPoolExecutor(1, "bulk-turns", initializer=_go_last)

    def __call__(
        self, work: Callable[[], _Result], keep: Callable[[], None] = lambda: None
    ) -> _Result:
        """Return what some work returns, done by the thread; raises what it raises."""
        result = self._thread.submit(work)
        while True:
            try:
                return result.result(self._renew_seconds)
            except NotYet:
                if result.done():  # at this moment, or by raising the same
                    return result.result()
                keep()


def _go_last() -> None:
    """Give this thread what others leave of the processors: Linux has a policy for it."""
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
