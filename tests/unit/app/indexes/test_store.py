import gc
import json
import shutil
import time
import weakref
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.rollback_guard import STATE_FILE, RollbackGuard
from app.indexes.store import CannotAnswer, IndexStore
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Signer, Trust
from exposure_index.identity.parsing import parse_identity
from exposure_index.lookup.result import Missing


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
        current = IndexStore(
            deployment.index,
            KeyRing.from_directory(deployment.web_keys, {}),
            RollbackGuard(tmp_path / "state"),
            clock,
        )
        current.reload()
        return current

    return make


def build_ids(current):
    return [manifest.build_id for manifest in current.snapshot().manifests]


def test_a_published_index_is_served(current_of, own_deployment):
    current = current_of(own_deployment)
    assert 1 == len(build_ids(current))
    state = current.readiness()
    assert (True, True, ()) == (state.ready, state.complete, state.reasons)


def test_a_newer_build_takes_its_place(current_of, own_deployment, clock):
    current = current_of(own_deployment)
    newer = own_deployment.publish(built_at=clock.now + timedelta(seconds=1))
    current.reload()
    assert [newer] == build_ids(current)


def test_a_request_keeps_the_index_it_began_with_and_then_it_is_let_go(
    current_of, own_deployment, people
):
    current = current_of(own_deployment)
    snapshot = current.snapshot()
    old = weakref.ref(snapshot.indexes[0])
    own_deployment.publish()
    current.reload()
    identity = parse_identity(*people.close.as_form().values())
    assert snapshot.indexes[0].labels(identity)
    del snapshot
    gc.collect()
    assert old() is None


def test_without_an_index_there_is_no_answer(current_of, own_deployment, tmp_path):
    own_deployment.index = tmp_path / "nothing"
    with pytest.raises(CannotAnswer) as raised:
        current_of(own_deployment).snapshot()
    assert ("missing",) == raised.value.reasons


def test_an_index_is_served_until_it_expires_and_not_a_second_longer(
    current_of, own_deployment, clock
):
    current = current_of(own_deployment)
    end = current.snapshot().manifests[0].valid_until
    clock.now = end - timedelta(seconds=1)
    assert 1 == len(build_ids(current))
    clock.now = end
    with pytest.raises(CannotAnswer) as raised:
        current.snapshot()
    assert ("expired",) == raised.value.reasons
    assert not current.readiness().ready


def test_a_clock_set_back_prolongs_no_index(current_of, own_deployment):
    current = current_of(own_deployment)
    [manifest] = current.snapshot().manifests
    wall, ticks = [manifest.built_at.timestamp()], [100.0]
    current._clock = MonotonicClock(lambda: wall[0], lambda: ticks[0])
    wall[0] -= 30 * 86_400
    ticks[0] += 48 * 3600 - 60
    assert 1 == len(build_ids(current))
    ticks[0] += 120
    with pytest.raises(CannotAnswer):
        current.snapshot()


def test_a_clock_set_forward_ends_the_answers_until_it_is_right_again(current_of, own_deployment):
    wall, ticks = [time.time()], [100.0]
    current = current_of(own_deployment)
    current._clock = MonotonicClock(lambda: wall[0], lambda: ticks[0])
    wall[0] += 365 * 86_400
    with pytest.raises(CannotAnswer):
        current.snapshot()
    wall[0] -= 365 * 86_400
    assert 1 == len(build_ids(current))


def test_an_index_built_after_now_is_refused_since_its_age_is_not_known(
    current_of, own_deployment, clock
):
    clock.now -= timedelta(hours=3)
    current = current_of(own_deployment)
    with pytest.raises(CannotAnswer) as raised:
        current.snapshot()
    assert ("clock",) == raised.value.reasons
    clock.now += timedelta(hours=3)  # set right, and no file has changed
    current.reload()
    assert 1 == len(build_ids(current))


def test_while_it_runs_a_lower_sequence_changes_nothing(current_of, own_deployment):
    link = own_deployment.index / "current"
    older = link.resolve().name
    newer = own_deployment.publish()
    current = current_of(own_deployment)
    link.unlink()
    link.symlink_to(older)
    current.reload()
    assert [newer] == build_ids(current)
    assert "rollback" in current.readiness().reasons


def test_while_it_runs_another_key_changes_nothing(current_of, own_deployment):
    current = current_of(own_deployment)
    before = build_ids(current)
    key = own_deployment.web_keys / "root_plain"
    key.unlink()
    key.write_text("ab" * 64 + "\n")
    current.reload()
    assert before == build_ids(current)
    assert "key" in current.readiness().reasons


def test_the_last_good_build_stays_while_the_newer_one_is_refused(current_of, own_deployment):
    current = current_of(own_deployment)
    before = build_ids(current)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    current.reload()
    assert before == build_ids(current)
    assert (True, ("checksum",)) == (current.readiness().ready, current.readiness().reasons)


def test_a_refused_build_that_is_mended_is_served(current_of, own_deployment):
    current = current_of(own_deployment)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    current.reload()
    file.write_bytes(whole)
    current.reload()
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
        current_of(own_deployment).snapshot()
    assert ("rollback",) == raised.value.reasons


@pytest.fixture
def two_authorities(own_deployment, tmp_path):
    own_deployment.index = tmp_path / "several"
    own_deployment.publish(to=own_deployment.index / "a", authority="甲")
    own_deployment.publish(
        to=own_deployment.index / "b", authority="乙", valid_for=timedelta(hours=1)
    )
    return own_deployment


def test_an_authority_that_vanished_before_a_restart_is_missing(
    current_of, two_authorities, tmp_path
):
    current = current_of(two_authorities)
    assert () == current.snapshot().missing
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    restarted = current_of(two_authorities)
    assert (Missing("乙", "absent"),) == restarted.snapshot().missing
    state = restarted.readiness()
    assert (True, False, ("authority_missing",)) == (state.ready, state.complete, state.reasons)


def add_signer(deployment):
    """Let one more person sign, as trust.json says it."""
    file = deployment.web_keys / "trust.json"
    trust = json.loads(file.read_bytes())
    other = Signer(b"\1" * 32)
    trust["keys"][other.id] = other.public_key.hex()
    file.chmod(0o600)
    file.write_text(json.dumps(trust))


def as_an_earlier_release_kept_it(deployment, state):
    """Name what was served by the SHA-256 of the present trust.json."""
    trust = Trust.load(deployment.web_keys).as_document()
    (known,) = json.loads((state / STATE_FILE).read_bytes()).values()
    kept = {sha256(canonical_bytes(trust)).hexdigest(): known}
    (state / STATE_FILE).write_text(json.dumps(kept), "utf-8")


@pytest.fixture(params=["kept by this release", "kept by an earlier one"])
def with_one_more_signer(request, tmp_path):
    def change(deployment):
        if request.param == "kept by an earlier one":
            as_an_earlier_release_kept_it(deployment, tmp_path / "state")
        add_signer(deployment)

    return change


def test_one_more_signer_opens_no_door_to_rollback(
    current_of, own_deployment, with_one_more_signer
):
    link = own_deployment.index / "current"
    first = link.resolve()
    own_deployment.publish()
    current_of(own_deployment)
    with_one_more_signer(own_deployment)
    assert 1 == len(build_ids(current_of(own_deployment)))
    link.unlink()
    link.symlink_to(first.name)
    with pytest.raises(CannotAnswer) as raised:
        current_of(own_deployment).snapshot()
    assert ("rollback",) == raised.value.reasons


def test_one_more_signer_lets_no_vanished_authority_be_forgotten(
    current_of, two_authorities, tmp_path, with_one_more_signer
):
    current_of(two_authorities)
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    with_one_more_signer(two_authorities)
    for _ in range(2):  # at the second start what an earlier release kept has been written anew
        assert (Missing("乙", "absent"),) == current_of(two_authorities).snapshot().missing


def test_an_authority_that_is_forgotten_on_purpose_is_missed_no_more(
    current_of, two_authorities, tmp_path
):
    current_of(two_authorities)
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    RollbackGuard(tmp_path / "state").forget("乙")
    assert () == current_of(two_authorities).snapshot().missing


@pytest.mark.parametrize("gone", ["b", "b/current"])
def test_an_authority_that_vanishes_while_running_is_missing_and_still_answered_from(
    current_of, two_authorities, tmp_path, gone
):
    current = current_of(two_authorities)
    (two_authorities.index / gone).rename(tmp_path / "elsewhere")
    current.reload()
    assert (Missing("乙", "absent"),) == current.snapshot().missing
    assert 2 == len(build_ids(current))
    assert "authority_missing" in current.readiness().reasons
    (tmp_path / "elsewhere").rename(two_authorities.index / gone)
    current.reload()
    assert (True, ()) == (current.readiness().complete, current.readiness().reasons)


def test_an_only_index_that_vanishes_while_running_is_missing(current_of, own_deployment, tmp_path):
    current = current_of(own_deployment)
    own_deployment.index.rename(tmp_path / "elsewhere")
    current.reload()
    assert (Missing(own_deployment.authority, "absent"),) == current.snapshot().missing
    assert not current.readiness().complete


def test_an_authority_that_expires_makes_the_answer_incomplete(current_of, two_authorities, clock):
    current = current_of(two_authorities)
    clock.now += timedelta(hours=2)
    assert (1, (Missing("乙", "expired"),)) == (len(build_ids(current)), current.snapshot().missing)
    assert (False, ("expired",)) == (current.readiness().complete, current.readiness().reasons)


@pytest.mark.parametrize("looks", [False, True])
def test_an_index_with_an_old_source_is_stale_from_the_hour_on(
    tmp_path, own_deployment, clock, looks
):
    current = IndexStore(
        own_deployment.index,
        KeyRing.from_directory(own_deployment.web_keys, {}),
        RollbackGuard(tmp_path / "state"),
        clock,
        stale_after=timedelta(hours=10),
    )
    current.reload()
    end = current.snapshot().manifests[0].oldest_source + timedelta(hours=10)
    clock.now = end - timedelta(seconds=1)
    assert () == current.snapshot().missing
    clock.now = end
    if looks:
        current.reload()
    assert (Missing(own_deployment.authority, "stale"),) == current.snapshot().missing
    assert (True, ("stale",)) == (current.readiness().ready, current.readiness().reasons)


@pytest.fixture
def own_keys(own_deployment, other_deployment, tmp_path):
    """Two authorities, the second one with keys of its own."""
    other = other_deployment
    several = tmp_path / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    other.publish(to=several / "b")
    other.web_keys.rename(own_deployment.web_keys / "b")
    own_deployment.index = several
    return own_deployment, other


def test_an_authority_may_have_keys_of_its_own(current_of, own_keys):
    current = current_of(own_keys[0])
    assert 2 == len(build_ids(current))
    assert (True, ()) == (current.readiness().complete, current.readiness().reasons)


def test_an_authority_with_own_keys_that_vanishes_is_missing_after_a_restart(
    current_of, own_keys, tmp_path
):
    current_of(own_keys[0])
    (own_keys[0].index / "b").rename(tmp_path / "elsewhere")
    assert (Missing(own_keys[1].authority, "absent"),) == current_of(own_keys[0]).snapshot().missing


def test_an_authority_that_vanishes_with_its_own_keys_is_missing_after_a_restart(
    current_of, own_keys, tmp_path
):
    current_of(own_keys[0])
    (own_keys[0].index / "b").rename(tmp_path / "elsewhere")
    (own_keys[0].web_keys / "b").rename(tmp_path / "keys-elsewhere")
    assert (Missing(own_keys[1].authority, "absent"),) == current_of(own_keys[0]).snapshot().missing


def test_an_authority_whose_keys_get_a_directory_of_their_own_keeps_its_sequence(
    current_of, two_authorities
):
    link = two_authorities.index / "b" / "current"
    first = link.resolve()
    two_authorities.publish(to=two_authorities.index / "b", authority="乙")
    current_of(two_authorities)
    shutil.copytree(two_authorities.web_keys, two_authorities.root / "copy")
    (two_authorities.root / "copy").rename(two_authorities.web_keys / "b")
    link.unlink()
    link.symlink_to(first.name)
    restarted = current_of(two_authorities)
    assert (Missing("乙", "absent"),) == restarted.snapshot().missing
    assert "rollback" in restarted.readiness().reasons


def test_nobody_publishes_in_the_name_of_another_authority(current_of, own_keys):
    current = current_of(own_keys[0])
    before = {m.authority: m.build_id for m in current.snapshot().manifests}
    own_keys[1].publish(to=own_keys[0].index / "b", authority="甲")
    current.reload()
    assert before == {m.authority: m.build_id for m in current.snapshot().manifests}
    assert "authority_twice" in current.readiness().reasons
    assert (Missing(own_keys[1].authority, "absent"),) == current.snapshot().missing


def test_a_damaged_index_is_quarantined_and_verified_again(current_of, own_deployment):
    current = current_of(own_deployment)
    current.quarantine(build_ids(current))
    with pytest.raises(CannotAnswer) as raised:
        current.snapshot()
    assert ("damaged",) == raised.value.reasons
    current.reload()
    assert current.readiness().ready


def test_a_state_that_cannot_be_kept_is_told_and_tried_again(current_of, own_deployment, tmp_path):
    (tmp_path / "state").write_text("in the way")
    current = current_of(own_deployment)
    with pytest.raises(CannotAnswer) as raised:
        current.snapshot()
    assert ("state",) == raised.value.reasons
    (tmp_path / "state").unlink()
    current.reload()
    assert current.readiness().ready


def test_a_damaged_state_file_does_not_open_the_door_to_rollback(
    current_of, own_deployment, tmp_path
):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / STATE_FILE).write_text("{")
    with pytest.raises(CannotAnswer):
        current_of(own_deployment).snapshot()
