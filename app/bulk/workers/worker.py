"""The worker: one process that takes turns at whatever job it is whose turn has come.

Everything it comes to is settled in the transaction that leases its next turn. Killed at any
moment, it leaves leases that end by themselves, and files that the next turn writes again.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy import Connection, select

from app.bulk.jobs.destruction import destroy_overdue
from app.bulk.jobs.job_rows import change_job
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.stages import ALIVE, INTERNAL
from app.bulk.turns.admission_turn import Admit, admit_pieces
from app.bulk.turns.check_turn import Checker
from app.bulk.turns.collection_pause import pause_collection
from app.bulk.turns.duplicates_turn import compare_rows
from app.bulk.turns.failures import fail_job, read_or_fail
from app.bulk.turns.finish_turn import finish_job
from app.bulk.turns.identity_turn import identify_piece
from app.bulk.turns.leases import lease_owner
from app.bulk.turns.open_readings import OpenReadings
from app.bulk.turns.piece_settling import postpone_piece
from app.bulk.turns.scheduler import Scheduler, Turn, Work
from app.bulk.turns.settling import Settle
from app.bulk.uploads.disk_space import is_full
from app.bulk.uploads.encrypted_files import FileDamaged
from app.bulk.uploads.key_files import KeyGone
from app.bulk.workers.completion import Chore, CompletionHook, announce_ended, do_chores
from app.bulk.workers.idle_thread import Compute, compute_here
from app.records.database import RecordsUnavailable
from app.records.organisations.bulk_jobs import bulk_jobs

DISK_FULL = "disk_full"
RETRY_SECONDS = 10
CHORES_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """What a process adds to its worker: chores, and where turns are computed."""

    chores: tuple[Chore, ...] = ()
    compute: Compute = compute_here


class BulkWorker:
    """Takes turns in one process."""

    def __init__(
        self,
        store: JobStore,
        checker: Checker,
        admit: Admit,
        hooks: tuple[CompletionHook, ...] = (),
        process: WorkerProcess | None = None,
    ) -> None:
        self._store = store
        self._checker = checker
        self._admit = admit
        self._hooks = hooks
        process = process or WorkerProcess()
        self._chores = process.chores
        self._compute = process.compute
        self._readings = OpenReadings(store)
        self._scheduler = Scheduler(store.records, lease_owner(), store.settings.bulk_processes)
        self._chores_at = 0.0

    def work(self, until: Callable[[], bool] = lambda: False) -> int:
        """Take turns until there is nothing to do now, or until() says so; return how many.

        What the records cannot take now waits; it is not lost, since its lease ends.
        """
        turns, settle = 0, None
        try:
            while True:
                turn = self._scheduler.next_turn(settle)
                settle = None
                if turn is None or until():
                    break
                settle = self._take(turn)
                turns += 1
            announce_ended(self._store, self._hooks)
        except RecordsUnavailable:
            pass  # the records say so in the log themselves
        self._let_go()
        return turns

    def do_chores(self) -> None:
        """Destroy what is past its time, and do what others want done, every few seconds."""
        now = time.monotonic()
        if now < self._chores_at:
            return
        self._chores_at = now + CHORES_SECONDS
        try:
            destroy_overdue(self._store)
        except (RecordsUnavailable, OSError) as error:
            structlog.get_logger().warning("destruction_failed", exc_info=error)
        do_chores(self._store, self._chores)

    def _take(self, turn: Turn) -> Settle:
        """Take one turn; return what must be written of it, also where it failed."""
        try:
            pin = self._checker.pin(turn) if turn.work is Work.CHECK else ""
            if not isinstance(pin, str):
                return pin
            with pause_collection():
                return self._compute(partial(self._do, turn, pin), partial(self._keep, turn))
        except (KeyGone, FileDamaged, FileNotFoundError):
            self._readings.forget(turn.job.id)
            return partial(read_or_fail, turn)
        except OSError as error:
            self._readings.forget(turn.job.id)
            structlog.get_logger().error("bulk_turn_failed", work=turn.work.value, exc_info=error)
            return partial(_postpone, turn, DISK_FULL if is_full(error) else INTERNAL)
        except RecordsUnavailable:
            self._readings.forget(turn.job.id)
            raise
        except Exception as error:  # a bug must not be met again and again by every worker
            structlog.get_logger().error("bulk_turn_failed", work=turn.work.value, exc_info=error)
            return partial(fail_job, turn, INTERNAL)

    def _keep(self, turn: Turn) -> None:
        """Hold a turn longer, whose work may wait for the processor."""
        with suppress(RecordsUnavailable):
            self._scheduler.renew(turn)

    def _do(self, turn: Turn, pin: str) -> Settle:
        match turn.work:
            case Work.READ:
                return self._readings.read_block(turn)
            case Work.IDENTIFY:
                return identify_piece(self._store, turn)
            case Work.COMPARE:
                return compare_rows(self._store, turn)
            case Work.ADMIT:
                return admit_pieces(self._store, turn, self._admit)
            case Work.CHECK:
                return self._checker.check_piece(turn, pin)
            case Work.FINISH:
                return finish_job(self._store, turn)

    def _let_go(self) -> None:
        """Let lists go whose job ended meanwhile."""
        try:
            with self._store.records.reading() as connection:
                query = select(bulk_jobs.c.id).where(bulk_jobs.c.status.in_(ALIVE))
                self._readings.forget_others(set(connection.execute(query).scalars()))
        except RecordsUnavailable:
            return


def _postpone(turn: Turn, why: str, connection: Connection) -> None:
    until = now_seconds() + RETRY_SECONDS
    if turn.number >= 0:
        postpone_piece(turn, until, connection)
        change_job(connection, turn.job.id, waiting=why)
    else:
        change_job(connection, turn.job.id, waiting=why, lease="", lease_until=until)
