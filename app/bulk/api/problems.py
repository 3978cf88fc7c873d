"""Problem details of the API of organisations: what the parts below raise, as responses."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response

from app.api_response import ApiResponse
from app.bulk.api.authentication import ScopeMissing, Unauthorised
from app.bulk.api.texts import refusal_text
from app.bulk.jobs.views import NeverDone, NoSuchJob, NotDone, ResultsGone, ResultsWithheld
from app.bulk.uploads.refusals import (
    KeyConflict,
    QuotaUsedUp,
    TooManyJobs,
    TooManyUploads,
    UploadDiskFull,
    UploadUnderWay,
)
from app.spreadsheets.workbook import WorkbookTooSmall
from app.uploads.refusals import UploadRefused
from app.web.error_types import problem
from app.web.errors import api_error

NOT_DONE_SECONDS = 2
SHEET_TOO_SMALL = "A sheet holds 1,048,576 rows; ask for text/csv or application/json."
NOT_ACCEPTABLE = "Results come as text/csv, as a workbook or as application/json."
WITHHELD = "The policy of this organisation is counts only; they stand in the job."
NO_JOB = "There is no such job."


class NotAcceptableHere(Exception):
    """Results are asked for as something that they do not come as."""


def register_problems(bp: Blueprint) -> None:
    """Answer with problem details whatever a view of this blueprint raises."""

    def answer(error: type[Exception], respond: Callable[..., ApiResponse]) -> None:
        def handle(raised: Exception) -> Response:
            return api_error(respond(raised))

        bp.register_error_handler(error, handle)

    answer(Unauthorised, Unauthorised.response)
    answer(ScopeMissing, ScopeMissing.response)
    answer(UploadRefused, _upload_refused)
    answer(KeyConflict, lambda _: _conflict("idempotency_key_used", KEY_USED))
    answer(UploadUnderWay, lambda e: _conflict("upload_under_way", UNDER_WAY, e.retry_after))
    answer(TooManyUploads, lambda e: _busy("uploads_own" if e.own else "uploads", e.retry_after))
    answer(TooManyJobs, lambda e: _busy("jobs", e.retry_after))
    answer(QuotaUsedUp, lambda e: _busy("quota", e.retry_after))
    answer(UploadDiskFull, _disk_full)
    answer(NoSuchJob, lambda _: problem(HTTPStatus.NOT_FOUND, NO_JOB, code="job"))
    answer(NeverDone, lambda _: _conflict("not_done", NOT_YET))
    answer(NotDone, lambda _: _conflict("not_done", NOT_YET, NOT_DONE_SECONDS))
    answer(ResultsGone, lambda _: problem(HTTPStatus.GONE, DESTROYED, code="destroyed"))
    answer(ResultsWithheld, lambda _: problem(HTTPStatus.FORBIDDEN, WITHHELD, code="policy"))
    answer(WorkbookTooSmall, lambda _: _not_acceptable(SHEET_TOO_SMALL))
    answer(NotAcceptableHere, lambda _: _not_acceptable(NOT_ACCEPTABLE))


KEY_USED = "This Idempotency-Key came before with another body. Use a new one for a new list."
UNDER_WAY = "The first upload under this Idempotency-Key has not come to its end."
NOT_YET = "The job has no results; its status says whether it will have."
DESTROYED = "The results were destroyed, by their age or when the job was deleted."
DISK_FULL = "There is no space for the list now. Nothing of it was kept."
BUSY = {
    "uploads_own": "As many uploads of this organisation as may be are under way.",
    "uploads": "As many uploads as may be are under way.",
    "quota": "The quota of distinct people is used up, and nobody of this list was asked about in "
    "the last 14 days. The authority can raise it.",
    "jobs": "As many jobs of this organisation as may be have not come to their end.",
}


def _upload_refused(error: UploadRefused) -> ApiResponse:
    detail = error.detail or refusal_text(error.code)
    return problem(HTTPStatus(error.status), detail, code=error.code)


def _conflict(code: str, detail: str, retry_seconds: int | None = None) -> ApiResponse:
    return problem(HTTPStatus.CONFLICT, detail, retry_seconds=retry_seconds, code=code)


def _busy(code: str, retry_seconds: int) -> ApiResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE if code == "uploads" else HTTPStatus.TOO_MANY_REQUESTS
    return problem(status, BUSY[code], retry_seconds=retry_seconds, code=code)


def _disk_full(error: UploadDiskFull) -> ApiResponse:
    status = HTTPStatus.INSUFFICIENT_STORAGE
    return problem(status, DISK_FULL, retry_seconds=error.retry_after, code="storage_full")


def _not_acceptable(detail: str) -> ApiResponse:
    return problem(HTTPStatus.NOT_ACCEPTABLE, detail, code="media_type")
