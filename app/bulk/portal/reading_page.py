"""/org/lists/<id>/reading: says how a draft is to be read, where that is unclear or was wrong."""

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import ColumnQuestion, JobView, ListPreview, NotDone
from app.bulk.portal.job_page import to_job
from app.bulk.portal.reading_form import SAME_HEADER, ReadingInvalid, choice_of_form, question_form
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_form, require_member
from app.services import current_services

COLUMNS_UNCLEAR = "columns_unclear"
SAMPLES = 5


@bp.get("/lists/<job_id>/reading")
def reading_form(job_id: str) -> ResponseReturnValue:
    """Show the form, of a list that is unclear or of one whose columns were read wrongly."""
    member = require_member(Permission.UPLOAD)
    jobs = BulkJobs.of(current_services())
    job = jobs.job(member.organisation.id, job_id)
    try:
        return _reading_page(job, jobs.preview(member.organisation.id, job_id), {})
    except NotDone:  # being read, or checked already: the page of the list says so
        return to_job(job_id)


@bp.post("/lists/<job_id>/reading")
def choose_reading(job_id: str) -> ResponseReturnValue:
    """Read the list anew as a person chose."""
    member, form = require_form(Permission.UPLOAD)
    jobs, organisation = BulkJobs.of(current_services()), member.organisation.id
    job, preview = jobs.job(organisation, job_id), jobs.preview(organisation, job_id)
    question = question_of(preview)
    if question is not None:
        try:
            choice = choice_of_form(question, form)
        except ReadingInvalid as error:
            page = _reading_page(job, preview, error.faults)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        with suppress(NotDone):  # started in another tab: the page of the list says so
            jobs.choose(organisation, job_id, choice)
    return to_job(job_id)


def _reading_page(job: JobView, preview: ListPreview, faults: Mapping[str, LazyString]) -> str:
    """Return the form; raises NotDone while there is nothing to decide."""
    question = question_of(preview)
    if question is None:
        raise NotDone
    return render_template("bulk/mapping.html", job=job, faults=faults, **question_form(question))


def question_of(preview: ListPreview) -> ColumnQuestion | None:
    """Return what is to be decided: what the reader put, or which column is which once more."""
    if preview.question is not None:
        return preview.question
    if not preview.ready:
        return None
    samples = tuple(row.cells for row in preview.rows[:SAMPLES])
    return ColumnQuestion(COLUMNS_UNCLEAR, SAME_HEADER, preview.headings, samples, preview.columns)
