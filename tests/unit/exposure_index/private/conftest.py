"""Buckets of a build of 3,000 entries."""

from hashlib import shake_256

import pytest

from exposure_index.private.bucket_files import write_buckets

BUILD_ID = bytes(range(16))


def placed_entries(count: int) -> list[bytes]:
    return sorted(shake_256(number.to_bytes(4, "big")).digest(84) for number in range(count))


@pytest.fixture(scope="module")
def bucket_build(tmp_path_factory):
    build = tmp_path_factory.mktemp("build")
    placed = placed_entries(3_000)
    return write_buckets(build, BUILD_ID, 150_000, lambda: placed), build, placed
