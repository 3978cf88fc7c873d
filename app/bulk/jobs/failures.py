"""Failures of a job that no reader of tables names: a code, and the end of the job."""

from sqlalchemy import Connection

from app.bulk.jobs.job_rows import end_job
from app.bulk.jobs.job_store import now_seconds
from app.bulk.jobs.scheduler import Turn
from app.bulk.jobs.stages import FAILED

LIST_LOST = "list_lost"  # its key or a file of it is gone, or damaged
INTERNAL = "internal"  # a bug
TOO_FEW_PEOPLE = "too_few_people"  # counts are told of many people only
ONE_JOB_A_BUILD = "one_job_a_build"  # two lists of one build would tell the difference
FAILURES: tuple[str, ...] = (LIST_LOST, INTERNAL, TOO_FEW_PEOPLE, ONE_JOB_A_BUILD)
"""Every code beside REFUSALS of ``tables.staff_list``."""


def fail_job(turn: Turn, failure: str, connection: Connection) -> None:
    """End a job for a reason."""
    end_job(connection, turn.job.id, FAILED, now_seconds(), failure=failure)
