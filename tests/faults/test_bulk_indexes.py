"""Indexes that end, vanish or are replaced in the middle of a job: one set answers, or none."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.fixtures.bulk_programs import kill_children, many_people
from tests.fixtures.busy_pieces import last_piece_held, others_are_checked, wait_for_others
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

ROWS = 12_000
PEOPLE = many_people(ROWS)
STATES = [(row, "exposed" if row < 5 else "not_found") for row in range(2, ROWS + 6)]
INCOMPLETE = [(row, "exposed" if row < 5 else "incomplete") for row in range(2, ROWS + 6)]
VALID_SECONDS = (20, 50, 110)  # the first that is enough for this machine


def without_build(deployment):
    """Return a deployment that has published nothing for now."""
    (deployment.index / "current").unlink()
    return deployment


@pytest.fixture
def waiting_program(own_deployment, bulk_program_of):
    """A worker without an index, its job, and the deployment that may publish one."""
    program = bulk_program_of(without_build(own_deployment), index_reload_seconds="1")
    worker = program.start_worker()
    return program, worker, program.put(PEOPLE)


def test_a_build_that_expires_in_mid_job_says_not_found_of_nobody(waiting_program, own_deployment):
    program, _, job = waiting_program
    with last_piece_held(program, job):
        assert any(
            is_checked_until_expiry(program, job, own_deployment, seconds)
            for seconds in VALID_SECONDS
        )
    wait_until(lambda: program.jobs.job(1, job.id).waiting == "no_index")
    assert "running" == program.jobs.job(1, job.id).status
    build_id = own_deployment.publish()
    view = program.wait_for_end(job)
    assert ("done", STATES) == (view.status, program.states(job))
    assert [build_id] == list(view.builds)


def is_checked_until_expiry(program, job, deployment, seconds):
    """Publish a build and wait until it has expired; whether all but the last piece is checked."""
    built_at, life = datetime.now(UTC), timedelta(seconds=seconds)
    deployment.publish(built_at=built_at, valid_for=life)
    wait_until(lambda: datetime.now(UTC) > built_at + life)
    return others_are_checked(program, job)


def test_a_new_build_in_mid_job_leaves_one_set_of_answers(waiting_program, own_deployment):
    program, _, job = waiting_program
    with last_piece_held(program, job):
        first = own_deployment.publish()
        wait_for_others(program, job)
        second = own_deployment.publish()
    view = program.wait_for_end(job)
    assert ("done", STATES) == (view.status, program.states(job))
    assert list(view.builds) in ([first], [second])


@pytest.mark.parametrize("are_killed", [False, True])
def test_an_authority_that_vanishes_in_mid_job_leaves_nobody_not_found(
    own_deployment, other_deployment, bulk_program_of, tmp_path, are_killed
):
    several, deployment = tmp_path / "several", own_deployment
    several.mkdir()
    other_deployment.web_keys.rename(deployment.web_keys / "west")
    deployment.index = several
    program = bulk_program_of(deployment, index_reload_seconds="1")
    worker = program.start_worker()
    job = program.put(PEOPLE)
    with last_piece_held(program, job):
        other_deployment.publish(to=several / "west", authority="west")
        deployment.publish(to=several / "east")
        wait_for_others(program, job)
        processes = program.store.settings.bulk_processes
        wait_until(lambda: program.log().count("index_opened") >= 2 * processes)
        logged = program.log().count("authority_missing")
        shutil.rmtree(several / "west")
        if are_killed:
            kill_children(worker.pid)
        else:
            wait_until(lambda: program.log().count("authority_missing") >= logged + processes)
    view = program.wait_for_end(job)
    assert ("done", INCOMPLETE) == (view.status, program.states(job))


def test_a_job_waits_for_the_key_of_the_records(waiting_program, own_deployment):
    program, worker, job = waiting_program
    key, away = own_deployment.web_keys / "records", own_deployment.web_keys / "records.away"
    with last_piece_held(program, job):
        own_deployment.publish()
        wait_for_others(program, job)
        key.rename(away)
        worker.terminate()
        worker.wait(PATIENCE_SECONDS)
    keyless = program.start_worker()
    wait_until(lambda: "records_key_missing" in program.log())
    assert "running" == program.jobs.job(1, job.id).status
    keyless.terminate()
    keyless.wait(PATIENCE_SECONDS)
    away.rename(key)
    program.start_worker()
    view = program.wait_for_end(job)
    assert ("done", STATES) == (view.status, program.states(job))
