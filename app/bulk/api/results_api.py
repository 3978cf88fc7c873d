"""GET /api/v1/bulk/jobs/{id}/results and /receipt: the rows back with what was found; the receipt.

Results go out as they are decrypted, in blocks; whatever fails in the middle breaks the connection
off, and no client takes a part for the whole.
"""

import time
from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response, request

from app.bulk.api.authentication import api_caller
from app.bulk.api.documents import PATH
from app.bulk.api.jobs_api import JOB_PART, JSON_TYPE
from app.bulk.api.problems import NotAcceptableHere, register_problems
from app.bulk.api.schema import Receipt, ReceiptKey, ResultDocument
from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import JobView, NotDone, ResultTable
from app.bulk.results.json_document import json_document
from app.bulk.results.receipt_book import ReceiptBook
from app.bulk.results.receipts import key_id
from app.bulk.results.result_files import results_csv, results_workbook
from app.openapi.operations import Contents, Operation, described
from app.organisations.api_keys import Scope
from app.organisations.audit import Event, OrganisationEntry, append_event
from app.services import current_services
from app.uploads.media_types import XLSX_TYPE

CSV_TYPE = "text/csv"
RESULT_TYPES = Contents(
    {
        CSV_TYPE: "UTF-8, comma, CR LF; a cell that would be a formula has an apostrophe before it",
        XLSX_TYPE: "A workbook; every cell a text.",
        JSON_TYPE: ResultDocument,
    }
)
OFFERED = tuple(RESULT_TYPES.by_type)  # the first one where the client does not mind
ENDINGS = {CSV_TYPE: "csv", XLSX_TYPE: "xlsx", JSON_TYPE: "json"}
KEY_PATH = "/api/v1/bulk/receipt-key"
KEY_FRESH_SECONDS = 3_600

bp = Blueprint("bulk_results_api", __name__)
register_problems(bp)


@bp.get(f"{PATH}/<job_id>/results")
@described(
    Operation(
        "Fetch the results of a job",
        answer=RESULT_TYPES,
        refusals=(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.NOT_ACCEPTABLE,
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
        ),
        path=(JOB_PART,),
        with_key=True,
    )
)
def show_results(job_id: str) -> Response:
    """Return the organisation's rows in order, with the five columns added."""
    services = current_services()
    caller = api_caller(services, request, Scope.RESULTS_READ)
    jobs, organisation = BulkJobs.of(services), caller.organisation.id
    job = jobs.job(organisation, job_id)
    media_type = _wanted_type()
    table = jobs.results(organisation, job_id)
    body = _written(job, table, media_type)
    if request.method != "HEAD":
        entry = OrganisationEntry(organisation, caller.actor, Event.RESULTS_DOWNLOADED, job.rows)
        with services.records.writing() as connection:
            append_event(connection, services.records.cipher, entry, int(time.time()))
    kind = f"{CSV_TYPE}; charset=utf-8" if media_type == CSV_TYPE else media_type
    response = Response(body, content_type=kind)
    name = f"results-{job.id}.{ENDINGS[media_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Vary"] = "Accept"
    return response


@bp.get(f"{PATH}/<job_id>/receipt")
@described(
    Operation(
        "Fetch the receipt of a job",
        answer=Receipt,
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
        path=(JOB_PART,),
        with_key=True,
    )
)
def show_receipt(job_id: str) -> Response:
    """Return the signed receipt of a job that has ended; it outlives results and job."""
    services = current_services()
    caller = api_caller(services, request, Scope.JOBS_READ)
    receipt = ReceiptBook.of(services).receipt(caller.organisation.id, job_id)
    if receipt is None:
        BulkJobs.of(services).job(caller.organisation.id, job_id)
        raise NotDone
    return Response(receipt, content_type=JSON_TYPE)


@bp.get(KEY_PATH)
@described(
    Operation(
        "Read the key by which receipts are checked",
        answer=ReceiptKey,
    )
)
def show_receipt_key() -> Response:
    """Return the public key; it is for everybody."""
    public_key = ReceiptBook.of(current_services()).public_key
    body = ReceiptKey(algorithm="Ed25519", key_id=key_id(public_key), public_key=public_key.hex())
    response = Response(body.model_dump_json(), content_type=JSON_TYPE)
    response.headers["Cache-Control"] = f"public, max-age={KEY_FRESH_SECONDS}"
    return response


def _wanted_type() -> str:
    """Return what the client accepts most gladly. Raises NotAcceptableHere."""
    accepted = request.accept_mimetypes
    if not accepted:
        return CSV_TYPE
    wanted = accepted.best_match(OFFERED)
    if wanted is None:
        raise NotAcceptableHere
    return wanted


def _written(job: JobView, table: ResultTable, media_type: str) -> Iterator[bytes]:
    """Return the body in blocks. Raises WorkbookTooSmall."""
    if media_type == XLSX_TYPE:
        return results_workbook(table.headings, table.rows(), job.rows)
    if media_type == JSON_TYPE:
        return json_document(job.id, job.builds, table.headings, table.rows())
    return results_csv(table.headings, table.rows())
