"""Documents of the API: a job as a program reads it."""

from app.bulk.api.schema import JobCounts, JobCreated, JobDocument, JobFailure, JobLinks, Status
from app.bulk.api.texts import refusal_text
from app.bulk.jobs.views import JobView
from app.bulk.results.receipts import moment_text
from app.organisations.policy import ROUNDED_TO, round_count, tells_individuals

PATH = "/api/v1/bulk/jobs"
DRAFT = "draft"  # of the portal: it waits until somebody there starts it
STATUSES: dict[str, Status] = {
    DRAFT: "queued",
    "queued": "queued",
    "running": "running",
    "done": "done",
    "cancelled": "cancelled",
    "failed": "failed",
}


def job_created(job: JobView) -> JobCreated:
    """Return what an upload is answered with."""
    return JobCreated(id=job.id, status=STATUSES[job.status], links=job_links(job.id))


def job_document(job: JobView) -> JobDocument:
    """Return how a job stands, rounded where its policy says so."""
    exact = tells_individuals(job.policy)
    return JobDocument(
        id=job.id,
        status=STATUSES[job.status],
        rows=job.rows if exact else round_count(job.rows),
        checked=job.checked if exact else round_count(job.checked),
        counts=JobCounts(**job.counts),
        rounded_to=1 if exact else ROUNDED_TO,
        builds=list(job.builds),
        created_at=moment_text(job.created_at),
        started_at=moment_text(job.started_at) or None,
        finished_at=moment_text(job.finished_at) or None,
        expires_at=moment_text(job.expires_at) or None,
        waiting=DRAFT if job.status == DRAFT else job.waiting or None,
        seconds_left=job.seconds_left,
        remarks=sorted({remark.code for remark in job.remarks}),
        failure=_failure(job),
        policy="individuals" if exact else "counts",
        links=job_links(job.id),
    )


def job_links(job_id: str) -> JobLinks:
    """Return the addresses of a job."""
    here = f"{PATH}/{job_id}"
    return JobLinks(self=here, results=f"{here}/results", receipt=f"{here}/receipt")


def _failure(job: JobView) -> JobFailure | None:
    if not job.failure:
        return None
    column = None if job.failure_column is None else job.failure_column + 1
    return JobFailure(
        code=job.failure, detail=refusal_text(job.failure), row=job.failure_row, column=column
    )
