"""Which keys open which index: those of the service, or an authority's own."""

import shutil

from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids


def test_while_it_runs_another_key_changes_nothing(store_of, own_deployment):
    store = store_of(own_deployment)
    before = build_ids(store)
    key = own_deployment.web_keys / "root_plain"
    key.unlink()
    key.write_text("ab" * 64 + "\n")
    store.reload()
    assert before == build_ids(store)
    assert "key" in store.readiness().reasons


def test_an_authority_may_have_keys_of_its_own(store_of, own_keys):
    store = store_of(own_keys[0])
    assert 2 == len(build_ids(store))
    assert (True, ()) == (store.readiness().complete, store.readiness().reasons)


def test_an_authority_with_own_keys_that_vanishes_is_missing_after_a_restart(
    store_of, own_keys, tmp_path
):
    store_of(own_keys[0])
    (own_keys[0].index / "b").rename(tmp_path / "elsewhere")
    assert (Missing(own_keys[1].authority, "absent"),) == store_of(own_keys[0]).snapshot().missing


def test_an_authority_that_vanishes_with_its_own_keys_is_missing_after_a_restart(
    store_of, own_keys, tmp_path
):
    store_of(own_keys[0])
    (own_keys[0].index / "b").rename(tmp_path / "elsewhere")
    (own_keys[0].web_keys / "b").rename(tmp_path / "keys-elsewhere")
    assert (Missing(own_keys[1].authority, "absent"),) == store_of(own_keys[0]).snapshot().missing


def test_an_authority_whose_keys_get_a_directory_of_their_own_keeps_its_sequence(
    store_of, two_authorities
):
    link = two_authorities.index / "b" / "current"
    first = link.resolve()
    two_authorities.publish(to=two_authorities.index / "b", authority="乙")
    store_of(two_authorities)
    shutil.copytree(two_authorities.web_keys, two_authorities.root / "copy")
    (two_authorities.root / "copy").rename(two_authorities.web_keys / "b")
    link.unlink()
    link.symlink_to(first.name)
    restarted = store_of(two_authorities)
    assert (Missing("乙", "absent"),) == restarted.snapshot().missing
    assert "rollback" in restarted.readiness().reasons


def test_nobody_publishes_in_the_name_of_another_authority(store_of, own_keys):
    store = store_of(own_keys[0])
    before = {m.authority: m.build_id for m in store.snapshot().manifests}
    own_keys[1].publish(to=own_keys[0].index / "b", authority="甲")
    store.reload()
    assert before == {m.authority: m.build_id for m in store.snapshot().manifests}
    assert "authority_twice" in store.readiness().reasons
    assert (Missing(own_keys[1].authority, "absent"),) == store.snapshot().missing
