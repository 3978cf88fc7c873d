"""The end of a job: the list is destroyed, the results are kept for their time."""

from functools import partial

from sqlalchemy import Connection

from app.bulk.jobs.job_rows import end_job
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.scheduler import Turn
from app.bulk.jobs.settling import Settle
from app.bulk.jobs.stages import DONE


def finish_job(store: JobStore, turn: Turn) -> Settle:
    """Destroy the list as it came, then let the job be done. Raises OSError.

    A process that dies in between comes here again: what is destroyed stays so.
    """
    store.folder(turn.job.id).destroy_upload()
    return partial(_settle, turn, store.settings.bulk_results_hours * 3_600)


def _settle(turn: Turn, seconds: int, connection: Connection) -> None:
    now = now_seconds()
    end_job(connection, turn.job.id, DONE, now, expires_at=now + seconds)
