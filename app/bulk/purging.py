"""Purging lists of organisations, with the proof: nothing stays that no job accounts for.

Threat: a list or its key outlives its time, unseen, after a crash or a restored backup. Limit:
after purging, folders and keys are compared with the records, from both sides; keys go first, so
that a folder left behind is ciphertext that nobody can open.
"""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from app.bulk.jobs.destruction import Leavings, destroy_leavings, destroy_overdue, old_leavings
from app.bulk.jobs.folder import RESULTS
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.stages import RECEIVING
from app.records.organisations.bulk_jobs import bulk_jobs
from exposure_index.errors import ExitCode, ForeseenError


@dataclass(frozen=True, slots=True)
class PurgeProof:
    """What a purge came to; jobs by their ids.

    destroyed: jobs past their time; strays: folders and keys that no job held; waiting: jobs that
    hold a list or results and are within their time; overdue: those that still hold something past
    it; left: strays that are still there; lost: jobs within their time whose key or folder is gone.
    """

    destroyed: int
    strays: int
    waiting: int
    overdue: tuple[str, ...]
    left: Leavings
    lost: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing stayed that should be gone."""
        return not (self.overdue or self.left.folders or self.left.keys)


class PurgeIncomplete(ForeseenError):
    """Something that should be gone could not be destroyed."""

    exit_code = ExitCode.UNAVAILABLE


def purge_lists(store: JobStore) -> PurgeProof:
    """Destroy what is past its time and what no job holds; look again and say what is there.

    What the disk does not let go is said, not raised. Raises RecordsUnavailable.
    """
    destroyed = 0
    with suppress(OSError):
        destroyed = destroy_overdue(store)
    strays = old_leavings(store)
    for job in {*strays.folders, *(name.rpartition(".")[0] for name in strays.keys)}:
        with suppress(OSError):
            destroy_leavings(store, Leavings((job,), ()))
    waiting, overdue, lost = _look(store)
    return PurgeProof(
        destroyed=destroyed,
        strays=len(strays.folders) + len(strays.keys),
        waiting=waiting,
        overdue=overdue,
        left=old_leavings(store),
        lost=lost,
    )


def _look(store: JobStore) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return how many jobs hold something in time, those past it, and those that lost it."""
    jobs, now = bulk_jobs.c, now_seconds()
    query = select(jobs.id, jobs.expires_at).where(jobs.held).where(jobs.status != RECEIVING)
    with store.records.reading() as connection:
        rows = connection.execute(query).all()
    overdue = {row.id for row in rows if row.expires_at is not None and row.expires_at <= now}
    keys = set(store.keys.names())
    lost = {
        row.id
        for row in rows
        if f"{row.id}.{RESULTS}" not in keys or not store.folder(row.id).path.is_dir()
    }
    return len(rows) - len(overdue | lost), tuple(sorted(overdue)), tuple(sorted(lost - overdue))
