"""What happens when a job has ended: hooks of others, each at least once, by a worker.

A hook is called with the services of the worker and the job as it ended; it may be called again
after a process died in the middle, and must make its work once (``api``: receipt and webhook).
"""

from collections.abc import Callable

import structlog
from sqlalchemy import select

from app.bulk.jobs.job_rows import change_if
from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.job_views import job_view
from app.bulk.jobs.stages import ENDED
from app.bulk.jobs.views import JobView
from app.records.organisations.bulk_jobs import bulk_jobs

CompletionHook = Callable[[JobStore, JobView], None]
Chore = Callable[[JobStore], None]


def announce_ended(store: JobStore, hooks: tuple[CompletionHook, ...]) -> int:
    """Call the hooks of every job that ended and was not announced; return how many there were.

    Where a hook raises, the job is announced again at the next call. Raises RecordsUnavailable.
    """
    query = select(bulk_jobs).where(bulk_jobs.c.status.in_(ENDED)).where(~bulk_jobs.c.announced)
    with store.records.reading() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        try:
            for hook in hooks:
                hook(store, job_view(row))
        except Exception as error:  # one hook must not hold up the others' jobs
            structlog.get_logger().error("completion_failed", exc_info=error)
            continue
        with store.records.writing() as connection:
            change_if(connection, row.id, ENDED, announced=True)
    return len(rows)


def do_chores(store: JobStore, chores: tuple[Chore, ...]) -> None:
    """Do what is due now and then, such as trying a webhook again; one that fails waits."""
    for chore in chores:
        try:
            chore(store)
        except Exception as error:
            structlog.get_logger().error("chore_failed", exc_info=error)
