import pytest

from app.bulk.jobs.views import JobView
from app.bulk.portal.job_words import NOTHING_KEPT, failure_title, kept_until, status_words

NOW = 1_600_000_000


def job(status, failure="", expires_at=None):
    return JobView(
        id="0a",
        organisation_id=1,
        status=status,
        reading="read",
        rows=1,
        checked=0,
        counts={},
        builds=(),
        created_at=NOW - 60,
        started_at=None,
        finished_at=None,
        expires_at=expires_at,
        failure=failure,
        failure_row=None,
        failure_column=None,
        waiting="",
        remarks=(),
        rows_per_second=None,
        seconds_left=None,
        policy="individuals",
        actor="hr-1",
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (job("done", expires_at=NOW + 1), "Done"),
        (job("done", expires_at=NOW), "Done; the results are destroyed"),
        (job("cancelled"), "Stopped and destroyed"),
        (job("cancelled", "draft_expired"), "Not started in time, destroyed"),
        (job("failed", "locked"), "Could not be read"),
        (job("failed", "too_few_people"), "Not allowed for your organisation"),
        (job("failed", "one_job_a_build"), "Not allowed for your organisation"),
        (job("failed", "internal"), "Stopped by a fault on our side"),
    ],
)
def test_a_list_says_how_it_stands(one, words):
    assert words == str(status_words(one, NOW))


@pytest.mark.parametrize("status", ["draft", "queued", "running", "done"])
def test_what_is_held_is_kept_until_its_time(status):
    assert NOW + 5 == kept_until(job(status, expires_at=NOW + 5), NOW)
    assert kept_until(job(status), NOW) is None


@pytest.mark.parametrize("status", ["cancelled", "failed"])
def test_nothing_is_kept_of_a_list_that_ended_without_results(status):
    assert NOTHING_KEPT == kept_until(job(status, "locked", NOW + 5), NOW)


def test_a_list_that_was_refused_by_the_policy_is_not_called_unreadable():
    titles = [str(failure_title(job("failed", code))) for code in ("too_few_people", "internal")]
    assert ["This list may not be checked", "The check could not be completed"] == titles
    assert "This list cannot be used" == str(failure_title(job("failed", "locked")))
