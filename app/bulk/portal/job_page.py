"""One list of the organisation: its preview, the progress of its check, its results, or its end."""

from contextlib import suppress
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView, NotDone
from app.bulk.portal.ended_page import render_ended
from app.bulk.portal.preview_page import render_draft
from app.bulk.portal.result_page import ResultChoice
from app.bulk.portal.results_view import render_results
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.portal.formats import number_words
from app.services import current_services

SEARCH_MAX_CHARACTERS = 80
PAGE_DIGITS_MAX = 6


@bp.get("/lists/<job_id>")
def show_job(job_id: str) -> ResponseReturnValue:
    """Show a list as it stands now; ``state`` in the address chooses rows of its results."""
    member = require_member()
    return render_job(member, job_id, ResultChoice(state=request.args.get("state")))


@bp.post("/lists/<job_id>/rows")
def search_results(job_id: str) -> ResponseReturnValue:
    """Show rows of the results that hold a text: never in an address, which logs would keep."""
    member, form = require_form(Permission.SEE_RESULTS)
    choice = ResultChoice(
        state=form.get("state", ""),
        search=form.get("search", "")[:SEARCH_MAX_CHARACTERS],
        page=_page_number(form.get("page", "")),
    )
    return render_job(member, job_id, choice)


@bp.post("/lists/<job_id>/start")
def start_job(job_id: str) -> ResponseReturnValue:
    """Begin the check of a list that was looked at."""
    member, _ = require_form(Permission.UPLOAD)
    with suppress(NotDone):  # begun in another tab, or not read yet: its page says so
        BulkJobs.of(current_services()).start(member.organisation.id, job_id)
    return to_job(job_id)


@bp.post("/lists/<job_id>/cancel")
def cancel_job(job_id: str) -> ResponseReturnValue:
    """Stop the check, or discard a draft or results: what is held is destroyed."""
    member, _ = require_form(Permission.UPLOAD)
    BulkJobs.of(current_services()).cancel(member.organisation.id, job_id, member.name)
    return to_job(job_id)


def render_job(member: SignedInMember, job_id: str, choice: ResultChoice) -> ResponseReturnValue:
    """Return the page of a job as its status asks for. Raises NoSuchJob."""
    job = BulkJobs.of(current_services()).job(member.organisation.id, job_id)
    if job.status == "draft" or (job.status == "queued" and job.reading == "unclear"):
        return render_draft(job)
    if job.status in ("queued", "running"):
        return render_template("bulk/progress.html", job=job, announcement=announcement(job))
    if job.status == "done":
        return render_results(job, choice)
    return render_ended(job)


def announcement(job: JobView) -> str:
    """Return what a screen reader is told of the progress."""
    if not job.rows:
        return str(gettext("The list is being read"))
    checked, rows = number_words(job.checked), number_words(job.rows)
    return str(gettext("%(checked)s of %(rows)s rows", checked=checked, rows=rows))


def to_job(job_id: str) -> Response:
    """Lead to the page of a list."""
    return redirect(url_for("organisation.show_job", job_id=job_id), HTTPStatus.SEE_OTHER)


def _page_number(text: str) -> int:
    """Return the page that a button names, the first for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= PAGE_DIGITS_MAX
    return max(1, int(text)) if plain else 1
