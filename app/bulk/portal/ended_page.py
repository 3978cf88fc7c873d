"""A list that brought no results, or whose results are gone."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.bulk.jobs.views import JobView
from app.bulk.portal.job_words import failure_title
from app.i18n import sentence_gap
from app.portal.list_refusals import refusal_text


def render_ended(job: JobView, *, gone: bool = False) -> ResponseReturnValue:
    """Return the page of a job that was cancelled, has failed, or whose results are destroyed."""
    nothing_kept = gettext("No part of the list is kept.")
    if gone:
        title, words, advice = (
            gettext("The results are destroyed"),
            gettext("Their storage period has ended, or somebody destroyed them early."),
            gettext("Upload the list again to check it against the latest data."),
        )
    elif job.status == "cancelled" and not job.failure:
        title, words, advice = (
            gettext("The list is destroyed"),
            gettext("Somebody of your organisation stopped the check or discarded the list."),
            "",
        )
    else:
        text = refusal_text(job.failure)
        title, words, advice = failure_title(job), text.words, text.advice
        place = failure_place(job)
        words = f"{words}{sentence_gap()}{place}" if place else words
    return render_template(
        "bulk/ended.html",
        job=job,
        title=title,
        words=words,
        advice=advice,
        kept=nothing_kept,
        receipt=job.status == "done",
    )


def failure_place(job: JobView) -> str:
    """Return where in the list the failure is, "" where it is in no one place."""
    if job.failure_row is None:
        return ""
    return str(gettext("Row %(row)s.", row=job.failure_row))
