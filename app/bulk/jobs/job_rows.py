"""Rows of the table of jobs: made, found, changed; each within one organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from app.bulk.jobs.stages import ALIVE, ENDED, READ_WAITING, RECEIVING
from app.records.organisations.bulk_jobs import bulk_jobs, bulk_pieces

STALE_SECONDS = 60
"""After which an upload that nobody touches has ended with its process."""

NO_PIN = "{}"
"""Of a job that no build is chosen for yet."""

JobRow = Row[Any]
jobs = bulk_jobs.c


@dataclass(frozen=True, slots=True)
class Reservation:
    """What is known of a job before its list is here."""

    id: str
    organisation: int
    actor: str
    kind: str
    idempotency: bytes | None
    now: int


def insert_reservation(connection: Connection, one: Reservation) -> None:
    """Make the row of an upload that begins. Raises IntegrityError where its key came before."""
    connection.execute(
        insert(bulk_jobs).values(
            id=one.id,
            organisation=one.organisation,
            actor=one.actor,
            policy="",
            status=RECEIVING,
            reading=READ_WAITING,
            kind=one.kind,
            bytes=0,
            idempotency=one.idempotency,
            body=None,
            **dict.fromkeys(("rows", "checked", "pieces", "generation", "deaths"), 0),
            **dict.fromkeys(("exposed", "not_found", "incomplete", "not_checked", "duplicate"), 0),
            reasons="{}",
            builds=NO_PIN,
            created_at=one.now,
            touched_at=one.now,
            failure="",
            waiting="",
            lease="",
            lease_until=0,
            held=True,
            announced=False,
        )
    )


def uploads_under_way(connection: Connection, now: int, organisation: int | None = None) -> int:
    """Return how many uploads there are now, of one organisation or of all."""
    query = (
        select(func.count())
        .where(jobs.status == RECEIVING)
        .where(jobs.touched_at > now - STALE_SECONDS)
    )
    if organisation is not None:
        query = query.where(jobs.organisation == organisation)
    return int(connection.execute(query).scalar_one())


def jobs_under_way(connection: Connection, organisation: int) -> int:
    """Return how many jobs of an organisation have not come to their end."""
    query = (
        select(func.count()).where(jobs.organisation == organisation).where(jobs.status.in_(ALIVE))
    )
    return int(connection.execute(query).scalar_one())


def job_row(connection: Connection, organisation: int, job: str) -> JobRow | None:
    """Return a job of an organisation; None where it has none such, or one still being received."""
    query = (
        select(bulk_jobs)
        .where(jobs.id == job)
        .where(jobs.organisation == organisation)
        .where(jobs.status != RECEIVING)
    )
    return connection.execute(query).one_or_none()


def job_by_id(connection: Connection, job: str) -> JobRow | None:
    """Return a job, whosever it is."""
    return connection.execute(select(bulk_jobs).where(jobs.id == job)).one_or_none()


def job_by_key(connection: Connection, organisation: int, idempotency: bytes) -> JobRow | None:
    """Return the job that an organisation's idempotency key began."""
    query = (
        select(bulk_jobs)
        .where(jobs.organisation == organisation)
        .where(jobs.idempotency == idempotency)
    )
    return connection.execute(query).one_or_none()


def job_rows(connection: Connection, organisation: int) -> Sequence[JobRow]:
    """Return the jobs of an organisation, the newest first."""
    query = (
        select(bulk_jobs)
        .where(jobs.organisation == organisation)
        .where(jobs.status != RECEIVING)
        .order_by(jobs.created_at.desc(), jobs.id)
    )
    return connection.execute(query).all()


def change_job(connection: Connection, job: str, **values: object) -> bool:
    """Change columns of a job; return whether it is there."""
    statement = update(bulk_jobs).where(jobs.id == job).values(**values)
    return connection.execute(statement).rowcount == 1


def change_if(connection: Connection, job: str, statuses: Sequence[str], **values: object) -> bool:
    """Change columns of a job that stands in one of the statuses; return whether it did."""
    statement = (
        update(bulk_jobs).where(jobs.id == job).where(jobs.status.in_(statuses)).values(**values)
    )
    return connection.execute(statement).rowcount == 1


def delete_job(connection: Connection, job: str) -> None:
    """Delete a job and its pieces; its files are the caller's."""
    connection.execute(delete(bulk_pieces).where(bulk_pieces.c.job == job))
    connection.execute(delete(bulk_jobs).where(jobs.id == job))


def end_job(connection: Connection, job: str, status: str, now: int, **values: object) -> bool:
    """End a job that lives; return whether it lived. Its pieces go."""
    ended = change_if(
        connection, job, ALIVE, status=status, finished_at=now, lease="", waiting="", **values
    )
    if ended:
        connection.execute(delete(bulk_pieces).where(bulk_pieces.c.job == job))
    return ended


def read_anew(connection: Connection, job: str) -> None:
    """Let a list be read from its start: its pieces go."""
    connection.execute(delete(bulk_pieces).where(bulk_pieces.c.job == job))
    change_job(connection, job, reading=READ_WAITING, rows=0, pieces=0, lease="", lease_until=0)


def stale_reservations(connection: Connection, now: int) -> Sequence[JobRow]:
    """Return uploads whose process ended in the middle."""
    query = (
        select(bulk_jobs)
        .where(jobs.status == RECEIVING)
        .where(jobs.touched_at <= now - STALE_SECONDS)
    )
    return connection.execute(query).all()


def overdue_jobs(connection: Connection, now: int) -> Sequence[JobRow]:
    """Return jobs whose draft or whose results are past their time and not destroyed yet."""
    query = select(bulk_jobs).where(jobs.expires_at <= now).where(jobs.held)
    return connection.execute(query).all()


def forget_before(connection: Connection, moment: int, pinned_moment: int) -> int:
    """Delete jobs that ended before a moment and of which nothing is kept; return how many.

    pinned_moment: the moment of those that were answered from builds.
    """
    statement = (
        delete(bulk_jobs)
        .where(jobs.status.in_(ENDED))
        .where(jobs.finished_at < case((jobs.builds == NO_PIN, moment), else_=pinned_moment))
        .where(~jobs.held)
    )
    return connection.execute(statement).rowcount
