"""Views of a job, made of its row and of what its folder holds."""

import json
import time
from collections.abc import Sequence
from typing import cast

from app.bulk.jobs.job_rows import JobRow
from app.bulk.jobs.stages import DONE, RUNNING
from app.bulk.jobs.views import ROW_STATES, JobStatus, JobView
from app.organisations.policy import told_counts
from tables.staff_lists.staff_list import Remark


def job_view(row: JobRow, remarks: Sequence[Remark] = ()) -> JobView:
    """Return how a job stands, with counts as its policy lets them be told."""
    exact: dict[str, int] = {state: getattr(row, state) for state in ROW_STATES}
    rate, left = _pace(row)
    return JobView(
        id=row.id,
        organisation_id=row.organisation,
        status=cast("JobStatus", row.status),
        reading=row.reading,
        rows=row.rows,
        checked=row.checked,
        counts=told_counts(row.policy, exact, done=row.status == DONE),
        builds=tuple(build for build, _ in json.loads(row.builds).get("indexes", ())),
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        failure=row.failure,
        failure_row=row.failure_row,
        failure_column=row.failure_column,
        waiting=row.waiting,
        remarks=tuple(remarks),
        rows_per_second=rate,
        seconds_left=left,
        policy=row.policy,
        actor=row.actor,
    )


def _pace(row: JobRow) -> tuple[int | None, int | None]:
    """Return rows a second and seconds left; None while nothing can be said."""
    if row.status != RUNNING or not row.checked or row.started_at is None:
        return None, None
    rate = max(1, row.checked // max(1, int(time.time()) - row.started_at))
    return rate, -(-(row.rows - row.checked) // rate)
