"""Whose indexes must be there: by setting, by keys, by what was served; none is forgotten."""

import io
import shutil

import pytest

from app.indexes.expected_authorities import idle_keyrings
from app.indexes.rollback_guard import ServedSeq
from app.logs import configure_logs
from exposure_index.lookup.result import Missing
from tests.unit.app.indexes.conftest import build_ids

UNKNOWN = (Missing("", "absent"),)


def take_away(deployment, name, tmp_path):
    (deployment.index / name).rename(tmp_path / "elsewhere")


def test_with_a_fresh_state_a_named_authority_without_an_index_is_missing(
    store_of, two_authorities, tmp_path
):
    take_away(two_authorities, "b", tmp_path)
    store = store_of(two_authorities, "甲", "乙")
    assert (Missing("乙", "absent"),) == store.snapshot().missing == store.readiness().missing
    assert ("authority_missing",) == store.readiness().reasons


def test_where_all_who_are_named_are_there_nothing_is_missing(store_of, two_authorities):
    state = store_of(two_authorities, "甲", "乙").readiness()
    assert (True, ()) == (state.complete, state.reasons)


@pytest.mark.parametrize(
    ("gone", "keys"),
    [("a", "GAUGE_KEYS_DIR/"), ("b", "GAUGE_KEYS_DIR/b")],
    ids=["of the service's keys", "of keys of its own"],
)
def test_with_a_fresh_state_keys_that_open_no_index_tell_that_somebody_is_missing(
    store_of, own_keys, tmp_path, gone, keys
):
    take_away(own_keys[0], gone, tmp_path)
    store = store_of(own_keys[0])
    assert store.snapshot().missing == UNKNOWN
    assert {"authority_missing", "keyring_without_index"} == set(store.readiness().reasons)
    (missing,) = store.readiness().missing
    assert missing.authority.endswith(keys)


def test_an_authority_that_vanished_with_a_known_name_is_missing_once(store_of, own_keys, tmp_path):
    store_of(own_keys[0])
    take_away(own_keys[0], "b", tmp_path)
    restarted = store_of(own_keys[0])
    assert (Missing(own_keys[1].authority, "absent"),) == restarted.snapshot().missing


def test_keys_without_an_index_are_missed_though_the_setting_does_not_name_whose_they_are(
    store_of, own_keys, tmp_path
):
    take_away(own_keys[0], "b", tmp_path)
    store = store_of(own_keys[0], "甲")
    assert store.snapshot().missing == UNKNOWN
    assert "keyring_without_index" in store.readiness().reasons


def test_keys_without_an_index_of_somebody_who_is_missed_by_name_are_missed_once(
    store_of, own_keys, tmp_path
):
    take_away(own_keys[0], "b", tmp_path)
    store = store_of(own_keys[0], "甲", own_keys[1].authority)
    assert (Missing(own_keys[1].authority, "absent"),) == store.snapshot().missing
    assert "keyring_without_index" in store.readiness().reasons


def test_where_more_keyrings_are_idle_than_names_are_missed_all_of_them_are_told(
    store_of, own_keys, tmp_path
):
    deployment, other = own_keys
    take_away(deployment, "b", tmp_path)
    shutil.copytree(deployment.web_keys / "b", deployment.web_keys / "c")
    store = store_of(deployment, "甲", other.authority)
    assert 3 == len(store.snapshot().missing)


def test_whoever_was_served_is_missed_though_the_setting_does_not_name_them(
    store_of, two_authorities, tmp_path
):
    store_of(two_authorities)
    take_away(two_authorities, "b", tmp_path)
    assert (Missing("乙", "absent"),) == store_of(two_authorities, "甲").snapshot().missing


def test_an_index_of_somebody_who_is_not_named_is_served_and_told_of(store_of, two_authorities):
    store = store_of(two_authorities, "甲")
    assert 2 == len(build_ids(store))
    state = store.readiness()
    assert (True, ("authority_unnamed",)) == (state.complete, state.reasons)


def test_a_name_that_no_manifest_spells_is_missing(store_of, own_deployment):
    store = store_of(own_deployment, own_deployment.authority, "甲 ")
    assert (Missing("甲 ", "absent"),) == store.snapshot().missing


def test_keys_of_the_service_that_are_a_copy_of_others_expect_nobody(store_of, own_keys, tmp_path):
    deployment, _ = own_keys
    shutil.copytree(deployment.web_keys, tmp_path / "copy", ignore=shutil.ignore_patterns("b"))
    (tmp_path / "copy").rename(deployment.web_keys / "a")
    assert () == store_of(deployment).snapshot().missing


@pytest.mark.parametrize("name", ["..2020_02_05", "lost+found"])
def test_a_directory_that_is_of_no_authority_expects_nobody(store_of, own_deployment, name):
    (own_deployment.web_keys / name).mkdir()
    assert () == store_of(own_deployment).snapshot().missing


def test_keys_that_cannot_be_read_whole_expect_somebody(store_of, own_deployment):
    (own_deployment.web_keys / "west").mkdir()
    assert UNKNOWN == store_of(own_deployment).snapshot().missing


@pytest.mark.parametrize(("authorities", "number"), [((), 1), (("甲", "乙"), 0)])
def test_several_indexes_of_one_keyring_are_told_of_once_while_nobody_is_named(
    store_of, two_authorities, authorities, number
):
    configure_logs("info", lines := io.StringIO())
    store_of(two_authorities, *authorities).reload()
    assert number == lines.getvalue().count("authorities_not_named")


def test_while_it_runs_nobody_is_forgotten_with_the_state_directory(
    store_of, two_authorities, tmp_path
):
    store_of(two_authorities)
    take_away(two_authorities, "b", tmp_path)
    store = store_of(two_authorities)
    (tmp_path / "state" / "highest-seq.json").unlink()
    store.reload()
    assert (Missing("乙", "absent"),) == store.snapshot().missing


def test_keyrings_are_idle_where_nothing_is_opened_and_nobody_known():
    served = [ServedSeq("甲", "east", 1)]
    assert ("", "west") == idle_keyrings(["", "east", "north", "west"], ["north"], served)
