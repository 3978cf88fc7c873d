"""Jobs as portal and API use them: received, previewed, chosen for, started, cancelled, read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TypeVar

from app.bulk.intake import Intake
from app.bulk.jobs.auditing import audit_job, entry_of
from app.bulk.jobs.folder import RESULTS, UPLOAD
from app.bulk.jobs.job_rows import (
    change_if,
    change_job,
    end_job,
    job_rows,
    read_anew,
)
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.job_views import job_view
from app.bulk.jobs.piece_files import PieceFiles
from app.bulk.jobs.stages import (
    CANCELLED,
    DONE,
    DRAFT,
    ENDED,
    QUEUED,
    READ_UNCLEAR,
)
from app.bulk.jobs.views import (
    Caller,
    JobView,
    ListPreview,
    NeverDone,
    NotDone,
    ResultsGone,
    ResultsWithheld,
    ResultTable,
    UnreadRows,
)
from app.bulk.previews import list_preview, remarks_of, unread_rows
from app.bulk.turns.open_readings import NOTE, SUMMARY
from app.bulk.uploads.encrypted_files import FileDamaged
from app.bulk.uploads.key_files import KeyGone
from app.bulk.uploads.receiving import Upload
from app.bulk.workers.bell import Bell
from app.organisations.audit import Event
from app.organisations.policy import tells_individuals
from app.services import AppServices
from tables.staff_lists.staff_list import ListChoice

_Part = TypeVar("_Part")


class BulkJobs:
    """The jobs of all organisations; every call is for one of them, and touches no other's.

    All raise RecordsUnavailable; those that name a job raise NoSuchJob, another organisation's too.
    """

    def __init__(self, store: JobStore, bell: Bell) -> None:
        self._store = store
        self._bell = bell
        self._intake = Intake(store)

    @classmethod
    def of(cls, services: AppServices) -> "BulkJobs":
        """Return the jobs of the web process."""
        return cls(JobStore(services.settings, services.records), Bell(services.settings))

    def receive(self, caller: Caller, upload: Upload) -> JobView:
        """Stream an upload into encryption and make its job, or return that of an earlier one.

        The policy of the organisation at its end holds for this job from then on. Raises what
        ``Intake.receive`` raises; nothing is left of the upload then.
        """
        row = self._intake.receive(caller, upload)
        self._bell.ring()
        return job_view(row)

    def job(self, organisation_id: int, job_id: str) -> JobView:
        """Return how a job stands."""
        row = self._store.row(organisation_id, job_id)
        return job_view(row, remarks_of(self._store.folder(job_id)))

    def list(self, organisation_id: int) -> list[JobView]:
        """Return the jobs of an organisation, the newest first, without their remarks."""
        with self._store.records.reading() as connection:
            return [job_view(row) for row in job_rows(connection, organisation_id)]

    def preview(self, organisation_id: int, job_id: str) -> ListPreview:
        """Return a list as it was read, or what must be chosen first. Raises ResultsGone."""
        row = self._store.row(organisation_id, job_id)
        with _or_gone():
            return list_preview(row, self._store.folder(job_id))

    def choose(self, organisation_id: int, job_id: str, choice: ListChoice) -> None:
        """Read the list of a draft, or of a job whose columns are unclear, anew by a choice.

        Raises NotDone where it is checked already, or ResultsGone.
        """
        row = self._store.row(organisation_id, job_id)
        if row.status != DRAFT and row.reading != READ_UNCLEAR:
            raise NotDone
        folder = self._store.folder(job_id)
        with _or_gone():
            note: dict[str, Any] = folder.read_json(UPLOAD, NOTE)
            given = {
                name: value for name, value in asdict(choice).items() if value not in ("", None)
            }
            note["choice"] = {**note["choice"], **given}
            folder.write_json(UPLOAD, NOTE, note)
        with self._store.records.writing() as connection:
            read_anew(connection, job_id)
        self._bell.ring()

    def start(self, organisation_id: int, job_id: str) -> JobView:
        """Let a draft be checked. Raises NotDone where it is no draft, or started already."""
        self._store.row(organisation_id, job_id)
        with self._store.records.writing() as connection:
            if not change_if(connection, job_id, (DRAFT,), status=QUEUED, expires_at=None):
                raise NotDone
        self._bell.ring()
        return self.job(organisation_id, job_id)

    def cancel(self, organisation_id: int, job_id: str, actor: str = "") -> JobView:
        """End a job and destroy what is held of it; of one that ended, its results.

        actor: who does it, for the audit log; "" for who uploaded the list.
        """
        row = self._store.row(organisation_id, job_id)
        with self._store.records.writing() as connection:
            if end_job(connection, job_id, CANCELLED, now_seconds()):
                audit_job(connection, self._store, entry_of(row, Event.CANCELLED, row.rows, actor))
            elif row.held:
                change_job(connection, job_id, expires_at=now_seconds())
                audit_job(connection, self._store, entry_of(row, Event.PURGED, row.rows, actor))
        self._destroy(job_id)
        return self.job(organisation_id, job_id)

    def cancel_all(self, organisation_id: int, actor: str = "") -> int:
        """Cancel every job of an organisation and destroy its results; return how many."""
        views = self.list(organisation_id)
        for view in views:
            self.cancel(organisation_id, view.id, actor)
        return len(views)

    def results(self, organisation_id: int, job_id: str) -> ResultTable:
        """Return the results of a job. Raises NotDone, ResultsWithheld or ResultsGone."""
        row = self._store.row(organisation_id, job_id)
        if row.status != DONE:
            raise NeverDone if row.status in ENDED else NotDone
        if not tells_individuals(row.policy):
            raise ResultsWithheld
        if row.expires_at is not None and row.expires_at <= now_seconds():
            raise ResultsGone
        folder = self._store.folder(job_id)
        with _or_gone():
            headings = tuple(folder.read_json(RESULTS, SUMMARY)["headings"])
        pieces = [PieceFiles(folder, number) for number in range(row.pieces)]
        return ResultTable(
            headings,
            lambda: _of_each(pieces, PieceFiles.result_rows),
            lambda: _of_each(pieces, PieceFiles.last_days),
        )

    def unread_rows(self, organisation_id: int, job_id: str) -> tuple[UnreadRows, ...]:
        """Return which rows of a list were not checked, and why. Raises ResultsGone."""
        row = self._store.row(organisation_id, job_id)
        with _or_gone():
            return unread_rows(row, self._store.folder(job_id))

    def _destroy(self, job: str) -> None:
        self._store.folder(job).destroy()
        with self._store.records.writing() as connection:
            change_if(connection, job, ENDED, held=False)


def _of_each(
    pieces: Sequence[PieceFiles], read: Callable[[PieceFiles], Iterator[_Part]]
) -> Iterator[_Part]:
    for piece in pieces:
        with _or_gone():
            yield from read(piece)


@contextmanager
def _or_gone() -> Iterator[None]:
    """Say ResultsGone where a key or a file is there no more."""
    try:
        yield
    except (KeyGone, FileDamaged, FileNotFoundError):
        raise ResultsGone from None
