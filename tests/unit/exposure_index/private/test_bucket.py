"""A bucket that was changed in any way is refused, and never read as a miss."""

import pytest

from exposure_index.crypto.keyed_hash import seal_entry
from exposure_index.private.bucket import (
    BucketRefused,
    PrivateIndex,
    bucket_content,
    label_in,
    verify_bucket,
)
from exposure_index.private.bucket_files import bucket_path
from exposure_index.private.parameters import BucketParameters
from tests.unit.exposure_index.private.conftest import BUILD_ID


@pytest.mark.parametrize("place", [0, 8, 24, 28, 32, 2_000, -1, -32, -288, -289])
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


def test_an_entry_is_never_cut():
    with pytest.raises(ValueError, match="more entries"):
        bucket_content(BUILD_ID, 0, 1, [bytes(80), bytes(80)])


def test_an_entry_that_does_not_open_is_no_miss():
    index = PrivateIndex(BUILD_ID, BucketParameters(9, 16), bytes(32))
    with pytest.raises(BucketRefused, match="entry"):
        label_in(bytes(80), bytes(60), index.build_id)


def test_a_locator_beyond_the_last_is_a_miss():
    assert label_in(bytes(160), b"\xff" * 60, BUILD_ID) is None


def test_a_label_of_the_first_edition_is_no_miss():
    material = bytes(range(60))
    entry = seal_entry(material, b"\x01" + bytes(47), BUILD_ID)
    with pytest.raises(BucketRefused, match="entry"):
        label_in(entry, material, BUILD_ID)
