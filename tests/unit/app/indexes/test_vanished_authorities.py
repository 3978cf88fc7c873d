"""Whoever was served and is gone is missing from every answer, also after a restart."""

import pytest

from app.indexes.rollback_guard import RollbackGuard
from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids


def test_an_authority_that_vanished_before_a_restart_is_missing(
    store_of, two_authorities, tmp_path
):
    store = store_of(two_authorities)
    assert () == store.snapshot().missing
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    restarted = store_of(two_authorities)
    assert (Missing("乙", "absent"),) == restarted.snapshot().missing
    state = restarted.readiness()
    assert (True, False, ("authority_missing",)) == (state.ready, state.complete, state.reasons)


@pytest.mark.parametrize("name", ["b", "b/current"])
def test_an_authority_that_vanishes_while_running_is_missing_and_still_answered_from(
    store_of, two_authorities, tmp_path, name
):
    store = store_of(two_authorities)
    (two_authorities.index / name).rename(tmp_path / "elsewhere")
    store.reload()
    assert (Missing("乙", "absent"),) == store.snapshot().missing
    assert 2 == len(build_ids(store))
    assert "authority_missing" in store.readiness().reasons
    (tmp_path / "elsewhere").rename(two_authorities.index / name)
    store.reload()
    assert (True, ()) == (store.readiness().complete, store.readiness().reasons)


def test_an_only_index_that_vanishes_while_running_is_missing(store_of, own_deployment, tmp_path):
    store = store_of(own_deployment)
    own_deployment.index.rename(tmp_path / "elsewhere")
    store.reload()
    assert (Missing(own_deployment.authority, "absent"),) == store.snapshot().missing
    assert not store.readiness().complete


def test_one_more_signer_lets_no_vanished_authority_be_forgotten(
    store_of, two_authorities, tmp_path, with_one_more_signer
):
    store_of(two_authorities)
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    with_one_more_signer(two_authorities)
    for _ in range(2):  # at the second start what an earlier release kept has been written anew
        assert (Missing("乙", "absent"),) == store_of(two_authorities).snapshot().missing


def test_an_authority_that_is_forgotten_on_purpose_is_missed_no_more(
    store_of, two_authorities, tmp_path
):
    store_of(two_authorities)
    (two_authorities.index / "b").rename(tmp_path / "elsewhere")
    RollbackGuard(tmp_path / "state").forget("乙")
    assert () == store_of(two_authorities).snapshot().missing
