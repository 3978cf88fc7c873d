"""What pages say of a job: how it stands, until when something of it is kept, how it ended."""

from flask_babel import LazyString, lazy_gettext

from app.bulk.jobs.destruction import EXPIRED
from app.bulk.jobs.stages import INTERNAL
from app.bulk.jobs.views import JobView
from app.bulk.turns.failures import LIST_LOST, ONE_JOB_A_BUILD, TOO_FEW_PEOPLE

POLICY_FAILURES = frozenset({TOO_FEW_PEOPLE, ONE_JOB_A_BUILD})
"""Failures by what the authority lets an organisation check: the list was read well."""
OWN_FAILURES = frozenset({INTERNAL, LIST_LOST})
"""Failures of the service."""
NOTHING_KEPT = 0

STATUS_WORDS: dict[str, LazyString] = {
    "draft": lazy_gettext("Not started yet"),
    "queued": lazy_gettext("Waiting for its turn"),
    "running": lazy_gettext("In progress"),
    "done": lazy_gettext("Done"),
    "cancelled": lazy_gettext("Stopped and destroyed"),
    "failed": lazy_gettext("Could not be read"),
}
RESULTS_DESTROYED = lazy_gettext("Done; the results are destroyed")
NEVER_STARTED = lazy_gettext("Not started in time, destroyed")
NOT_ALLOWED = lazy_gettext("Not allowed for your organisation")
BROKEN_OFF = lazy_gettext("Stopped by a fault on our side")


def status_words(job: JobView, now: int) -> LazyString:
    """Return how a job stands; now: seconds since 1970."""
    if job.status == "done" and kept_until(job, now) == NOTHING_KEPT:
        return RESULTS_DESTROYED
    if job.status == "cancelled" and job.failure == EXPIRED:
        return NEVER_STARTED
    if job.failure in POLICY_FAILURES:
        return NOT_ALLOWED
    if job.failure in OWN_FAILURES:
        return BROKEN_OFF
    return STATUS_WORDS[job.status]


def kept_until(job: JobView, now: int) -> int | None:
    """Return until when list or results are kept, in seconds since 1970.

    None while a check goes on, whose end says it; NOTHING_KEPT where nothing is there any more.
    """
    if job.status in ("cancelled", "failed"):
        return NOTHING_KEPT
    if job.expires_at is not None and job.expires_at <= now:
        return NOTHING_KEPT
    return job.expires_at


def failure_title(job: JobView) -> LazyString:
    """Return the title of the page of a job that has failed."""
    if job.failure in POLICY_FAILURES:
        return lazy_gettext("This list may not be checked")
    if job.failure in OWN_FAILURES:
        return lazy_gettext("The check could not be completed")
    return lazy_gettext("This list cannot be used")
