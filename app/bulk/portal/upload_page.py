"""/org/upload: the form that a list is sent by.

Threat: a form parser writes a large upload to a temporary file in the clear, or a list outlives the
session that it was sent in. Limit: the body is read as a stream into encryption, never by the
framework's parser; who is signed in is asked before the first byte and after the last one.
"""

import secrets
from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.views import Caller, JobView
from app.bulk.portal.job_page import to_job
from app.bulk.uploads.receiving import Upload
from app.bulk.uploads.refusals import (
    KeyConflict,
    TooManyJobs,
    TooManyUploads,
    UploadDiskFull,
    UploadUnderWay,
)
from app.i18n import sentence_gap
from app.organisations import policy
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import (
    SignInNeeded,
    current_member,
    require_member,
    require_own_form,
)
from app.portal.list_refusals import upload_text
from app.services import current_services
from app.uploads.multipart import MultipartFile
from app.uploads.refusals import UploadRefused
from app.web.same_origin import require_same_origin

KEY_BYTES = 16
MIB = 1 << 20
FORM_BYTES = 65_536  # of a form around its file, at most


@bp.get("/upload")
def upload_form() -> ResponseReturnValue:
    """Show the form."""
    return _form_page(require_member(Permission.UPLOAD))


@bp.post("/upload")
def take_upload() -> ResponseReturnValue:
    """Receive a list as a draft and show how it was read; or the form with what is wrong."""
    services = current_services()
    require_same_origin(request.headers, request.host, services.settings.base_url)
    try:
        member = require_member(Permission.UPLOAD)
    except SignInNeeded:
        raise SignInNeeded(upload_lost=True) from None
    try:
        job = _receive(member)
    except UploadRefused as refused:
        return _refused(member, refused.code, HTTPStatus(refused.status))
    except UploadDiskFull:
        return _refused(member, "disk_full", HTTPStatus.INSUFFICIENT_STORAGE)
    except (TooManyUploads, TooManyJobs, UploadUnderWay):
        return _refused(member, "busy", HTTPStatus.TOO_MANY_REQUESTS)
    except KeyConflict:
        return _refused(member, "key_conflict", HTTPStatus.CONFLICT)
    if current_member() is None:
        BulkJobs.of(services).cancel(member.organisation.id, job.id, member.name)
        raise SignInNeeded(upload_lost=True)
    return to_job(job.id)


def _receive(member: SignedInMember) -> JobView:
    """Raise what ``MultipartFile`` and ``BulkJobs.receive`` raise, and FormCodeWrong."""
    services = current_services()
    most = services.settings.bulk_upload_max_mib * MIB + FORM_BYTES
    if (request.content_length or 0) > most:
        raise UploadRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    request.max_content_length = most  # of other views it is small; None would be that again
    file = MultipartFile(request.stream, request.content_type or "")
    require_own_form(file.fields.get("form", ""))
    upload = Upload(
        stream=file,
        media_type=file.media_type,
        idempotency_key=file.fields.get("upload") or None,
        file_name=file.file_name or "",
        start=False,
    )
    return BulkJobs.of(services).receive(Caller(member.organisation.id, member.name), upload)


def _refused(member: SignedInMember, code: str, status: HTTPStatus) -> ResponseReturnValue:
    text = upload_text(code)
    return _form_page(member, {"file": f"{text.words}{sentence_gap()}{text.advice}"}), status


def _form_page(member: SignedInMember, faults: dict[str, str] | None = None) -> str:
    settings = current_services().settings
    return render_template(
        "bulk/upload.html",
        upload_key=secrets.token_urlsafe(KEY_BYTES),
        max_megabytes=settings.bulk_upload_max_mib,
        keep_hours=settings.bulk_results_hours,
        draft_hours=settings.bulk_draft_hours,
        least_people=policy.least_people(member.organisation.policy),
        round_step=policy.ROUNDED_TO,
        faults=faults or {},
    )
