"""What a worker is made of: the parts that jobs do not know, put together for its process."""

import structlog

from app.bulk.jobs.job_store import JobStore
from app.bulk.turns.check_turn import Checker
from app.bulk.turns.pinned_indexes import PinnedIndexes
from app.bulk.turns.quota_ledgers import QuotaLedgers
from app.bulk.webhooks.job_ended import WebhookChore, record_end
from app.bulk.workers.completion import Chore, CompletionHook
from app.bulk.workers.idle_thread import IdleThread
from app.bulk.workers.worker import BulkWorker, WorkerProcess
from app.bulk.workers.worker_indexes import WorkerIndexes
from app.records.database import Records, RecordsUnavailable, open_records
from app.settings import Settings

HOOKS: tuple[CompletionHook, ...] = (record_end,)
"""What is done once a job has ended, such as its receipt."""
CHORES: tuple[Chore, ...] = (WebhookChore(),)
"""What is done every few seconds, such as trying a webhook again."""


def make_worker(settings: Settings) -> BulkWorker:
    """Return the worker of this process, its indexes open as far as they can be.

    Raises KeyFault.
    """
    indexes = WorkerIndexes(settings)
    compute = IdleThread()
    compute(indexes.start)  # which reads every index whole
    store = JobStore(settings, open_records(settings))
    _warn_without_key(store.records)
    checker = Checker(store, indexes.store, PinnedIndexes(indexes.store))
    process = WorkerProcess(CHORES, compute)
    return BulkWorker(store, checker, QuotaLedgers(store.records).admit, HOOKS, process)


def _warn_without_key(records: Records) -> None:
    """Log where jobs have to wait until the key of their keys is back, and somebody restarts."""
    try:
        _ = records.cipher
    except RecordsUnavailable:
        structlog.get_logger().error("records_key_missing")
