"""Checking many people at once: batches to threads or processes, answers back in order.

The library that blinds holds the interpreter's lock, so a long list takes processes; a short one
is answered before the first of them would have started.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from app.private_lists.list_rows import Claims
from app.private_lists.person_answer import PersonAnswer
from app.private_lists.person_checker import (
    CheckTask,
    Signals,
    begin,
    begin_process,
    check_batch,
)
from exposure_index.errors import ExitCode, ForeseenError

CONNECTIONS = 4  # at least: the requests of one connection wait for each other
FEW_PEOPLE = 64
BATCH_PEOPLE = 16
WINDOW_BATCHES = 3  # for each connection: done or under way, and not yet passed on
LOOK_SECONDS = 0.5


class CheckingDied(ForeseenError):
    """A process that checks was killed."""

    exit_code = ExitCode.UNAVAILABLE


@dataclass
class PlainMoment:
    """A time that threads share."""

    value: float = 0.0


def default_jobs() -> int:
    """Return how many people are asked about at once where nobody says."""
    return max(CONNECTIONS, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class ListChecking:
    """How a list is checked. jobs: at once; wait_shown: called with the seconds still to wait."""

    task: CheckTask
    jobs: int
    show_wait: Callable[[float], None]

    def answers(self, people: Iterable[Claims], count: int) -> Iterator[list[PersonAnswer]]:
        """Yield the answers of so many people in order, in batches.

        Raises CannotAnswer, CheckingDied; whoever stops iterating gives the rest up.
        """
        few = count < FEW_PEOPLE
        signals = _signals(self.jobs, few=few)
        pool = _pool(self.jobs, self.task, signals, few=few)
        batches = _batches(iter(people), 1 if few else BATCH_PEOPLE)
        under_way: deque[Future[list[PersonAnswer]]] = deque()
        try:
            for batch in batches:
                under_way.append(pool.submit(check_batch, batch))
                if len(under_way) >= self.jobs * WINDOW_BATCHES:
                    yield self._first(under_way, signals)
            while under_way:
                yield self._first(under_way, signals)
        except BrokenProcessPool:
            raise CheckingDied("a process that checks people died; run the command again") from None
        finally:
            signals.stop.set()
            pool.shutdown(cancel_futures=True)

    def _first(
        self, under_way: deque[Future[list[PersonAnswer]]], signals: Signals
    ) -> list[PersonAnswer]:
        """Return the answers of the first batch, and show meanwhile how long is to be waited."""
        first = under_way.popleft()
        while True:
            try:
                return first.result(LOOK_SECONDS)
            except NotYet:
                if first.done():  # raised by the batch itself
                    raise
                self.show_wait(max(0.0, signals.waits_until.value - time.time()))


def _signals(jobs: int, *, few: bool) -> Signals:
    if few or jobs == 1:
        return Signals(threading.Event(), PlainMoment())
    context = multiprocessing.get_context("spawn")
    return Signals(context.Event(), context.Value("d", 0.0))


def _pool(jobs: int, task: CheckTask, signals: Signals, *, few: bool) -> Executor:
    if few or jobs == 1:
        return ThreadPoolExecutor(jobs, initializer=begin, initargs=(task, signals))
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=begin_process, initargs=(task, signals)
    )


def _batches(people: Iterator[Claims], size: int) -> Iterator[list[Claims]]:
    while batch := list(islice(people, size)):
        yield batch
