"""A list before anything of it is checked: how it was read, or the question how to read it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView, ListPreview, ResultsGone
from app.bulk.portal.ended_page import render_ended
from app.bulk.portal.reading_form import question_form
from app.bulk.portal.remark_words import remark_words
from app.bulk.portal.state_words import reason_lines
from app.portal.row_reasons import reason_text
from app.services import current_services

COLUMN_WORDS: dict[str, LazyString] = {
    "name": lazy_gettext("name"),
    "name_latin": lazy_gettext("name in Latin letters"),
    "surname": lazy_gettext("surname"),
    "given_name": lazy_gettext("given name"),
    "former_name": lazy_gettext("former name"),
    "other_name": lazy_gettext("former name"),
    "id_number": lazy_gettext("document number"),
    "passport_number": lazy_gettext("passport number"),
    "id_type": lazy_gettext("kind of document"),
}

_IN_DOUBT, _NO = lazy_gettext("In doubt"), lazy_gettext("No")


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A column as the list names it; meaning: what it was read as, None for the list's own."""

    heading: str
    meaning: LazyString | None


def render_draft(job: JobView) -> ResponseReturnValue:
    """Return the page of a list that was not started: being read, unclear, or ready."""
    try:
        preview = BulkJobs.of(current_services()).preview(job.organisation_id, job.id)
    except ResultsGone:  # destroyed while the page was made
        return render_ended(job, gone=True)
    if preview.question is not None:
        question = question_form(preview.question)
        return render_template("bulk/mapping.html", job=job, faults={}, **question)
    if not preview.ready:
        return render_template("bulk/reading.html", job=job)
    return render_template(
        "bulk/preview.html",
        job=job,
        columns=preview_columns(preview),
        sample=preview.rows,
        may_choose=True,
        doubt_word=lambda row: _IN_DOUBT if row.is_looked_up else _NO,
        reason_title=lambda code: reason_text(code).title,
        checkable=preview.counts.get("to_check", 0),
        in_doubt=preview.counts.get("in_doubt", 0),
        not_checked=preview.counts.get("not_checked", 0),
        duplicates=preview.counts.get("duplicate", 0),
        reasons=reason_lines(preview.reasons),
        doubts=reason_lines(preview.doubts),
        remarks=[remark_words(remark) for remark in preview.remarks],
    )


def preview_columns(preview: ListPreview) -> list[PreviewColumn]:
    """Return the columns of a list in order, with what each was read as."""
    meanings = {place: name for name, place in preview.columns.items()}
    return [
        PreviewColumn(heading, COLUMN_WORDS.get(meanings.get(place, "")))
        for place, heading in enumerate(preview.headings)
    ]
