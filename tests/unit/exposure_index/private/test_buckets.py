"""Buckets: parameters, Merkle paths, files, and every way in which one may have been changed."""

import math
from hashlib import sha256, shake_256

import pytest

from exposure_index.private.bucket import (
    BucketRefused,
    PrivateIndex,
    bucket_content,
    label_in,
    verify_bucket,
)
from exposure_index.private.bucket_files import bucket_path, write_buckets
from exposure_index.private.merkle import Tree, leaf_hash, root_over
from exposure_index.private.parameters import (
    BucketParameters,
    least_capacity,
    log2_buckets,
    parameters_for,
)

BUILD_ID = bytes(range(16))


@pytest.mark.parametrize(
    ("log2", "size_class"), [(9, 150_000), (12, 1_500_000), (14, 15_000_000), (17, 150_000_000)]
)
def test_the_number_of_buckets_goes_by_size(log2, size_class):
    assert log2 == log2_buckets(size_class)


def test_capacity_is_the_same_for_every_number_of_entries_in_a_size_class():
    assert parameters_for(150_000, 2.0, 5) == parameters_for(150_000, 2.0, 300)


def chance_above(most: int, mean: float) -> float:
    return sum(
        math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(most + 1, 2_000)
    )


@pytest.mark.parametrize("clump", [1.0, 2.0, 3.7, 8.0])
def test_capacity_is_a_multiple_of_16_and_overflows_in_less_than_one_build_of_a_million(clump):
    parameters = parameters_for(150_000, clump, 0)
    assert 0 == parameters.bucket_entries % 16
    most = math.floor(parameters.bucket_entries / clump)
    assert 512 * chance_above(most, 150_000 / 512 / clump) < 1e-6


def test_one_entry_less_would_overflow_more_often():
    chance = 1e-6 / 512
    capacity = least_capacity(293.0, 1.0, chance)
    assert chance_above(capacity, 293.0) < chance <= chance_above(capacity - 1, 293.0)


def test_a_bucket_fuller_than_expected_enlarges_all():
    assert 1008 == parameters_for(150_000, 2.0, 1_000).bucket_entries


@pytest.mark.parametrize("leaves", [2, 4, 16, 512])
def test_every_leaf_leads_to_the_root(leaves):
    hashes = [sha256(bytes([n % 256, n // 256])).digest() for n in range(leaves)]
    tree = Tree(hashes)
    for number, leaf in enumerate(hashes):
        assert tree.root == root_over(leaf, number, tree.path(number))
    assert tree.root != root_over(hashes[1], 0, tree.path(0))


def test_four_leaves_by_hand():
    a, b, c, d = (leaf_hash(bytes([n])) for n in range(4))
    left, right = sha256(b"\x01" + a + b).digest(), sha256(b"\x01" + c + d).digest()
    tree = Tree([a, b, c, d])
    assert sha256(b"\x01" + left + right).digest() == tree.root
    assert d + left == tree.path(2)


@pytest.mark.parametrize("leaves", [0, 1, 3, 6])
def test_another_number_of_leaves_is_refused(leaves):
    with pytest.raises(ValueError, match="power of two"):
        Tree([bytes(32)] * leaves)


def placed_entries(count: int) -> list[bytes]:
    return sorted(shake_256(number.to_bytes(4, "big")).digest(84) for number in range(count))


@pytest.fixture(scope="module")
def bucket_build(tmp_path_factory):
    build = tmp_path_factory.mktemp("build")
    placed = placed_entries(3_000)
    return write_buckets(build, BUILD_ID, 150_000, lambda: placed), build, placed


def test_every_entry_lies_in_its_bucket_and_every_bucket_is_proven(bucket_build):
    index, build, placed = bucket_build
    expected: dict[int, set[bytes]] = {}
    for each in placed:
        expected.setdefault(int.from_bytes(each[:4], "big") >> 23, set()).add(each[4:])
    for number in range(512):
        entries = verify_bucket(index, number, bucket_path(build, number).read_bytes())
        entries_in = [entries[at : at + 80] for at in range(0, len(entries), 80)]
        assert expected.get(number, set()) <= set(entries_in)
        assert sorted(entries_in) == entries_in
        assert index.parameters.bucket_entries == len(entries_in) == len(set(entries_in))


def test_all_buckets_have_one_length_and_mode(bucket_build):
    index, build, _ = bucket_build
    status = [path.stat() for path in (build / "b").iterdir()]
    assert {(index.file_bytes, 0o444)} == {(s.st_size, s.st_mode & 0o777) for s in status}
    assert 32 + 80 * index.parameters.bucket_entries + 9 * 32 == index.file_bytes


def test_the_header_is_as_the_format_says(bucket_build):
    index, build, _ = bucket_build
    data = bucket_path(build, 0x1AB).read_bytes()
    m = index.parameters.bucket_entries
    assert b"GAUGEB01" + BUILD_ID + bytes.fromhex("000001ab") + m.to_bytes(4, "big") == data[:32]


@pytest.mark.parametrize("place", [0, 8, 24, 28, 32, 5_000, -1, -32, -288, -289])
def test_a_bit_changed_anywhere_is_refused(bucket_build, place):
    index, build, _ = bucket_build
    data = bytearray(bucket_path(build, 7).read_bytes())
    data[place] ^= 0x10
    with pytest.raises(BucketRefused):
        verify_bucket(index, 7, bytes(data))


def test_another_bucket_build_or_length_is_refused(bucket_build):
    index, build, _ = bucket_build
    data = bucket_path(build, 7).read_bytes()
    other = PrivateIndex(bytes(16), index.parameters, index.root)
    for expected_index, number, content in (
        (index, 8, data),
        (other, 7, data),
        (index, 7, data[:-32]),
        (index, 7, data + bytes(32)),
        (index, 7, b""),
    ):
        with pytest.raises(BucketRefused):
            verify_bucket(expected_index, number, content)


def test_entries_out_of_order_are_refused_by_the_writer(tmp_path):
    placed = placed_entries(100)[::-1]
    with pytest.raises(ValueError, match="out of order"):
        write_buckets(tmp_path, BUILD_ID, 150_000, lambda: placed)


def test_an_entry_is_never_cut():
    with pytest.raises(ValueError, match="more entries"):
        bucket_content(BUILD_ID, 0, 1, [bytes(80), bytes(80)])


def test_an_entry_that_does_not_open_is_no_miss():
    index = PrivateIndex(BUILD_ID, BucketParameters(9, 16), bytes(32))
    with pytest.raises(BucketRefused, match="entry"):
        label_in(bytes(80), bytes(60), index.build_id)


def test_a_locator_beyond_the_last_is_a_miss():
    assert label_in(bytes(160), b"\xff" * 60, BUILD_ID) is None
