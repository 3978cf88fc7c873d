"""Runs a function over batches in worker processes: in order, a few batches ahead, bounded.

Or one function beside whatever the build does meanwhile. Python holds one core; hashing and
parsing millions of identities is worth both. What a worker is given (the key of a build among it)
travels through a pipe, never through arguments or files.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import (
    forkserver,
    get_context,
    parent_process,
    set_forkserver_preload,
)
from threading import Thread
from typing import TypeVar

import pyarrow as pa

from exposure_index.core_dumps import forbid_core_dumps

Result = TypeVar("Result")

ALONE_ROWS_MAX = 50_000
"""Up to so many rows this process works by itself: starting others takes longer than that."""
_AHEAD = 2
_OF_EVERY_WORKER = (
    __name__,
    "index_builder.commands",  # the program, of which a worker looks at the main module
    "pandas",  # which Arrow imports at the first array it makes: 0.14 s in each worker
)


def workers_count() -> int:
    """Return how many processes are worth starting: the cores this process may use."""
    return len(os.sched_getaffinity(0))


def prepare_workers(rows: int, modules: Iterable[str]) -> None:
    """Start the server that worker processes are forked from, where so many rows need them.

    modules: of the functions that workers call. It imports them beside whatever is done meanwhile:
    as long as they leave the engine out, for half a second.
    """
    if rows > ALONE_ROWS_MAX and workers_count() > 1:
        set_forkserver_preload([*_OF_EVERY_WORKER, *modules])
        forkserver.ensure_running()


def each_batch(
    function: Callable[[pa.RecordBatch], Result], batches: Iterable[pa.RecordBatch], rows: int
) -> Iterator[Result]:
    """Yield function(batch) of each batch, in order.

    function: picklable, with what it needs bound by functools.partial; rows: of all batches, by
    which the number of processes is chosen. Raises what the function raises.
    """
    count = workers_count()
    if rows <= ALONE_ROWS_MAX or count == 1:
        yield from map(function, batches)
        return
    # Not forked from this process: the engine's threads hold locks that a fork would copy.
    with ProcessPoolExecutor(count, get_context("forkserver"), initializer=_begin) as pool:
        every = iter(batches)
        first = islice(every, count * _AHEAD)
        waiting: deque[Future[Result]] = deque(pool.submit(function, batch) for batch in first)
        try:
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(function, batch) for batch in islice(every, 1))
                yield done
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def beside(function: Callable[[], object], rows: int) -> Iterator[None]:
    """Call a function in another process beside what is done within, or at once for few rows.

    function: picklable. Leaving waits for it; raises what the function raises.
    """
    if rows <= ALONE_ROWS_MAX or workers_count() == 1:
        function()
        yield
        return
    with ProcessPoolExecutor(1, get_context("forkserver"), initializer=_begin) as pool:
        done = pool.submit(function)
        yield
        done.result()


def _begin() -> None:
    """Leave nothing behind, on a disk or running where the build is killed: it holds a key."""
    forbid_core_dumps()
    gc.freeze()  # the program itself is no garbage, and is not copied by looking at it
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
