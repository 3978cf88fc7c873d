"""Processes of the worker: Huey's consumer, whose workers also look by themselves.

They yield to whoever else wants the processors: self-checks come first (`idle_thread`). A worker
that dies is started again; all end with the consumer, and the consumer with whoever started it.
"""

import ctypes
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from huey import Huey
from huey.consumer import Consumer, ConsumerStopped, Scheduler, Worker

from app.bulk.jobs.bell import open_huey, work_task
from app.bulk.jobs.queue_outage import QueueOutage
from app.bulk.jobs.worker import BulkWorker
from app.settings import Settings

IDLE_SECONDS = 1.0
SCHEDULE_SECONDS = 60  # nothing is ever scheduled, and Huey looks all the same
STOP_SECONDS = 10
NICE = 10  # more would keep it from ending a transaction that others wait for
_PR_SET_PDEATHSIG = 1

MakeWorker = Callable[[Settings], BulkWorker]


class RestlessWorker(Worker):  # type: ignore[misc]  # Huey ships no types
    """Huey's worker, which looks for work also when no bell was heard: one may have been lost."""

    make: MakeWorker
    settings: Settings
    consumer: int  # its process, which forks the workers

    def initialize(self) -> None:
        """Open in this process what a worker needs."""
        _end_with(type(self).consumer)
        self._work = type(self).make(type(self).settings)
        self._look_at = 0.0
        self._outage = QueueOutage()
        work_task(self.huey, self.look)
        super().initialize()

    def loop(self, now: object = None) -> None:
        """Wait for the bell for a moment; work when it rings, and when it was silent for long."""
        try:
            task = self.huey.dequeue()
        except Exception as error:  # Redis is gone, or the disk is full: work is found without it
            self._outage.note(error)
            self.stop_flag.wait(IDLE_SECONDS)
        else:
            self._outage.end()
            if task is not None:
                self.huey.execute(task, now)
            elif not self.huey.storage.blocking:
                self.stop_flag.wait(IDLE_SECONDS)
        if time.monotonic() >= self._look_at:
            self.look()
            self._work.do_chores()

    def look(self) -> None:
        """Do all the work that there is."""
        self._work.work(self.stop_flag.is_set)
        self._look_at = time.monotonic() + IDLE_SECONDS


class DependentScheduler(Scheduler):  # type: ignore[misc]
    """Huey's scheduler, which has nothing to do here and would outlive a killed consumer."""

    def initialize(self) -> None:
        """End with the consumer."""
        _end_with(RestlessWorker.consumer)
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


def _end_with(parent: int) -> None:
    """Have the kernel end this process with the one that forked it, however that ends.

    parent: its number, which is 1 in a container.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
