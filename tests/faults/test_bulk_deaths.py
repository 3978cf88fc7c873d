"""Whatever dies in the middle of a job, every row is answered once."""

import signal
from pathlib import Path

import pytest

from tests.fixtures.bulk_programs import children_of, kill_children, many_people
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.server_processes import lives

ROWS = 12_000
PEOPLE = many_people(ROWS)
STATES = [(row, "exposed" if row < 5 else "not_found") for row in range(2, ROWS + 6)]


def test_a_killed_worker_process_is_replaced_and_loses_nothing(bulk_program):
    consumer = bulk_program.start_worker()
    job = bulk_program.put(PEOPLE)
    bulk_program.wait_for_progress(job)
    before = set(children_of(consumer.pid))
    kill_children(consumer.pid)
    assert "done" == bulk_program.wait_for_end(job).status
    assert STATES == bulk_program.states(job)
    assert before.isdisjoint(children_of(consumer.pid))


def test_another_program_goes_on_where_a_killed_one_stopped(bulk_program):
    job = bulk_program.put(PEOPLE)
    first = bulk_program.start_worker()
    bulk_program.wait_for_progress(job)
    children = children_of(first.pid)
    first.kill()
    first.wait(PATIENCE_SECONDS)
    wait_until(lambda: not any(map(lives, children)))
    bulk_program.start_worker()
    view = bulk_program.wait_for_end(job)
    assert ("done", ROWS + 4) == (view.status, view.checked)
    assert view.rows == sum(view.counts.values())
    assert STATES == bulk_program.states(job)


def test_a_worker_lets_go_when_it_is_told_to_stop(bulk_program):
    job = bulk_program.put(PEOPLE)
    first = bulk_program.start_worker()
    bulk_program.wait_for_progress(job)
    first.send_signal(signal.SIGTERM)
    assert 0 == first.wait(PATIENCE_SECONDS)
    bulk_program.start_worker()
    assert "done" == bulk_program.wait_for_end(job).status
    assert STATES == bulk_program.states(job)


@pytest.fixture
def redis(start_redis):
    return start_redis()


def test_a_redis_that_dies_holds_up_no_job(bulk_program_of, published, redis):
    program = bulk_program_of(published, redis_url=redis.url)
    program.start_worker()
    job = program.put(PEOPLE)
    program.wait_for_progress(job)
    redis.process.kill()
    redis.process.wait(PATIENCE_SECONDS)
    assert "done" == program.wait_for_end(job).status
    assert STATES == program.states(job)
    unheard = program.put(PEOPLE[:4])
    assert "done" == program.wait_for_end(unheard).status
    redis.start_again()
    assert "done" == program.wait_for_end(program.put(PEOPLE[:4])).status


def test_a_service_that_is_killed_takes_its_worker_along_and_goes_on_again(
    start_service, own_deployment, bulk_program_of
):
    program = bulk_program_of(own_deployment)
    service = start_service(own_deployment, dict(program.environment))
    job = program.put(PEOPLE)
    program.wait_for_progress(job)
    family = children_of(service.process.pid)
    service.process.kill()
    service.process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not any(children_of(each) for each in family))
    again = start_service(own_deployment, dict(program.environment))
    assert "done" == program.wait_for_end(job).status
    assert STATES == program.states(job)
    assert 0 == again.stop()


def test_a_build_that_is_replaced_in_mid_job_mixes_no_answers(own_deployment, bulk_program_of):
    program = bulk_program_of(own_deployment)
    program.start_worker()
    job = program.put(PEOPLE)
    program.wait_for_progress(job)
    own_deployment.publish()
    view = program.wait_for_end(job)
    assert ("done", 1) == (view.status, len(view.builds))
    assert STATES == program.states(job)


def test_a_build_that_is_damaged_in_mid_job_answers_nobody_wrongly(own_deployment, bulk_program_of):
    program = bulk_program_of(own_deployment, index_reload_seconds="1")
    program.start_worker()
    job = program.put(PEOPLE)
    program.wait_for_progress(job)
    file = next(own_deployment.index.glob("current/plain.idx")).resolve()
    file.chmod(0o600)
    content = bytearray(file.read_bytes())
    for at in range(4_106, len(content), 64):
        content[at] ^= 0xFF
    with file.open("r+b") as damaged:
        damaged.write(content)
    own_deployment.publish()
    view = program.wait_for_end(job)
    assert ("done", 1) == (view.status, len(view.builds))
    assert STATES == program.states(job)


def test_an_index_that_goes_in_mid_job_is_waited_for(own_deployment, bulk_program_of):
    program = bulk_program_of(own_deployment)
    consumer = program.start_worker()
    job = program.put(PEOPLE)
    program.wait_for_progress(job)
    (own_deployment.index / "current").unlink()
    kill_children(consumer.pid)  # whoever comes after them has never seen it
    own_deployment.publish()
    assert "done" == program.wait_for_end(job).status
    assert STATES == program.states(job)


def test_a_killed_worker_leaves_no_process_behind(bulk_program_of, published):
    program = bulk_program_of(published)
    worker = program.start_worker()
    job = program.put(PEOPLE[:4])
    program.wait_for_end(job)
    family = children_of(worker.pid)
    worker.kill()
    worker.wait(PATIENCE_SECONDS)
    assert len(family) > 1
    wait_until(lambda: not any(map(_lives, family)))


def _lives(process):
    """Whether a process is there and did not end, though nobody may have taken note of it."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
