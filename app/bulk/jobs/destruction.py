"""Destruction of what is past its time: results, drafts, uploads whose process died, strays."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.bulk.jobs.job_rows import (
    STALE_SECONDS,
    change_if,
    delete_job,
    end_job,
    forget_before,
    overdue_jobs,
    stale_reservations,
)
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.stages import CANCELLED, DONE, DRAFT, ENDED, FAILED
from app.records.organisations.bulk_jobs import bulk_jobs

EXPIRED = "draft_expired"
DAY_SECONDS = 86_400
PINNED_DAYS = 3
"""For which a job that was answered is not forgotten: longer than its builds are valid.

Where counts are all that is told, a job that is forgotten would give its builds back.
"""


@dataclass(frozen=True, slots=True)
class Leavings:
    """What is held although no job holds it; names of folders and of keys."""

    folders: tuple[str, ...]
    keys: tuple[str, ...]


def destroy_overdue(store: JobStore) -> int:
    """Destroy whatever is past its time; return how many jobs lost what was held of them.

    The row goes on telling that the job was, until GAUGE_BULK_JOBS_DAYS are over, and its builds.
    Raises RecordsUnavailable or OSError.
    """
    now = now_seconds()
    with store.records.writing() as connection:
        stale = [row.id for row in stale_reservations(connection, now)]
        for row in overdue_jobs(connection, now):
            if row.status == DRAFT:
                end_job(connection, row.id, CANCELLED, now, failure=EXPIRED)
        days = store.settings.bulk_jobs_days
        pinned = now - max(days, PINNED_DAYS) * DAY_SECONDS
        forget_before(connection, now - days * DAY_SECONDS, pinned)
    for job in stale:
        store.folder(job).destroy()
        with store.records.writing() as connection:
            delete_job(connection, job)
    done = _due(store, now)
    for job in done:
        folder = store.folder(job)
        folder.destroy()
        if not folder.path.exists():  # a worker may have been writing there: the next time then
            with store.records.writing() as connection:
                change_if(connection, job, ENDED, held=False)
    return len(stale) + len(done)


def find_leavings(store: JobStore) -> Leavings:
    """Return folders and keys that no job in the records holds. Raises RecordsUnavailable."""
    with store.records.reading() as connection:
        kept = set(connection.execute(select(bulk_jobs.c.id).where(bulk_jobs.c.held)).scalars())
    directory = store.settings.bulk_directory
    folders = sorted(path.name for path in _entries(directory) if path.name not in kept)
    keys = [name for name in store.keys.names() if name.rpartition(".")[0] not in kept]
    return Leavings(tuple(folders), tuple(keys))


def destroy_leavings(store: JobStore, leavings: Leavings) -> None:
    """Destroy what nobody holds. Raises OSError or RecordsUnavailable."""
    for job in {*leavings.folders, *(name.rpartition(".")[0] for name in leavings.keys)}:
        store.folder(job).destroy()


def old_leavings(store: JobStore) -> Leavings:
    """Return leavings that are no upload of this moment, whose row is not written yet."""
    found = find_leavings(store)
    before = now_seconds() - STALE_SECONDS
    old = {path.name for path in _entries(store.settings.bulk_directory) if _age(path) < before}
    keys = store.settings.bulk_keys_directory
    return Leavings(
        tuple(name for name in found.folders if name in old),
        tuple(name for name in found.keys if _age(keys / f"{name}.key") < before),
    )


def _due(store: JobStore, now: int) -> list[str]:
    jobs = bulk_jobs.c
    over = (jobs.status == DONE) & (jobs.expires_at <= now)
    query = select(jobs.id).where(jobs.held).where(over | jobs.status.in_((CANCELLED, FAILED)))
    with store.records.reading() as connection:
        return list(connection.execute(query).scalars())


def _entries(directory: Path) -> list[Path]:
    with suppress(FileNotFoundError):
        return list(directory.iterdir())
    return []


def _age(path: Path) -> float:
    """Return when a file or folder was changed last, seconds since 1970; 0 where it is gone."""
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0
