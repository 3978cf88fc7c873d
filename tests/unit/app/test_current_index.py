import gc
import weakref
from datetime import UTC, datetime, timedelta

import pytest

from app.current_index import CannotAnswer, CurrentIndex
from app.highest_seq import STATE_FILE, HighestSeq
from exposure_index.identity import identity_typed
from exposure_index.keys import KeyRing


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime.now(UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def current_of(tmp_path, clock):
    def make(deployment):
        current = CurrentIndex(
            deployment.index,
            KeyRing.from_directory(deployment.web_keys, {}),
            HighestSeq(tmp_path / "state"),
            clock,
        )
        current.look_for_change()
        return current

    return make


def build_ids(current):
    return [manifest.build_id for manifest in current.serving().manifests]


def test_a_published_index_is_served(current_of, own_deployment):
    current = current_of(own_deployment)
    assert 1 == len(build_ids(current))
    state = current.readiness()
    assert (True, True, ()) == (state.ready, state.complete, state.reasons)


def test_a_newer_build_takes_its_place(current_of, own_deployment, clock):
    current = current_of(own_deployment)
    newer = own_deployment.publish(built_at=clock.now + timedelta(seconds=1))
    current.look_for_change()
    assert [newer] == build_ids(current)


def test_a_request_keeps_the_index_it_began_with_and_then_it_is_let_go(
    current_of, own_deployment, people
):
    current = current_of(own_deployment)
    serving = current.serving()
    old = weakref.ref(serving.indexes[0])
    own_deployment.publish()
    current.look_for_change()
    identity = identity_typed(*people.close.as_form().values())
    assert serving.indexes[0].labels(identity)
    del serving
    gc.collect()
    assert old() is None


def test_without_an_index_there_is_no_answer(current_of, own_deployment, tmp_path):
    own_deployment.index = tmp_path / "nothing"
    with pytest.raises(CannotAnswer) as raised:
        current_of(own_deployment).serving()
    assert ("missing",) == raised.value.reasons


def test_an_index_is_served_until_it_expires_and_not_a_second_longer(
    current_of, own_deployment, clock
):
    current = current_of(own_deployment)
    end = current.serving().manifests[0].valid_until
    clock.now = end - timedelta(seconds=1)
    assert 1 == len(build_ids(current))
    clock.now = end
    with pytest.raises(CannotAnswer) as raised:
        current.serving()
    assert ("expired",) == raised.value.reasons
    assert not current.readiness().ready


def test_the_last_good_build_stays_while_the_newer_one_is_refused(current_of, own_deployment):
    current = current_of(own_deployment)
    before = build_ids(current)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    current.look_for_change()
    assert before == build_ids(current)
    assert (True, ("checksum",)) == (current.readiness().ready, current.readiness().reasons)


def test_a_refused_build_that_is_mended_is_served(current_of, own_deployment):
    current = current_of(own_deployment)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    current.look_for_change()
    file.write_bytes(whole)
    current.look_for_change()
    assert [build_id] == build_ids(current)


def test_a_lower_sequence_is_refused_after_a_restart(current_of, own_deployment):
    older = own_deployment.index.resolve() / "current"
    first = older.resolve()
    own_deployment.publish()
    current_of(own_deployment)
    link = own_deployment.index / "current"
    link.unlink()
    link.symlink_to(first.name)
    with pytest.raises(CannotAnswer) as raised:
        current_of(own_deployment).serving()
    assert ("rollback",) == raised.value.reasons


def test_an_authority_that_vanishes_makes_the_answer_incomplete(
    current_of, own_deployment, tmp_path
):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    own_deployment.publish(to=several / "b", authority="乙")
    own_deployment.index = several
    current = current_of(own_deployment)
    assert 0 == current.serving().missing
    (several / "b").rename(tmp_path / "elsewhere")
    restarted = current_of(own_deployment)
    assert 1 == restarted.serving().missing
    state = restarted.readiness()
    assert (True, False, ("authority_missing",)) == (state.ready, state.complete, state.reasons)


def test_an_authority_that_expires_makes_the_answer_incomplete(
    current_of, own_deployment, tmp_path, clock
):
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    own_deployment.publish(to=several / "b", authority="乙", valid_for=timedelta(hours=1))
    own_deployment.index = several
    current = current_of(own_deployment)
    clock.now += timedelta(hours=2)
    assert (1, 1) == (len(build_ids(current)), current.serving().missing)


def test_a_damaged_index_is_put_aside_and_verified_again(current_of, own_deployment):
    current = current_of(own_deployment)
    current.put_aside(build_ids(current))
    with pytest.raises(CannotAnswer) as raised:
        current.serving()
    assert ("damaged",) == raised.value.reasons
    current.look_for_change()
    assert current.readiness().ready


def test_a_state_that_cannot_be_kept_is_told_and_tried_again(current_of, own_deployment, tmp_path):
    (tmp_path / "state").write_text("in the way")
    current = current_of(own_deployment)
    with pytest.raises(CannotAnswer) as raised:
        current.serving()
    assert ("state",) == raised.value.reasons
    (tmp_path / "state").unlink()
    current.look_for_change()
    assert current.readiness().ready


def test_a_damaged_state_file_does_not_open_the_door_to_rollback(
    current_of, own_deployment, tmp_path
):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / STATE_FILE).write_text("{")
    with pytest.raises(CannotAnswer):
        current_of(own_deployment).serving()


def test_reloading_runs_until_it_is_stopped(current_of, own_deployment):
    current = current_of(own_deployment)
    newer = own_deployment.publish()
    current.start_reloading(0.01)
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while build_ids(current) != [newer] and datetime.now(UTC) < deadline:
        pass
    current.stop_reloading()
    assert [newer] == build_ids(current)
