"""/org: the lists of whoever is signed in, and the sign-in for everybody else."""

import time
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView
from app.bulk.portal.job_words import kept_until, status_words
from app.organisations.policy import range_of, tells_individuals
from app.organisations.quota import QuotaLedger
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import current_member, require_signed_in
from app.portal.first_page import to_first_page
from app.portal.formats import number_words
from app.portal.navigation import add_portal_page
from app.services import current_services

add_portal_page(
    "organisation.start_page", lazy_gettext("Your lists"), Permission.SEE_RESULTS, place=10
)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list as the page shows it; kept_until: as of ``job_words.kept_until``.

    people: how many are listed, from and to where numbers are rounded: 0 would say that nobody is.
    """

    job: JobView
    words: LazyString
    people: str
    kept_until: int | None

    @classmethod
    def of(cls, job: JobView, now: int) -> "ListLine":
        """Return the line of a job; now: seconds since 1970."""
        return cls(job, status_words(job, now), people_words(job), kept_until(job, now))


def people_words(job: JobView) -> str:
    """Return how many rows of a job are listed, – before its end."""
    if job.status != "done":
        return "–"
    people = job.counts["exposed"]
    if tells_individuals(job.policy):
        return number_words(people)
    return "–".join(map(number_words, range_of(people)))


@bp.get("")
def start_page() -> ResponseReturnValue:
    """Show the lists of the organisation to who may see them; the sign-in to who is nobody."""
    if current_member() is None:
        return render_template("portal/sign_in.html")
    member, services = require_signed_in(), current_services()
    if not member.may(Permission.SEE_RESULTS):
        return to_first_page(member)
    jobs, now = BulkJobs.of(services).list(member.organisation.id), int(time.time())
    return render_template(
        "bulk/lists.html",
        lines=[ListLine.of(job, now) for job in jobs],
        remaining=QuotaLedger(services.records, member.organisation).remaining(),
    )
