"""Checks of single people over one connection: what one thread or one process of a list does.

Threat: the service learns from what is sent whom it listed. Limit: each document is one evaluation
for every two names, and one bucket of each authority, whatever the answer, and nothing afterwards;
who stands in the list twice is asked about once, before anything is known of anybody.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import parent_process
from os import _exit
from typing import Protocol

from app.private_lists.list_rows import Claims
from app.private_lists.person_answer import PersonAnswer, merged_answer
from exposure_index.core_dumps import forbid_core_dumps
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.parsing import NAMES_MAX
from exposure_index.lookup.result import Missing
from exposure_index.remote import http_transport
from exposure_index.remote.remote_index import RemoteIndex, ServiceUnreachable
from exposure_index.remote.service import TIMEOUT_SECONDS, PrivateService

WAITS_MAX = 200  # of up to a quarter of an hour each: a long list outlasts many windows
PAUSES_SECONDS = (1.0, 5.0, 20.0)  # before it is asked again where nothing answered


class Stopped(Exception):
    """The list is given up for now."""


class Event(Protocol):
    """An event of threading or of multiprocessing."""

    def is_set(self) -> bool:
        """Return whether it is."""

    def set(self) -> None:
        """Set it."""

    def wait(self, timeout: float) -> bool:
        """Wait for it so many seconds; return whether it is set."""


class Moment(Protocol):
    """A time that threads or processes share, in seconds of time.time()."""

    value: float


@dataclass(frozen=True, slots=True)
class Signals:
    """What whoever checks shares with whoever waits for the answers.

    stop: the list is given up; waits_until: until when the service asks to wait.
    """

    stop: Event
    waits_until: Moment


@dataclass(frozen=True, slots=True)
class CheckTask:
    """Where a list is checked: address, verified manifests, what is missing.

    with_trips: whether the output names trips.
    """

    url: str
    manifests: tuple[Manifest, ...]
    missing: tuple[Missing, ...]
    with_trips: bool


class PersonChecker:
    """Checks people one after the other over a connection of its own."""

    def __init__(self, task: CheckTask, wait: Callable[[float], None]) -> None:
        """wait: waits so many seconds, or raises Stopped."""
        transport = http_transport.HttpTransport(task.url, TIMEOUT_SECONDS, wait, WAITS_MAX)
        indexes = tuple(RemoteIndex.of(manifest, transport) for manifest in task.manifests)
        self._service = PrivateService(indexes, task.missing)
        self._with_trips, self._wait = task.with_trips, wait

    def check(self, claims: Claims) -> PersonAnswer:
        """Check every document of one person. Raises CannotAnswer, Stopped."""
        for pause in PAUSES_SECONDS:
            try:
                return self._check(claims)
            except ServiceUnreachable:
                self._wait(pause)
        return self._check(claims)

    def _check(self, claims: Claims) -> PersonAnswer:
        results = [self._service.check(claim) for claim in _of_two_names(claims)]
        return merged_answer(results, with_trips=self._with_trips)


def _of_two_names(claims: Claims) -> Iterator[IdentityClaim]:
    """Yield claims of as many names as one evaluation takes."""
    for claim in claims:
        for at in range(0, len(claim.names), NAMES_MAX):
            yield IdentityClaim(claim.document, claim.names[at : at + NAMES_MAX])


_own = threading.local()


def begin(task: CheckTask, signals: Signals) -> None:
    """Make the checker of this thread, which ``check_batch`` uses."""

    def wait(seconds: float) -> None:
        signals.waits_until.value = max(signals.waits_until.value, time.time() + seconds)
        if signals.stop.wait(seconds):
            raise Stopped

    _own.checker, _own.stop = PersonChecker(task, wait), signals.stop


def begin_process(task: CheckTask, signals: Signals) -> None:
    """Make the checker of this process, which ends when whoever started it does, however."""
    forbid_core_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it says when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(task, signals)


def check_batch(batch: list[Claims]) -> list[PersonAnswer]:
    """Check some people; return their answers in order. Raises CannotAnswer, Stopped."""
    answers = []
    for claims in batch:
        if _own.stop.is_set():
            raise Stopped
        answers.append(_own.checker.check(claims))
    return answers


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        _exit(1)
