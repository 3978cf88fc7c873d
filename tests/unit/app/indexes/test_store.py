"""Which builds are served, and when another one takes their place."""

import gc
import weakref
from datetime import timedelta

import pytest

from app.indexes.store import CannotAnswer
from exposure_index.identity.parsing import parse_identity
from tests.unit.app.indexes.conftest import build_ids


def test_a_published_index_is_served(store_of, own_deployment):
    store = store_of(own_deployment)
    assert 1 == len(build_ids(store))
    state = store.readiness()
    assert (True, True, ()) == (state.ready, state.complete, state.reasons)


def test_a_newer_build_takes_its_place(store_of, own_deployment, clock):
    store = store_of(own_deployment)
    newer = own_deployment.publish(built_at=clock.now + timedelta(seconds=1))
    store.reload()
    assert [newer] == build_ids(store)


def test_a_request_keeps_the_index_it_began_with_and_then_it_is_let_go(
    store_of, own_deployment, people
):
    store = store_of(own_deployment)
    snapshot = store.snapshot()
    old = weakref.ref(snapshot.indexes[0])
    own_deployment.publish()
    store.reload()
    identity = parse_identity(*people.close.as_form().values())
    assert snapshot.indexes[0].labels(identity)
    del snapshot
    gc.collect()
    assert old() is None


def test_without_an_index_there_is_no_answer(store_of, own_deployment, tmp_path):
    own_deployment.index = tmp_path / "nothing"
    with pytest.raises(CannotAnswer) as raised:
        store_of(own_deployment).snapshot()
    assert ("missing",) == raised.value.reasons


def test_the_last_good_build_stays_while_the_newer_one_is_refused(store_of, own_deployment):
    store = store_of(own_deployment)
    before = build_ids(store)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    *_, last = whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([last ^ 1]))
    store.reload()
    assert before == build_ids(store)
    assert (True, ("checksum",)) == (store.readiness().ready, store.readiness().reasons)


def test_a_refused_build_that_is_mended_is_served(store_of, own_deployment):
    store = store_of(own_deployment)
    build_id = own_deployment.publish()
    file = own_deployment.index / build_id / "plain.idx"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    store.reload()
    file.write_bytes(whole)
    store.reload()
    assert [build_id] == build_ids(store)


def test_a_damaged_index_is_quarantined_and_verified_again(store_of, own_deployment):
    store = store_of(own_deployment)
    store.quarantine(build_ids(store))
    with pytest.raises(CannotAnswer) as raised:
        store.snapshot()
    assert ("damaged",) == raised.value.reasons
    store.reload()
    assert store.readiness().ready
