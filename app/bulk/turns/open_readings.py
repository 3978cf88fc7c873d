"""Lists that this process reads now: block by block, others' turns in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from app.bulk.jobs.auditing import audit_job, entry_of
from app.bulk.jobs.folder import RESULTS, UPLOAD, JobFolder
from app.bulk.jobs.job_rows import change_job, end_job, read_anew
from app.bulk.jobs.job_store import JobStore, now_seconds
from app.bulk.jobs.piece_files import PieceFiles
from app.bulk.jobs.stages import (
    ALIVE,
    DRAFT,
    FAILED,
    PIECE_ROWS,
    READ_ROWS,
    READ_UNCLEAR,
    READ_WAITING,
)
from app.bulk.turns.failures import COLUMNS_UNCLEAR
from app.bulk.turns.leases import READING_SECONDS
from app.bulk.turns.scheduler import Turn
from app.bulk.turns.settling import Settle
from app.organisations.audit import Event
from app.records.organisations.bulk_jobs import bulk_jobs, bulk_pieces
from tables.staff_lists.staff_list import (
    ColumnsUnclear,
    ListChoice,
    ListRefused,
    ListSource,
    ReadBlock,
    open_staff_list,
)

SUMMARY, QUESTION, NOTE = "summary", "question", "note"
LONG_ROWS, BLOCKS_OF_LONG = 50_000, 4
"""Pieces of a long list are larger, so that less is written of each."""


@dataclass
class _Reading:
    """One list as far as it is read."""

    blocks: Iterator[ReadBlock]
    blocks_a_piece: int
    pieces: int = 0
    rows: int = 0

    def next_blocks(self) -> list[ReadBlock]:
        """Return the blocks of the next piece, none at the end. Raises ListRefused."""
        return list(islice(self.blocks, self.blocks_a_piece))


class OpenReadings:
    """The lists that this process has begun to read, by job."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._readings: dict[str, _Reading] = {}

    def read_block(self, turn: Turn) -> Settle:
        """Read the next block of a list; return what must be written of it.

        Raises KeyGone, FileDamaged or another OSError.
        """
        job = turn.job
        folder = self._store.folder(job.id)
        try:
            reading = self._readings.get(job.id)
            if reading is None:
                return self._begin(turn, folder)
            blocks = reading.next_blocks()
        except (ListRefused, ColumnsUnclear) as error:
            self.forget(job.id)
            return self._refuse(turn, folder, error)
        except BaseException:
            self.forget(job.id)
            raise
        if not blocks:
            return self._end(turn, reading)
        PieceFiles(folder, reading.pieces).write_rows(blocks)
        rows = sum(len(block.rows) for block in blocks)
        reading.pieces += 1
        reading.rows += rows
        return partial(_keep_piece, turn, reading.pieces - 1, rows)

    def _refuse(self, turn: Turn, folder: JobFolder, error: ListRefused | ColumnsUnclear) -> Settle:
        """Ask whoever looks at a draft, where there is anything to choose; else end the job."""
        is_draft = turn.job.status == DRAFT  # of any other job nobody is there to choose
        if isinstance(error, ColumnsUnclear):
            if is_draft:
                return _ask_about(turn, folder, _question_of(error))
            error = ListRefused(COLUMNS_UNCLEAR, error.header_row or None)
        if is_draft and error.choices:
            question: dict[str, object] = {"code": error.code, "choices": list(error.choices)}
            return _ask_about(turn, folder, question)
        return partial(_fail, self._store, turn, error)

    def forget(self, job: str) -> None:
        """Let a list go."""
        reading = self._readings.pop(job, None)
        close = getattr(reading and reading.blocks, "close", None)
        if close is not None:
            close()

    def forget_others(self, jobs: set[str]) -> None:
        """Let every list go whose job is not among those."""
        for job in set(self._readings) - jobs:
            self.forget(job)

    def _begin(self, turn: Turn, folder: JobFolder) -> Settle:
        note: dict[str, Any] = folder.read_json(UPLOAD, NOTE)
        source = ListSource(note["file_name"] or "list", turn.job.kind, folder.list_opener())
        staff_list = open_staff_list(source, choice_of(note["choice"]))
        summary = {
            "headings": list(staff_list.headings),
            "columns": dict(staff_list.columns),
            "remarks": [[each.code, each.places, each.count] for each in staff_list.remarks],
        }
        folder.write_json(RESULTS, SUMMARY, summary)
        self._readings[turn.job.id] = _Reading(
            staff_list.read_blocks(), BLOCKS_OF_LONG if staff_list.rows > LONG_ROWS else 1
        )
        return partial(_begin_anew, turn)

    def _end(self, turn: Turn, reading: _Reading) -> Settle:
        self.forget(turn.job.id)
        if not reading.rows:
            return partial(_fail, self._store, turn, ListRefused("no_people"))
        return partial(_end, self._store, turn, reading.pieces, reading.rows)


def _question_of(error: ColumnsUnclear) -> dict[str, object]:
    return {
        "code": COLUMNS_UNCLEAR,
        "header_row": error.header_row,
        "headings": list(error.headings),
        "samples": [list(each) for each in error.samples],
        "suggestion": dict(error.suggestion),
    }


def _ask_about(turn: Turn, folder: JobFolder, question: dict[str, object]) -> Settle:
    folder.write_json(UPLOAD, QUESTION, question)
    return partial(_ask, turn)


def choice_of(value: dict[str, Any]) -> ListChoice:
    """Return the choice that a note holds."""
    return ListChoice(
        value.get("encoding", ""),
        value.get("sheet"),
        value.get("header_row"),
        value.get("columns"),
    )


def _begin_anew(turn: Turn, connection: Connection) -> None:
    if _change(turn, connection, rows=0, pieces=0):
        connection.execute(delete(bulk_pieces).where(bulk_pieces.c.job == turn.job.id))


def _keep_piece(turn: Turn, number: int, rows: int, connection: Connection) -> None:
    if _change(turn, connection, pieces=number + 1, rows=bulk_jobs.c.rows + rows):
        connection.execute(
            insert(bulk_pieces).values(
                job=turn.job.id,
                number=number,
                rows=rows,
                state=PIECE_ROWS,
                lease="",
                lease_until=0,
            )
        )


def _ask(turn: Turn, connection: Connection) -> None:
    if _change(turn, connection):
        read_anew(connection, turn.job.id)
        change_job(connection, turn.job.id, reading=READ_UNCLEAR)


def _end(store: JobStore, turn: Turn, pieces: int, rows: int, connection: Connection) -> None:
    values = {"pieces": pieces, "rows": rows, "lease": "", "lease_until": 0}
    if _change(turn, connection, reading=READ_ROWS, **values):
        audit_job(connection, store, entry_of(turn.job, Event.UPLOAD, rows))


def _fail(store: JobStore, turn: Turn, error: ListRefused, connection: Connection) -> None:
    if _change(turn, connection):
        end_job(
            connection,
            turn.job.id,
            FAILED,
            now_seconds(),
            failure=error.code,
            failure_row=error.row,
            failure_column=error.column,
        )
        audit_job(connection, store, entry_of(turn.job, Event.LIST_REFUSED, 0))


def _change(turn: Turn, connection: Connection, **values: object) -> bool:
    """Change a job that this process reads still; return whether it does."""
    jobs = bulk_jobs.c
    values.setdefault("lease_until", now_seconds() + READING_SECONDS)
    owned = (
        update(bulk_jobs)
        .where(jobs.id == turn.job.id)
        .where(jobs.lease == turn.owner)
        .where(jobs.status.in_(ALIVE))
        .where(jobs.reading == READ_WAITING)
        .values(**values)
    )
    return connection.execute(owned).rowcount == 1
