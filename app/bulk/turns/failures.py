"""Failures of a job that no reader of tables names: a code, and the end of the job."""

from sqlalchemy import Connection

from app.bulk.jobs.job_rows import NO_PIN, change_job, end_job, read_anew
from app.bulk.jobs.job_store import now_seconds
from app.bulk.jobs.stages import FAILED, INTERNAL
from app.bulk.jobs.views import ROW_STATES
from app.bulk.turns.scheduler import Turn, Work

COLUMNS_UNCLEAR = "columns_unclear"  # and nobody is there to say what they are
LIST_LOST = "list_lost"  # its key or a file of it is gone, or damaged
TOO_FEW_PEOPLE = "too_few_people"  # counts are told of many people only
ONE_JOB_A_BUILD = "one_job_a_build"  # two lists of one build would tell the difference
FAILURES: tuple[str, ...] = (
    COLUMNS_UNCLEAR,
    LIST_LOST,
    INTERNAL,
    TOO_FEW_PEOPLE,
    ONE_JOB_A_BUILD,
)
"""Every code beside REFUSALS of ``tables.staff_lists.staff_list``."""


READINGS_MAX = 3


def read_or_fail(turn: Turn, connection: Connection) -> None:
    """Read the list again where a piece of it is lost, as after a power cut; else end the job."""
    if turn.job.generation >= READINGS_MAX or turn.work is Work.READ:
        fail_job(turn, LIST_LOST, connection)
        return
    read_anew(connection, turn.job.id)
    counts = dict.fromkeys(("checked", *ROW_STATES), 0)
    generation = turn.job.generation + 1
    change_job(connection, turn.job.id, generation=generation, builds=NO_PIN, **counts)


def fail_job(turn: Turn, failure: str, connection: Connection) -> None:
    """End a job for a reason."""
    end_job(connection, turn.job.id, FAILED, now_seconds(), failure=failure)
