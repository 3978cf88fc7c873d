"""POST, GET and DELETE /api/v1/bulk/jobs: lists of an organisation in, how they stand, destroyed.

A list goes from the socket into encryption; nothing here reads it.
"""

from http import HTTPStatus

from flask import Blueprint, Response, request
from pydantic import BaseModel

from app.bulk.api.authentication import api_caller
from app.bulk.api.documents import PATH, job_created, job_document
from app.bulk.api.problems import register_problems
from app.bulk.api.schema import JobCreated, JobDocument
from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import Caller
from app.bulk.uploads.receiving import Upload
from app.openapi.operations import Contents, HeaderPart, Operation, PathPart, described
from app.organisations.api_keys import ApiCaller, Scope
from app.services import current_services
from app.uploads.media_types import XLSX_TYPE
from app.uploads.refusals import UploadRefused
from app.web.request_bodies import UTF_8
from tables.text_encodings.encodings import CODECS

JSON_TYPE = "application/json"
UNLIMITED = 1 << 62
LIST_COLUMNS = (
    "Columns id_type, id_number, name and name_latin (the first and the last may be missing) in "
    "any order beside any others; headings as people write them are read too."
)
LIST_TYPES = Contents(
    {
        "text/csv": LIST_COLUMNS,
        XLSX_TYPE: f"A workbook. {LIST_COLUMNS}",
        "application/jsonl": "One JSON object a line, with these names.",
        "application/x-ndjson": "The same.",
    }
)
JOB_PART = PathPart("job_id", "[A-Za-z0-9_-]{1,32}", "The id of a job of this organisation.")
IDEMPOTENCY = HeaderPart(
    "Idempotency-Key",
    "[!-~]{1,255}",
    "Whatever is sent again under the same key is the same job; another body is refused (409).",
)

bp = Blueprint("bulk_jobs_api", __name__)
register_problems(bp)


@bp.post(PATH)
@described(
    Operation(
        "Send in a list of people",
        body=LIST_TYPES,
        answer=JobCreated,
        status=HTTPStatus.ACCEPTED,
        refusals=(HTTPStatus.CONFLICT, HTTPStatus.INSUFFICIENT_STORAGE),
        headers=(IDEMPOTENCY,),
        with_key=True,
    )
)
def create_job() -> Response:
    """Receive a list; answer as soon as it is stored, before anything of it is read."""
    caller = _caller(Scope.JOBS_WRITE)
    if request.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
        raise UploadRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content_encoding")
    request.max_content_length = UNLIMITED  # the intake has a limit of its own, and says it better
    upload = Upload(
        stream=request.stream,
        media_type=request.content_type or "",
        length=request.content_length,
        idempotency_key=request.headers.get("Idempotency-Key"),
        encoding=_encoding(request.mimetype_params.get("charset", "")),
    )
    created = job_created(_jobs().receive(_as_caller(caller), upload))
    response = _json(created, HTTPStatus.ACCEPTED)
    response.headers["Location"] = created.links.self
    return response


@bp.get(f"{PATH}/<job_id>")
@described(
    Operation(
        "Ask how a job stands",
        answer=JobDocument,
        refusals=(HTTPStatus.NOT_FOUND,),
        path=(JOB_PART,),
        with_key=True,
    )
)
def show_job(job_id: str) -> Response:
    """Tell how a job of the organisation stands."""
    caller = _caller(Scope.JOBS_READ)
    return _json(job_document(_jobs().job(caller.organisation.id, job_id)))


@bp.delete(f"{PATH}/<job_id>")
@described(
    Operation(
        "Cancel a job and destroy what is kept of it",
        answer=None,
        status=HTTPStatus.NO_CONTENT,
        refusals=(HTTPStatus.NOT_FOUND,),
        path=(JOB_PART,),
        with_key=True,
    )
)
def delete_job(job_id: str) -> Response:
    """End a job, whatever its status, and destroy list and results; its receipt stays."""
    caller = _caller(Scope.JOBS_WRITE)
    _jobs().cancel(caller.organisation.id, job_id, caller.actor)
    return Response(status=HTTPStatus.NO_CONTENT)


def _encoding(charset: str) -> str:
    """Return the encoding that a charset names; "" for UTF-8, which proves itself.

    Raises UploadRefused for one that no list is read in.
    """
    name = charset.strip().lower()
    if not name or name in UTF_8:
        return ""
    if name not in CODECS:
        raise UploadRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "charset")
    return name


def _caller(scope: Scope) -> ApiCaller:
    return api_caller(current_services(), request, scope)


def _jobs() -> BulkJobs:
    return BulkJobs.of(current_services())


def _as_caller(caller: ApiCaller) -> Caller:
    return Caller(caller.organisation.id, caller.actor)


def _json(body: BaseModel, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(body.model_dump_json(), status, content_type=JSON_TYPE)
