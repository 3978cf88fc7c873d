import json

import pytest

from app.indexes.rollback_guard import (
    STATE_FILE,
    KeyringId,
    RollbackGuard,
    ServedSeq,
    StateUnusable,
)

OLD_TRUST, NEW_TRUST = "0a" * 32, "0b" * 32
OWN = KeyringId("", NEW_TRUST)
EAST = KeyringId("east", NEW_TRUST)


def test_the_highest_sequence_of_each_authority_outlives_the_process(tmp_path):
    RollbackGuard(tmp_path / "new").remember(OWN, "甲", 7)
    RollbackGuard(tmp_path / "new").remember(OWN, "乙", 2)
    restarted = RollbackGuard(tmp_path / "new")
    assert {"甲", "乙"} == restarted.authorities()
    assert (7, 2, 0) == tuple(restarted.floor(OWN, name) for name in "甲乙丙")


def test_a_lower_sequence_changes_nothing(tmp_path):
    guard = RollbackGuard(tmp_path)
    guard.remember(OWN, "甲", 7)
    guard.remember(OWN, "甲", 6)
    assert 7 == guard.floor(OWN, "甲")


def test_another_trust_of_the_same_keys_forgets_nothing(tmp_path):
    guard = RollbackGuard(tmp_path)
    guard.remember(KeyringId("", OLD_TRUST), "甲", 7)
    assert (7, {"甲"}) == (guard.floor(OWN, "甲"), guard.authorities())


def test_keys_that_move_into_a_directory_of_their_own_take_the_sequence_along(tmp_path):
    guard = RollbackGuard(tmp_path)
    guard.remember(OWN, "甲", 7)
    assert 7 == guard.floor(EAST, "甲")


def test_a_name_that_other_keys_claim_raises_no_sequence_of_those_that_served_it(tmp_path):
    guard = RollbackGuard(tmp_path)
    guard.remember(OWN, "甲", 7)
    guard.remember(EAST, "甲", 1_000_000)
    assert 7 == guard.floor(OWN, "甲")


@pytest.mark.parametrize("trust", [OLD_TRUST, NEW_TRUST])
def test_the_state_of_an_earlier_release_is_read_under_any_trust(tmp_path, trust):
    (tmp_path / STATE_FILE).write_text(json.dumps({trust: {"甲": 7, "乙": 3}}), "utf-8")
    guard = RollbackGuard(tmp_path)
    assert ({"甲", "乙"}, 7) == (guard.authorities(), guard.floor(OWN, "甲"))
    guard.remember(OWN, "甲", 8)
    assert [ServedSeq("乙", None, 3), ServedSeq("甲", "", 8)] == guard.entries()


def test_of_an_earlier_release_what_the_present_trust_served_counts_before_older_trusts(tmp_path):
    state = {OLD_TRUST: {"甲": 70}, NEW_TRUST: {"甲": 7}}
    (tmp_path / STATE_FILE).write_text(json.dumps(state), "utf-8")
    assert 7 == RollbackGuard(tmp_path).floor(OWN, "甲")


def test_what_is_forgotten_on_purpose_begins_anew(tmp_path):
    (tmp_path / STATE_FILE).write_text(json.dumps({OLD_TRUST: {"甲": 70}}), "utf-8")
    guard = RollbackGuard(tmp_path)
    for keyring in (OWN, EAST):
        guard.remember(keyring, "甲", 71)
    guard.remember(OWN, "乙", 2)
    guard.forget("甲")
    assert (0, {"乙"}) == (RollbackGuard(tmp_path).floor(OWN, "甲"), guard.authorities())


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", '{"trust": 5}', '{"trust": {"a": "x"}}', '{"ring:": {"a": 1.5}}'),
        *('{"ring:": {"a": 1e999}}', '{"ring:": {"a": true}}', "[" * 100_000, "\udcff"),
    ],
)
def test_a_damaged_file_is_not_taken_for_an_empty_one(tmp_path, content):
    (tmp_path / STATE_FILE).write_bytes(content.encode(errors="surrogateescape"))
    for use in (
        lambda: RollbackGuard(tmp_path).authorities(),
        lambda: RollbackGuard(tmp_path).floor(OWN, "甲"),
        lambda: RollbackGuard(tmp_path).remember(OWN, "甲", 1),
    ):
        with pytest.raises(StateUnusable):
            use()


def test_a_directory_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StateUnusable):
        RollbackGuard(tmp_path / "file" / "state").remember(OWN, "甲", 1)


def test_a_kill_while_it_is_written_leaves_what_was_there_before(tmp_path, monkeypatch):
    RollbackGuard(tmp_path).remember(OWN, "甲", 7)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("exposure_index.atomic_files.os.fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            RollbackGuard(tmp_path).remember(OWN, "甲", 8)
    assert 7 == RollbackGuard(tmp_path).floor(OWN, "甲")
