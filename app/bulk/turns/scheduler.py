"""The scheduler: whose turn it is, and what is to be done next; one decision a transaction.

The next turn is that of the organisation served least recently, so that a million rows of one never
hold up 200 of another; within one the smallest job comes first. One list of an organisation is read
at a time, and of large lists as many as leave one process free.

Threat: a list that no worker outlives, by its memory say, is tried without end and holds up all
others. Limit: a job over which workers died again and again, with nothing settled in between, ends.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, func, insert, select, text, update

from app.bulk.jobs.job_rows import JobRow, change_job, end_job
from app.bulk.jobs.stages import (
    ALIVE,
    FAILED,
    INTERNAL,
    PIECE_ADMITTED,
    PIECE_CHECKED,
    PIECE_READY,
    PIECE_ROWS,
    READ_ROWS,
    READ_UNCLEAR,
    READ_WAITING,
    READ_WHOLE,
    STARTED,
)
from app.bulk.turns.leases import PIECE_SECONDS, READING_SECONDS, is_free, is_of_dead_process
from app.records.database import Records
from app.records.organisations.bulk_jobs import bulk_jobs, bulk_pieces, bulk_turns

LARGE_BYTES = 4 << 20
ADVISORY_LOCK = 0x67617567_62756C6B  # "gaugbulk"
DEATHS_MAX = 5


class Work(Enum):
    """What a turn is for."""

    READ = "read"
    IDENTIFY = "identify"
    COMPARE = "compare"
    ADMIT = "admit"
    CHECK = "check"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing to do, leased to this process under its name; number: of the piece, -1 for none.

    job: its row before the lease.
    """

    work: Work
    job: JobRow
    owner: str
    number: int = -1


class Scheduler:
    """Decides for one process; owner: what its leases bear."""

    def __init__(self, records: Records, owner: str, processes: int) -> None:
        self._records = records
        self._owner = owner
        self._large_max = max(1, processes - 1)
        self._last_job = ""

    def next_turn(self, settle: Callable[[Connection], None] | None = None) -> Turn | None:
        """Keep what the last turn came to, and lease the next; None where there is nothing to do.

        settle: writes what the last turn came to, in the same transaction.
        Raises RecordsUnavailable, and what settle raises.
        """
        with self._records.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK}
                )
            if settle is not None:
                settle(connection)
                self._forget_deaths(connection)
            now = time.time()
            for job in self._jobs(connection):
                turn = self._turn_of(connection, job, now)
                if turn is not None:
                    self._last_job = job.id
                    self._count_turn(connection, job.organisation, now)
                    return turn
        return None

    def renew(self, turn: Turn) -> None:
        """Lease a turn for its time once more, where this process holds it still.

        Raises RecordsUnavailable.
        """
        until = int(time.time())
        with self._records.writing() as connection:
            if turn.number >= 0:
                pieces = bulk_pieces.c
                connection.execute(
                    update(bulk_pieces)
                    .where(pieces.job == turn.job.id)
                    .where(pieces.number == turn.number)
                    .where(pieces.lease == self._owner)
                    .values(lease_until=until + PIECE_SECONDS)
                )
            else:
                jobs = bulk_jobs.c
                connection.execute(
                    update(bulk_jobs)
                    .where(jobs.id == turn.job.id)
                    .where(jobs.lease == self._owner)
                    .values(lease_until=until + READING_SECONDS)
                )

    def _jobs(self, connection: Connection) -> Iterator[JobRow]:
        served = func.coalesce(bulk_turns.c.served_at, 0)
        query = (
            select(bulk_jobs)
            .outerjoin(bulk_turns, bulk_turns.c.organisation == bulk_jobs.c.organisation)
            .where(bulk_jobs.c.status.in_(ALIVE))
            .where(bulk_jobs.c.reading != READ_UNCLEAR)
            .order_by(served, bulk_jobs.c.bytes, bulk_jobs.c.created_at, bulk_jobs.c.id)
        )
        yield from connection.execute(query).all()

    def _turn_of(self, connection: Connection, job: JobRow, now: float) -> Turn | None:
        if job.reading == READ_WHOLE:
            return self._check_turn(connection, job, now) if job.status in STARTED else None
        if job.reading == READ_WAITING and self._may_read(connection, job, now):
            leased = self._lease_job(connection, job, now + READING_SECONDS)
            return Turn(Work.READ, job, self._owner) if leased else None
        number = self._free_piece(connection, job, PIECE_ROWS, now)
        if number is not None:
            return Turn(Work.IDENTIFY, job, self._owner, number)
        if job.reading == READ_ROWS and self._all_are(connection, job, PIECE_READY):
            return self._whole_turn(connection, Work.COMPARE, job, now)
        return None

    def _check_turn(self, connection: Connection, job: JobRow, now: float) -> Turn | None:
        if self._is_any(connection, job, PIECE_READY):
            turn = self._whole_turn(connection, Work.ADMIT, job, now)
            if turn is not None:
                return turn
        number = self._free_piece(connection, job, PIECE_ADMITTED, now)
        if number is not None:
            return Turn(Work.CHECK, job, self._owner, number)
        if self._all_are(connection, job, PIECE_CHECKED):
            return self._whole_turn(connection, Work.FINISH, job, now)
        return None

    def _may_read(self, connection: Connection, job: JobRow, now: float) -> bool:
        if not is_free(job.lease, job.lease_until, self._owner, now):
            return False
        if job.lease == self._owner:
            return True
        query = select(bulk_jobs).where(bulk_jobs.c.reading == READ_WAITING)
        others = [
            each
            for each in connection.execute(query.where(bulk_jobs.c.lease != ""))
            if each.id != job.id and not _is_abandoned(each, now)
        ]
        if any(each.organisation == job.organisation for each in others):
            return False
        large = sum(each.bytes > LARGE_BYTES for each in others)
        return bool(job.bytes <= LARGE_BYTES or large < self._large_max)

    def _whole_turn(
        self, connection: Connection, work: Work, job: JobRow, now: float
    ) -> Turn | None:
        if not is_free(job.lease, job.lease_until, self._owner, now):
            return None
        leased = self._lease_job(connection, job, now + PIECE_SECONDS)
        return Turn(work, job, self._owner) if leased else None

    def _lease_job(self, connection: Connection, job: JobRow, until: float) -> bool:
        """Lease a job; return False where it ended instead, since no worker outlives it."""
        if self._end_deadly(connection, job, job.lease):
            return False
        return change_job(connection, job.id, lease=self._owner, lease_until=int(until))

    def _end_deadly(self, connection: Connection, job: JobRow, lease: str) -> bool:
        """Count the worker whose lease is taken over, where it died; return whether the job ended.

        lease: the earlier one, of the job or of a piece of it.
        """
        if not lease or lease == self._owner or not is_of_dead_process(lease):
            return False
        deaths = job.deaths + 1
        if deaths < DEATHS_MAX:
            change_job(connection, job.id, deaths=deaths)
            return False
        return end_job(connection, job.id, FAILED, int(time.time()), failure=INTERNAL)

    def _forget_deaths(self, connection: Connection) -> None:
        jobs = bulk_jobs.c
        settled = update(bulk_jobs).where(jobs.id == self._last_job).where(jobs.deaths > 0)
        connection.execute(settled.values(deaths=0))

    def _free_piece(
        self, connection: Connection, job: JobRow, state: str, now: float
    ) -> int | None:
        pieces = bulk_pieces.c
        query = (
            select(pieces.number, pieces.lease, pieces.lease_until)
            .where(pieces.job == job.id)
            .where(pieces.state == state)
            .order_by(pieces.number)
        )
        for piece in connection.execute(query):
            if piece.lease == self._owner or is_free(
                piece.lease, piece.lease_until, self._owner, now
            ):
                if self._end_deadly(connection, job, piece.lease):
                    return None
                connection.execute(
                    update(bulk_pieces)
                    .where(pieces.job == job.id)
                    .where(pieces.number == piece.number)
                    .values(lease=self._owner, lease_until=int(now) + PIECE_SECONDS)
                )
                return int(piece.number)
        return None

    def _is_any(self, connection: Connection, job: JobRow, state: str) -> bool:
        query = (
            select(bulk_pieces.c.number)
            .where(bulk_pieces.c.job == job.id)
            .where(bulk_pieces.c.state == state)
            .limit(1)
        )
        return connection.execute(query).one_or_none() is not None

    def _all_are(self, connection: Connection, job: JobRow, state: str) -> bool:
        query = (
            select(func.count())
            .where(bulk_pieces.c.job == job.id)
            .where(bulk_pieces.c.state == state)
        )
        return bool(connection.execute(query).scalar_one() == job.pieces)

    def _count_turn(self, connection: Connection, organisation: int, now: float) -> None:
        served_at = int(now * 1_000)
        changed = connection.execute(
            update(bulk_turns)
            .where(bulk_turns.c.organisation == organisation)
            .values(served_at=served_at)
        )
        if not changed.rowcount:
            connection.execute(
                insert(bulk_turns).values(organisation=organisation, served_at=served_at)
            )


def _is_abandoned(job: JobRow, now: float) -> bool:
    return is_free(job.lease, job.lease_until, "", now)
