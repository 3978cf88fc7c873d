"""Files for members: results beside their own columns, and the receipt; the template to fill in."""

import time
from collections.abc import Iterable
from http import HTTPStatus

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView, NoSuchJob, NotDone, ResultsGone, ResultsWithheld
from app.bulk.portal.ended_page import render_ended
from app.bulk.portal.job_page import to_job
from app.bulk.results.receipt_book import ReceiptBook
from app.bulk.results.result_files import results_csv, results_workbook
from app.i18n import current_language
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import require_member
from app.services import current_services
from app.spreadsheets.workbook import WorkbookTooSmall
from app.uploads.media_types import XLSX_TYPE
from tables.staff_lists.list_template import WORDS, staff_list_template

RECEIPT_TYPE = "application/json"
FALLBACK_LANGUAGE = "en"  # of a template, where translations were added that it does not have
CSV_TYPE = "text/csv; charset=utf-8"


@bp.get("/lists/<job_id>/results.<any(csv, xlsx):kind>")
def download_results(job_id: str, kind: str) -> ResponseReturnValue:
    """Return the organisation's own list with the answers beside it; audited before it is sent."""
    member = require_member(Permission.SEE_RESULTS)
    jobs = BulkJobs.of(current_services())
    job = jobs.job(member.organisation.id, job_id)
    try:
        table = jobs.results(member.organisation.id, job_id)
        if kind == "xlsx":
            parts = results_workbook(table.headings, table.rows(), job.rows)
        else:
            parts = results_csv(table.headings, table.rows(), byte_order_mark=True)
    except (NotDone, ResultsWithheld):  # the page of the list says what there is instead
        return to_job(job_id)
    except ResultsGone:
        return render_ended(job, gone=True)
    except WorkbookTooSmall:
        return render_template("bulk/too_many_rows.html", job=job), HTTPStatus.CONFLICT
    _audit(member, job)
    return _file(parts, XLSX_TYPE if kind == "xlsx" else CSV_TYPE, f"results-{job.id[:8]}.{kind}")


@bp.get("/lists/<job_id>/receipt.json")
def download_receipt(job_id: str) -> ResponseReturnValue:
    """Return the signed receipt of a list, which outlives it."""
    member = require_member(Permission.SEE_RESULTS)
    services = current_services()
    receipt = ReceiptBook.of(services).receipt(member.organisation.id, job_id)
    if receipt is None:  # the worker writes it a moment after the end
        raise NoSuchJob
    return _file([receipt], RECEIPT_TYPE, f"receipt-{job_id[:8]}.json")


@bp.get("/template.xlsx")
def download_template() -> ResponseReturnValue:
    """Return a workbook to fill in, in the reader's language."""
    require_member(Permission.SEE_RESULTS)
    language = current_language().replace("-", "_")
    language = language if language in WORDS else FALLBACK_LANGUAGE
    return _file([staff_list_template(language)], XLSX_TYPE, "template.xlsx")


def _audit(member: SignedInMember, job: JobView) -> None:
    records = current_services().records
    organisation_id = member.organisation.id
    entry = OrganisationEntry(organisation_id, member.name, Event.RESULTS_DOWNLOADED, job.rows)
    with records.writing() as connection:
        append_event(connection, records.cipher, entry, int(time.time()))


def _file(parts: Iterable[bytes], media_type: str, name: str) -> Response:
    response = Response(parts, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
