"""Intake: one upload becomes a job, under an idempotency key at most once.

An upload holds a row of its own from its first byte; a process that dies in the middle leaves a row
that nobody touches, which ends by itself (``job_rows.STALE_SECONDS``).
"""

import re
from contextlib import suppress

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.bulk.jobs.folder import UPLOAD
from app.bulk.jobs.job_rows import (
    STALE_SECONDS,
    JobRow,
    Reservation,
    change_if,
    change_job,
    delete_job,
    insert_reservation,
    job_by_id,
    job_by_key,
    jobs_under_way,
    uploads_under_way,
)
from app.bulk.jobs.job_store import JobStore, new_job_id, now_seconds
from app.bulk.jobs.stages import DRAFT, QUEUED, RECEIVING
from app.bulk.jobs.views import Caller
from app.bulk.quota_gate import require_quota
from app.bulk.uploads.digesting import digest_body
from app.bulk.uploads.disk_space import is_full, require_space
from app.bulk.uploads.receiving import (
    Received,
    Upload,
    UploadLimits,
    receive_file,
)
from app.bulk.uploads.refusals import (
    KeyConflict,
    TooManyJobs,
    TooManyUploads,
    UploadDiskFull,
    UploadUnderWay,
)
from app.records.database import RecordsUnavailable
from app.records.organisations.organisations import organisation_where, organisations
from app.uploads.media_types import list_kind
from app.uploads.refusals import UploadRefused
from tables.staff_lists.staff_list import ListKind

_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")
MIB = 1 << 20


class Intake:
    """Takes uploads in."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        settings = store.settings
        self._limits = UploadLimits(
            settings.bulk_upload_max_mib * MIB,
            settings.bulk_upload_minutes * 60,
            settings.bulk_upload_bytes_per_second,
        )

    def receive(self, caller: Caller, upload: Upload) -> JobRow:
        """Return the job of an upload, new or of an earlier upload under the same key and body.

        Raises UploadRefused, KeyConflict, UploadUnderWay, TooManyUploads, TooManyJobs,
        QuotaUsedUp, UploadDiskFull or RecordsUnavailable; nothing is left of the upload then.
        """
        kind = list_kind(upload.media_type, upload.file_name)
        key = self._key_digest(caller, upload)
        if upload.length is not None and upload.length > self._limits.bytes_max:
            raise UploadRefused(413, "too_large")
        if upload.length == 0:
            raise UploadRefused(422, "empty")
        directory = self._store.settings.bulk_directory
        try:
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            require_space(directory, upload.length)
        except OSError as error:
            raise _disk_failure(error) from None
        job = new_job_id()
        reservation = Reservation(
            job, caller.organisation_id, caller.actor, kind, key, now_seconds()
        )
        earlier = self._reserve(reservation)
        if earlier is not None:
            return self._same_body(earlier, upload)
        try:
            received = self._write(job, upload, kind)
            if upload.start:  # a draft shows its rows to somebody first
                folder = self._store.folder(job)
                require_quota(self._store, caller.organisation_id, folder, kind)
            return self._begin(caller, job, received, upload)
        except BaseException:
            self._undo(job)
            raise

    def _key_digest(self, caller: Caller, upload: Upload) -> bytes | None:
        key = upload.idempotency_key
        if key is None:
            return None
        if not _KEY.fullmatch(key):
            raise UploadRefused(400, "idempotency_key")
        return self._store.idempotency_digest(caller.organisation_id, key)

    def _reserve(self, one: Reservation) -> JobRow | None:
        """Make the row of the upload; return the job that its key began before, None for a new one.

        Raises UploadUnderWay, TooManyUploads or TooManyJobs.
        """
        stale: list[str] = []
        try:
            with self._store.records.writing() as connection:
                earlier = one.idempotency and job_by_key(
                    connection, one.organisation, one.idempotency
                )
                if earlier and earlier.status != RECEIVING:
                    return earlier
                if earlier and earlier.touched_at > one.now - STALE_SECONDS:
                    raise UploadUnderWay
                if earlier:
                    delete_job(connection, earlier.id)
                    stale.append(earlier.id)
                self._require_room(connection, one)
                insert_reservation(connection, one)
        except IntegrityError:  # another process made it between our look and our insert
            raise UploadUnderWay from None
        for job in stale:
            self._store.folder(job).destroy()
        return None

    def _require_room(self, connection: Connection, one: Reservation) -> None:
        settings = self._store.settings
        own = uploads_under_way(connection, one.now, one.organisation)
        if own >= settings.bulk_organisation_uploads:
            raise TooManyUploads(own=True)
        if uploads_under_way(connection, one.now) >= settings.bulk_uploads:
            raise TooManyUploads(own=False)
        if jobs_under_way(connection, one.organisation) >= settings.bulk_organisation_jobs:
            raise TooManyJobs

    def _same_body(self, earlier: JobRow, upload: Upload) -> JobRow:
        """Read the body through; return the earlier job if it is the same. Raises KeyConflict."""
        received = digest_body(upload, self._limits)
        if self._body_digest(received, upload) != earlier.body:
            raise KeyConflict
        return earlier

    def _body_digest(self, received: Received, upload: Upload) -> bytes:
        """Return what a body is kept as, and what it was said to be: that is read otherwise."""
        media_type = upload.media_type.partition(";")[0].strip().lower()
        read_as = f"{media_type}\x00{upload.encoding}".encode()
        return self._store.body_digest(received.digest + read_as)

    def _write(self, job: str, upload: Upload, kind: ListKind) -> Received:
        """Write the body into the folder of the job. Raises UploadRefused or UploadDiskFull."""
        folder = self._store.folder(job)

        def touch() -> None:
            with suppress(RecordsUnavailable), self._store.records.writing() as connection:
                change_job(connection, job, touched_at=now_seconds())

        try:
            folder.make()
            writer = folder.list_writer()
        except OSError as error:
            raise _disk_failure(error) from None
        try:
            received = receive_file(upload, kind, writer, self._limits, touch)
            choice = {"encoding": upload.encoding} if upload.encoding else {}
            note = {"file_name": upload.file_name[:255], "choice": choice}
            folder.write_json(UPLOAD, "note", note)
        except OSError as error:
            raise _disk_failure(error) from None
        finally:
            writer.discard()
        return received

    def _begin(self, caller: Caller, job: str, received: Received, upload: Upload) -> JobRow:
        now, settings = now_seconds(), self._store.settings
        with self._store.records.writing() as connection:
            policy = _policy(connection, caller)
            begun = change_if(
                connection,
                job,
                (RECEIVING,),
                status=QUEUED if upload.start else DRAFT,
                bytes=received.length,
                body=self._body_digest(received, upload),
                policy=policy,
                touched_at=now,
                expires_at=None if upload.start else now + settings.bulk_draft_hours * 3_600,
            )
            row = job_by_id(connection, job)
        if not begun or row is None:  # so slow that somebody swept it away
            raise UploadRefused(400, "too_slow")
        return row

    def _undo(self, job: str) -> None:
        """Leave nothing of an upload: its keys and files go first, then its row."""
        with suppress(OSError, RecordsUnavailable):
            self._store.folder(job).destroy()
        with suppress(RecordsUnavailable), self._store.records.writing() as connection:
            delete_job(connection, job)


def _policy(connection: Connection, caller: Caller) -> str:
    """Return the policy of the caller's organisation. Raises UploadRefused (403) without one."""
    found = organisation_where(connection, organisations.c.id == caller.organisation_id)
    if found is None or found.disabled:  # meanwhile: it was there when the upload began
        raise UploadRefused(403, "organisation_disabled")
    return found.policy


def _disk_failure(error: OSError) -> Exception:
    return UploadDiskFull() if is_full(error) else error
