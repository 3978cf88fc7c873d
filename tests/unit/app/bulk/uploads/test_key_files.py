"""A key is there until it is destroyed, and nobody reads it without the key `records`."""

import pytest

from app.bulk.uploads.key_files import KeyFiles, KeyGone
from app.records.encrypted_fields import FieldCipher


@pytest.fixture
def keys(tmp_path):
    return KeyFiles(tmp_path / "keys", FieldCipher(bytes(32)))


def test_a_key_comes_back_as_it_was_made(keys):
    assert keys.make("one.upload") == keys.get("one.upload")


def test_two_keys_differ(keys):
    assert keys.make("one.upload") != keys.make("two.upload")


def test_a_key_that_was_destroyed_is_gone(keys):
    keys.make("one.upload")
    keys.destroy("one.upload")
    assert [] == keys.names()
    with pytest.raises(KeyGone):
        keys.get("one.upload")


def test_destroying_what_is_gone_changes_nothing(keys):
    keys.destroy("one.upload")
    assert [] == keys.names()


def test_the_file_holds_no_key_in_clear(keys, tmp_path):
    key = keys.make("one.upload")
    content = (tmp_path / "keys" / "one.upload.key").read_bytes()
    assert key not in content
    assert key.hex().encode() not in content


def test_a_key_opens_under_no_other_name(keys, tmp_path):
    keys.make("one.upload")
    (tmp_path / "keys" / "one.upload.key").rename(tmp_path / "keys" / "two.upload.key")
    with pytest.raises(KeyGone):
        keys.get("two.upload")


def test_another_records_key_opens_nothing(keys, tmp_path):
    keys.make("one.upload")
    with pytest.raises(KeyGone):
        KeyFiles(tmp_path / "keys", FieldCipher(bytes([1] * 32))).get("one.upload")
