"""Processes of the worker: Huey's consumer, whose workers also look by themselves.

They yield to whoever else wants the processors: self-checks come first (`idle_thread`). A worker
that dies is started again; all end with the consumer, and the consumer with whoever started it.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from huey import Huey
from huey.consumer import Consumer, ConsumerStopped, Scheduler, Worker

from app.bulk.workers.bell import open_huey, work_task
from app.bulk.workers.queue_outage import QueueOutage
from app.bulk.workers.worker import BulkWorker
from app.settings import Settings
from exposure_index.parent_process import end_with_parent

IDLE_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 0.05  # after work: more of it is about to come, such as what another reads
LONGER_PAUSE = 1.25
SCHEDULE_SECONDS = 60  # nothing is ever scheduled, and Huey looks all the same
STOP_SECONDS = 10
NICE = 10  # more would keep it from ending a transaction that others wait for

MakeWorker = Callable[[Settings], BulkWorker]


class LookPause:
    """How long a worker waits before it looks for work again.

    Soon after work, since more of it comes: another worker still reads the list whose pieces it
    takes. Then less and less often, at the end as often as a bell may be lost.
    """

    def __init__(self) -> None:
        self.seconds = IDLE_SECONDS

    def note_look(self, turns: int) -> None:
        """Set the pause after a look that took so many turns."""
        longer = min(self.seconds * LONGER_PAUSE, IDLE_SECONDS)
        self.seconds = FIRST_PAUSE_SECONDS if turns else longer


class RestlessWorker(Worker):  # type: ignore[misc]  # Huey ships no types
    """Huey's worker, which looks for work also when no bell was heard: one may have been lost."""

    make: MakeWorker
    settings: Settings
    consumer: int  # its process, which forks the workers

    def initialize(self) -> None:
        """Open in this process what a worker needs."""
        end_with_parent(type(self).consumer)
        self._work = type(self).make(type(self).settings)
        self._look_at = 0.0
        self._pause = LookPause()
        self._outage = QueueOutage()
        work_task(self.huey, self.look)
        super().initialize()

    def loop(self, now: object = None) -> None:
        """Wait for the bell for a moment; work when it rings, and when it was silent for long.

        Whoever has just worked looks again soon, and hears the bell later.
        """
        if self._pause.seconds < IDLE_SECONDS:
            self.stop_flag.wait(self._pause.seconds)
        else:
            self._wait_for_bell(now)
        if time.monotonic() >= self._look_at:
            self.look()
            self._work.do_chores()

    def look(self) -> None:
        """Do all the work that there is."""
        self._pause.note_look(self._work.work(self.stop_flag.is_set))
        self._look_at = time.monotonic() + self._pause.seconds

    def _wait_for_bell(self, now: object) -> None:
        try:
            task = self.huey.dequeue()
        except Exception as error:  # Redis is gone, or the disk is full: work is found without it
            self._outage.note(error)
            self.stop_flag.wait(IDLE_SECONDS)
            return
        self._outage.end()
        if task is not None:
            self.huey.execute(task, now)
        elif not self.huey.storage.blocking:
            self.stop_flag.wait(IDLE_SECONDS)


class DependentScheduler(Scheduler):  # type: ignore[misc]
    """Huey's scheduler, which has nothing to do here and would outlive a killed consumer."""

    def initialize(self) -> None:
        """End with the consumer."""
        end_with_parent(RestlessWorker.consumer)
        super().initialize()


class BulkConsumer(Consumer):  # type: ignore[misc]
    """Huey's consumer, which ends with its parent; parent: 0 for whoever that is."""

    worker_class = RestlessWorker
    scheduler_class = DependentScheduler
    parent = 0

    def loop(self, health_check_ts: float | None = None) -> float | None:
        """Look after the workers."""
        if self.parent not in (0, os.getppid()):
            self.stop(graceful=True)
            raise ConsumerStopped
        looked_at: float | None = super().loop(health_check_ts)
        return looked_at


def run_worker(settings: Settings, make: MakeWorker, parent: int = 0) -> None:
    """Work until told to stop, or until the parent is gone; make: makes a worker in its process."""
    if parent:
        end_with_parent(parent)
    _yield_to_others()
    RestlessWorker.make, RestlessWorker.settings = staticmethod(make), settings
    RestlessWorker.consumer = os.getpid()
    BulkConsumer.parent = parent
    huey: Huey = open_huey(settings)
    consumer = BulkConsumer(
        huey,
        workers=settings.bulk_processes,
        periodic=False,
        max_delay=IDLE_SECONDS,
        scheduler_interval=SCHEDULE_SECONDS,
        worker_type="process",
        health_check_interval=1,
        shutdown_timeout=STOP_SECONDS,
        graceful_signal="TERM",
    )
    structlog.get_logger().info("bulk_worker", workers=settings.bulk_processes)
    consumer.run()


def _yield_to_others() -> None:
    os.nice(NICE)
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
