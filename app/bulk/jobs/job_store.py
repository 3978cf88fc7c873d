"""Where jobs are kept: records, folders and keys, as every process that touches jobs opens them."""

import secrets
import time
from dataclasses import dataclass

from app.bulk.jobs.folder import JobFolder
from app.bulk.jobs.job_rows import JobRow, job_row
from app.bulk.jobs.views import NoSuchJob
from app.bulk.uploads.key_files import KeyFiles
from app.organisations.people_digests import people_key
from app.records.database import Records
from app.settings import Settings

JOB_ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class JobStore:
    """Records, folders and keys of jobs."""

    settings: Settings
    records: Records

    @property
    def keys(self) -> KeyFiles:
        """The keys of jobs. Raises RecordsUnavailable where the key ``records`` is missing."""
        return KeyFiles(self.settings.bulk_keys_directory, self.records.cipher)

    def folder(self, job: str) -> JobFolder:
        """Return the folder of a job, made or not. Raises RecordsUnavailable."""
        return JobFolder(self.settings.bulk_directory, self.keys, job)

    def row(self, organisation: int, job: str) -> JobRow:
        """Return a job of an organisation. Raises NoSuchJob or RecordsUnavailable."""
        with self.records.reading() as connection:
            row = job_row(connection, organisation, job)
        if row is None:
            raise NoSuchJob
        return row

    def idempotency_digest(self, organisation: int, key: str) -> bytes:
        """Return what an idempotency key is kept as. Raises RecordsUnavailable."""
        return self.records.cipher.digest("bulk idempotency", f"{organisation}\x00{key}".encode())

    def body_digest(self, sha256: bytes) -> bytes:
        """Return what the SHA-256 of a body is kept as. Raises RecordsUnavailable."""
        return self.records.cipher.digest("bulk body", sha256)

    def people_key(self, organisation: int) -> bytes:
        """Return the key of digests of people of one organisation. Raises RecordsUnavailable."""
        return people_key(self.records.cipher, organisation)


def new_job_id() -> str:
    """Return a fresh id, which nobody guesses: letters, digits, - and _."""
    return secrets.token_urlsafe(JOB_ID_BYTES)


def now_seconds() -> int:
    """Return the time, seconds since 1970."""
    return int(time.time())
