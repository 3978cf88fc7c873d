import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.crypto.keyed_hash import (
    EntryInvalid,
    entry_hmac,
    entry_material,
    key_id,
    locator,
    open_entry,
    plain_build_key,
    seal_entries,
    seal_entry,
)

ROOT, BUILD_ID = bytes(range(64)), bytes(range(16))


def hkdf(salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 for one block, with the standard library alone."""
    extracted = hmac.digest(salt, ROOT, "sha512")
    return hmac.digest(extracted, info + b"\x01", "sha512")[:length]


def material(encoded: bytes, build_id: bytes = BUILD_ID) -> bytes:
    return entry_material(entry_hmac(plain_build_key(ROOT, build_id)), encoded)


def test_the_build_key_is_hkdf_of_root_and_build_id():
    assert hkdf(BUILD_ID, b"gauge/v1/plain", 64) == plain_build_key(ROOT, BUILD_ID)


def test_the_key_id_is_hkdf_without_salt():
    assert hkdf(bytes(64), b"gauge/v1/key-id", 8) == key_id(ROOT)


def test_the_material_is_the_first_60_bytes_of_the_hmac():
    key = plain_build_key(ROOT, BUILD_ID)
    assert hmac.digest(key, b"identity", "sha512")[:60] == material(b"identity")


def test_asking_twice_gives_the_same():
    keyed = entry_hmac(plain_build_key(ROOT, BUILD_ID))
    assert entry_material(keyed, b"a") == entry_material(keyed, b"a")


@given(st.binary(max_size=80), st.binary(min_size=48, max_size=48))
def test_a_sealed_label_opens(encoded, label):
    sealed = seal_entry(material(encoded), label, BUILD_ID)
    assert 80 == len(sealed)
    assert locator(material(encoded)) == sealed[:16]
    assert label == open_entry(material(encoded), sealed, BUILD_ID)


@given(st.integers(16, 79), st.integers(1, 255))
def test_a_changed_entry_does_not_open(at, change):
    sealed = bytearray(seal_entry(material(b"a"), bytes(48), BUILD_ID))
    sealed[at] ^= change
    with pytest.raises(EntryInvalid):
        open_entry(material(b"a"), bytes(sealed), BUILD_ID)


def test_an_entry_of_another_build_or_identity_does_not_open():
    sealed = seal_entry(material(b"a"), bytes(48), BUILD_ID)
    with pytest.raises(EntryInvalid):
        open_entry(material(b"b"), sealed, BUILD_ID)
    with pytest.raises(EntryInvalid):
        open_entry(material(b"a"), sealed, bytes(16))


def test_many_are_sealed_as_one_by_one():
    keyed = entry_hmac(plain_build_key(ROOT, BUILD_ID))
    entries = [(b"", bytes(48)), (b"a", bytes(range(48))), (b"b" * 300, b"\xff" * 48)]
    expected = [seal_entry(material(encoded), label, BUILD_ID) for encoded, label in entries]
    assert expected == seal_entries(keyed, entries, BUILD_ID)
    with pytest.raises(ValueError, match="48 bytes"):
        seal_entries(keyed, [*entries, (b"c", bytes(49))], BUILD_ID)


def test_a_label_of_another_length_is_not_sealed():
    with pytest.raises(ValueError, match="48"):
        seal_entry(material(b"a"), bytes(47), BUILD_ID)
