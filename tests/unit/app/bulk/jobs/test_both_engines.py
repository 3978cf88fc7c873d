"""A whole job on each engine, by two workers that take turns."""

import pytest

from app.organisations.directory import OrganisationDirectory
from app.organisations.policy import Policy
from tests.fixtures.bulk import CALLER, FOUR, STATES_OF_FOUR, staff_csv, upload_of
from tests.fixtures.bulk_programs import many_people


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def test_a_list_goes_in_and_its_answers_come_out(office):
    job = office.check(staff_csv(*FOUR, FOUR[0]))
    assert [*STATES_OF_FOUR, "duplicate"] == [row.status for row in office.rows(job)]


def test_one_key_is_one_job(office):
    jobs = [office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR), key="k")) for _ in range(2)]
    assert jobs[0].id == jobs[1].id


def test_a_job_that_is_cancelled_is_gone(office):
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*FOUR)))
    assert "cancelled" == office.jobs.cancel(1, job.id).status
    assert 0 == office.worker().work()
    assert [] == list(office.store.settings.bulk_directory.iterdir())


def test_counts_alone_are_told_of_no_job_before_its_end(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    people = many_people(70)
    rows = staff_csv(*people, *[people[-1]] * 5_000)  # more than a piece; repeats cost nothing
    job = office.jobs.receive(CALLER, upload_of(rows))
    office.worker().work(lambda: office.jobs.job(1, job.id).checked > 0)
    running = office.jobs.job(1, job.id)
    cancelled = office.jobs.cancel(1, job.id)
    (listed,) = office.jobs.list(1)
    assert ("running", 5_000) == (running.status, running.checked)
    assert [{0}] * 3 == [set(each.counts.values()) for each in (running, cancelled, listed)]
