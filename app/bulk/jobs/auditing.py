"""What the audit log is told of jobs: who, when and how many rows; never whom."""

from sqlalchemy import Connection

from app.bulk.jobs.job_rows import JobRow
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.organisations.audit import Event, OrganisationEntry, append_event


def entry_of(job: JobRow, event: Event, count: int, actor: str = "") -> OrganisationEntry:
    """Return what is to be audited of a job; actor: "" for who uploaded its list."""
    return OrganisationEntry(job.organisation, actor or job.actor, event, count)


def audit_job(connection: Connection, store: JobStore, entry: OrganisationEntry) -> None:
    """Append a line about a job, the last statement of a transaction."""
    append_event(connection, store.records.cipher, entry, now_seconds())
