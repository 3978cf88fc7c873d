"""The end of a job: the list is destroyed, the results are kept for their time."""

from functools import partial

from sqlalchemy import Connection

from app.bulk.jobs.auditing import audit_job, entry_of
from app.bulk.jobs.job_rows import end_job
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.stages import DONE
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.bulk.uploads.encrypted_files import make_durable
from app.organisations.audit import Event


def finish_job(store: JobStore, turn: Turn) -> Settle:
    """Destroy the list as it came, then let the job be done. Raises OSError.

    A process that dies in between comes here again: what is destroyed stays so.
    """
    folder = store.folder(turn.job.id)
    make_durable(folder.path)  # nobody can make the results again once the list is gone
    folder.destroy_upload()
    return partial(_settle, store, turn)


def _settle(store: JobStore, turn: Turn, connection: Connection) -> None:
    now = now_seconds()
    expires_at = now + store.settings.bulk_results_hours * 3_600
    if end_job(connection, turn.job.id, DONE, now, expires_at=expires_at):
        audit_job(connection, store, entry_of(turn.job, Event.JOB_DONE, turn.job.rows))
