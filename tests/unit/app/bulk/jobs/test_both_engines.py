"""A whole job on each engine, by two workers that take turns."""

from threading import Barrier, Thread

import pytest

from app.bulk.jobs.job_rows import job_rows
from app.bulk.turns.scheduler import Turn, Work
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


def test_a_job_that_is_cancelled_under_way_uses_its_builds_up(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    people = many_people(70)
    job = office.jobs.receive(CALLER, upload_of(staff_csv(*people, *[people[-1]] * 5_000)))
    office.worker().work(lambda: office.jobs.job(1, job.id).checked > 0)
    office.jobs.cancel(1, job.id)
    second = office.check(staff_csv(*many_people(60)))
    assert ("failed", "one_job_a_build") == (second.status, second.failure)


def test_of_two_jobs_that_begin_at_once_one_is_answered(office):
    OrganisationDirectory(office.store.records).set_policy(1, Policy.COUNTS)
    for _ in range(2):
        office.jobs.receive(CALLER, upload_of(staff_csv(*many_people(60))))
    with office.store.records.reading() as connection:
        turns = [Turn(Work.CHECK, row, "", 0) for row in job_rows(connection, 1)]
    checkers, both_ready = [office.checker() for _ in turns], Barrier(len(turns))

    def begin(checker, turn):
        both_ready.wait()
        pinned = checker.pin(turn)
        if callable(pinned):
            with office.store.records.writing() as connection:
                pinned(connection)

    threads = [Thread(target=begin, args=pair) for pair in zip(checkers, turns, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["failed", "running"] == sorted(job.status for job in office.jobs.list(1))
