import hashlib

import pytest

from app.organisations.identity_filter import IdentityFilter, keyed_hashes

KEY = b"k" * 32


def digests(first, last):
    return [hashlib.sha256(b"%d" % number).digest() for number in range(first, last)]


def hashes(first, last, key=KEY):
    return keyed_hashes(key, digests(first, last))


@pytest.fixture(scope="module")
def full():
    return IdentityFilter(20_000).with_hashes(hashes(0, 20_000))


def test_whoever_is_in_a_filter_is_found(full):
    assert full.contains(hashes(0, 20_000)).all()
    assert IdentityFilter.from_bytes(full.to_bytes()).contains(hashes(0, 20_000)).all()


def test_of_strangers_a_full_filter_takes_hardly_any_for_its_own(full):
    assert full.contains(hashes(20_000, 320_000)).sum() <= 2  # 0.06 are expected


def test_without_the_key_nobody_is_found(full):
    assert not full.contains(hashes(0, 1_000, key=b"l" * 32)).any()


def test_what_is_put_in_leaves_the_filter_before_as_it_was():
    empty = IdentityFilter(100)
    assert empty.with_hashes(hashes(0, 5)).contains(hashes(0, 5)).all()
    assert not empty.contains(hashes(0, 5)).any()


def test_four_bytes_are_kept_of_each_identity():
    assert 400 == len(IdentityFilter(100).to_bytes())


def test_a_small_filter_takes_no_more_strangers_for_its_own_than_a_large_one():
    small = IdentityFilter(256).with_hashes(hashes(0, 256))
    assert small.contains(hashes(20_000, 320_000)).sum() <= 2  # of places in equal steps: 12
