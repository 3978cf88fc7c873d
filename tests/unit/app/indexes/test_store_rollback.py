"""No index goes back to an earlier sequence, while the service runs or after a restart."""

import pytest

from app.indexes.rollback_guard import STATE_FILE
from app.indexes.store import CannotAnswer
from tests.unit.app.indexes.conftest import build_ids


def test_while_it_runs_a_lower_sequence_changes_nothing(store_of, own_deployment):
    link = own_deployment.index / "current"
    older = link.resolve().name
    newer = own_deployment.publish()
    store = store_of(own_deployment)
    link.unlink()
    link.symlink_to(older)
    store.reload()
    assert [newer] == build_ids(store)
    assert "rollback" in store.readiness().reasons


def test_a_lower_sequence_is_refused_after_a_restart(store_of, own_deployment):
    older = own_deployment.index.resolve() / "current"
    first = older.resolve()
    own_deployment.publish()
    store_of(own_deployment)
    link = own_deployment.index / "current"
    link.unlink()
    link.symlink_to(first.name)
    with pytest.raises(CannotAnswer) as raised:
        store_of(own_deployment).snapshot()
    assert ("rollback",) == raised.value.reasons


def test_one_more_signer_opens_no_door_to_rollback(store_of, own_deployment, with_one_more_signer):
    link = own_deployment.index / "current"
    first = link.resolve()
    own_deployment.publish()
    store_of(own_deployment)
    with_one_more_signer(own_deployment)
    assert 1 == len(build_ids(store_of(own_deployment)))
    link.unlink()
    link.symlink_to(first.name)
    with pytest.raises(CannotAnswer) as raised:
        store_of(own_deployment).snapshot()
    assert ("rollback",) == raised.value.reasons


def test_a_state_that_cannot_be_kept_is_told_and_tried_again(store_of, own_deployment, tmp_path):
    (tmp_path / "state").write_text("in the way")
    store = store_of(own_deployment)
    with pytest.raises(CannotAnswer) as raised:
        store.snapshot()
    assert ("state",) == raised.value.reasons
    (tmp_path / "state").unlink()
    store.reload()
    assert store.readiness().ready


def test_a_damaged_state_file_does_not_open_the_door_to_rollback(
    store_of, own_deployment, tmp_path
):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / STATE_FILE).write_text("{")
    with pytest.raises(CannotAnswer):
        store_of(own_deployment).snapshot()
