"""The threads in which the framework answers: as many as chosen, and a queue that has an end.

Threat: more requests than threads wait in a queue without end, and each is answered after its
client has gone. Limit: past ``QUEUE_MAX`` that wait, a request is refused at once.

Threat: a few clients whose long bodies come slowly, who read a long answer slowly, or an evaluator
that stands still, hold every thread, and pages wait for them. Limit: each kind of request has
threads of its own.
"""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

LISTS = ("/api/v1/bulk/", "/org")
KIOSKS = "/api/v1/kiosk/"
QUEUE_MAX = 512  # of a worker: some two seconds of pages

Result = TypeVar("Result")


class PoolFull(Exception):
    """Every thread is busy and the queue is at its end."""


class FrameworkPool:
    """A bounded pool of threads."""

    def __init__(self, threads: int, name: str = "framework") -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._most = threads + QUEUE_MAX
        self._unfinished = 0
        self._turn = threading.Lock()

    def submit(self, call: Callable[[], Result]) -> Future[Result]:
        """Call a function in a thread, now or after those that wait. Raises PoolFull."""
        with self._turn:
            if self._unfinished >= self._most:
                raise PoolFull
            self._unfinished += 1
        future = self._executor.submit(call)
        future.add_done_callback(self._finish)
        return future

    def close(self) -> None:
        """Begin nothing more; what runs is left to end by itself."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _finish(self, _future: object) -> None:
        with self._turn:
            self._unfinished -= 1


class FrameworkPools:
    """A pool for each kind of request, by what its thread may have to wait for."""

    def __init__(self, threads: int, paths_of_other_processes: Collection[str]) -> None:
        """threads: of each pool; paths_of_other_processes: whose views wait for one."""
        self._paths_of_other_processes = frozenset(paths_of_other_processes)
        self._pages = FrameworkPool(threads, "pages")
        self._uploads = FrameworkPool(threads, "uploads")
        self._lists = FrameworkPool(threads, "lists")
        self._kiosks = FrameworkPool(threads, "kiosks")
        self._evaluations = FrameworkPool(threads, "evaluations")
        self.downloads = FrameworkPool(threads, "downloads")
        """Of answers that are sent piece by piece, as fast as they are read."""

    def choose(self, path: str, *, has_whole_body: bool) -> FrameworkPool:
        """Return the pool of a request: one whose body is still on its way waits for its client."""
        if not has_whole_body:
            return self._pool_of_bodies(path)
        return self._evaluations if path in self._paths_of_other_processes else self._pages

    def _pool_of_bodies(self, path: str) -> FrameworkPool:
        """Of lists and of kiosks the caller is known before a byte is read: no stranger waits."""
        if path.startswith(LISTS):
            return self._lists
        return self._kiosks if path.startswith(KIOSKS) else self._uploads

    def close(self) -> None:
        """Begin nothing more in any of them."""
        for_bodies = (self._uploads, self._lists, self._kiosks)
        for pool in (self._pages, *for_bodies, self._evaluations, self.downloads):
            pool.close()
