"""What the end of a job leaves: its receipt, and a message to the organisation's own server.

Called at least once for each job that ended; a second call changes nothing.
"""

import json
import time

from sqlalchemy.exc import IntegrityError

from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.views import JobView
from app.bulk.results.receipt_book import ReceiptBook
from app.bulk.results.receipts import Parties
from app.bulk.webhooks.deliveries import WebhookSender, WebhookThreads, finished_message
from app.organisations.directory import NoSuchOrganisation, OrganisationDirectory
from app.records.organisations.webhook_deliveries import Delivery, add_delivery


def record_end(store: JobStore, job: JobView) -> None:
    """Keep the receipt of a job, and the message that tells of its end where one is wanted.

    Raises RecordsUnavailable or FieldUnreadable.
    """
    directory = OrganisationDirectory(store.records)
    try:
        organisation = directory.by_id(job.organisation_id)
    except NoSuchOrganisation:
        return
    now = int(time.time())
    parties = Parties(organisation, _authorities(store, job))
    ReceiptBook.over(store.records, store.settings).write(job, parties, now)
    if directory.webhook(organisation.id) is not None:
        _keep_message(store, job, now)


class WebhookChore:
    """Starts, once a process, the threads that send what is due."""

    def __init__(self) -> None:
        self._begun = False

    def __call__(self, store: JobStore) -> None:
        """Start them unless they run."""
        if not self._begun:
            self._begun = True
            WebhookThreads(WebhookSender(store.records)).start()


def _authorities(store: JobStore, job: JobView) -> tuple[str, ...]:
    """Return whose builds a job was answered from, in the order of the builds."""
    pin = json.loads(store.row(job.organisation_id, job.id).builds)
    return tuple(authority for _, authority in pin.get("indexes", ()))


def _keep_message(store: JobStore, job: JobView, now: int) -> None:
    body = finished_message(job, now)
    message = Delivery(f"msg_{job.id}", job.organisation_id, job.id, body, 0, now)
    try:
        with store.records.writing() as connection:
            add_delivery(connection, store.records.cipher, message)
    except IntegrityError:  # kept by a process that died before saying so
        return
