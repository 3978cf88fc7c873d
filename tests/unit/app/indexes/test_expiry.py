"""Until when an index is answered from, by which clock, and from when on it is stale."""

import time
from datetime import timedelta

import pytest

from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.rollback_guard import RollbackGuard
from app.indexes.store import CannotAnswer, IndexStore, ServingPolicy
from exposure_index.crypto.keys import KeyRing
from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids


def test_an_index_is_served_until_it_expires_and_not_a_second_longer(
    store_of, own_deployment, clock
):
    store = store_of(own_deployment)
    end = store.snapshot().manifests[0].valid_until
    clock.now = end - timedelta(seconds=1)
    assert 1 == len(build_ids(store))
    clock.now = end
    with pytest.raises(CannotAnswer) as raised:
        store.snapshot()
    assert ("expired",) == raised.value.reasons
    assert not store.readiness().ready


def test_an_authority_that_expires_makes_the_answer_incomplete(store_of, two_authorities, clock):
    store = store_of(two_authorities)
    clock.now += timedelta(hours=2)
    assert (1, (Missing("乙", "expired"),)) == (len(build_ids(store)), store.snapshot().missing)
    assert (False, ("expired",)) == (store.readiness().complete, store.readiness().reasons)


@pytest.mark.parametrize("reloaded", [False, True])
def test_an_index_with_an_old_source_is_stale_from_the_hour_on(
    tmp_path, own_deployment, clock, reloaded
):
    store = IndexStore(
        own_deployment.index,
        KeyRing.from_directory(own_deployment.web_keys, {}),
        RollbackGuard(tmp_path / "state"),
        clock,
        ServingPolicy(stale_after=timedelta(hours=10)),
    )
    store.reload()
    end = store.snapshot().manifests[0].oldest_source + timedelta(hours=10)
    clock.now = end - timedelta(seconds=1)
    assert () == store.snapshot().missing
    clock.now = end
    if reloaded:
        store.reload()
    assert (Missing(own_deployment.authority, "stale"),) == store.snapshot().missing
    assert (True, ("stale",)) == (store.readiness().ready, store.readiness().reasons)


def test_a_clock_set_back_prolongs_no_index(store_of, own_deployment):
    store = store_of(own_deployment)
    [manifest] = store.snapshot().manifests
    wall, ticks = [manifest.built_at.timestamp()], [100.0]
    store._clock = MonotonicClock(lambda: wall[0], lambda: ticks[0])
    wall[0] -= 30 * 86_400
    ticks[0] += 48 * 3600 - 60
    assert 1 == len(build_ids(store))
    ticks[0] += 120
    with pytest.raises(CannotAnswer):
        store.snapshot()


def test_a_clock_set_forward_ends_the_answers_until_it_is_right_again(store_of, own_deployment):
    wall, ticks = [time.time()], [100.0]
    store = store_of(own_deployment)
    store._clock = MonotonicClock(lambda: wall[0], lambda: ticks[0])
    wall[0] += 365 * 86_400
    with pytest.raises(CannotAnswer):
        store.snapshot()
    wall[0] -= 365 * 86_400
    assert 1 == len(build_ids(store))


def test_an_index_built_after_now_is_refused_since_its_age_is_not_known(
    store_of, own_deployment, clock
):
    clock.now -= timedelta(hours=3)
    store = store_of(own_deployment)
    with pytest.raises(CannotAnswer) as raised:
        store.snapshot()
    assert ("clock",) == raised.value.reasons
    clock.now += timedelta(hours=3)  # set right, and no file has changed
    store.reload()
    assert 1 == len(build_ids(store))
