"""Writer of a build's buckets: `b/<number as 8 hexadecimal digits>`, served as they are."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from exposure_index.atomic_files import READ_ONLY
from exposure_index.crypto.keyed_hash import ENTRY_BYTES
from exposure_index.private.bucket import PrivateIndex, bucket_content
from exposure_index.private.merkle import Tree, leaf_hash
from exposure_index.private.outputs import PLACE_BYTES, bucket_number
from exposure_index.private.parameters import (
    BucketParameters,
    capacity_bound,
    log2_buckets,
    parameters_for,
)

BUCKETS_FOLDER = "b"
PLACED_ENTRY_BYTES = PLACE_BYTES + ENTRY_BYTES


def bucket_path(build: Path, number: int) -> Path:
    """Return where a bucket of a build lies."""
    return build / BUCKETS_FOLDER / f"{number:08x}"


def write_buckets(
    build: Path,
    build_id: bytes,
    size_class: int,
    placed: Callable[[], Iterable[bytes]],
) -> PrivateIndex:
    """Write every bucket of a build and return what its manifest tells of them.

    build: directory of the build; placed: asked twice, gives `place4 ‖ entry80` of every entry,
    sorted by place. Raises OSError.
    """
    parameters = _parameters(size_class, placed())
    folder = build / BUCKETS_FOLDER
    folder.mkdir(mode=0o755)
    leaves = []
    by_number = _by_bucket(placed(), parameters.log2_buckets)
    for number, entries in _every(by_number, parameters.buckets):
        content = bucket_content(build_id, number, parameters.bucket_entries, entries)
        bucket_path(build, number).write_bytes(content)
        leaves.append(leaf_hash(content))
    tree = Tree(leaves)
    for number in range(parameters.buckets):
        with bucket_path(build, number).open("ab") as file:
            file.write(tree.path(number))
            file.flush()
            os.fsync(file.fileno())
        bucket_path(build, number).chmod(READ_ONLY)
    return PrivateIndex(build_id, parameters, tree.root)


def _parameters(size_class: int, placed: Iterable[bytes]) -> BucketParameters:
    log2 = log2_buckets(size_class)
    in_bucket: Counter[int] = Counter()
    entries = squares = 0
    # entries of one document share its place; two documents with one place only look like a clump
    for place, group in groupby(placed, key=lambda each: each[:PLACE_BYTES]):
        size = sum(1 for _ in group)
        in_bucket[bucket_number(place, log2)] += size
        entries += size
        squares += size * size
    clump = squares / entries if entries else 1.0
    fullest = max(in_bucket.values(), default=0)
    return parameters_for(log2, capacity_bound(entries), clump, fullest)


def _by_bucket(placed: Iterable[bytes], log2: int) -> Iterator[tuple[int, list[bytes]]]:
    for number, group in groupby(placed, key=lambda each: bucket_number(each[:PLACE_BYTES], log2)):
        yield number, [each[PLACE_BYTES:] for each in group]


def _every(
    groups: Iterator[tuple[int, list[bytes]]], buckets: int
) -> Iterator[tuple[int, list[bytes]]]:
    """Yield every bucket's number and entries, the empty ones too."""
    waiting = next(groups, None)
    for number in range(buckets):
        if waiting is not None and waiting[0] == number:
            yield waiting
            waiting = next(groups, None)
        else:
            yield number, []
    if waiting is not None:
        raise ValueError("entries out of order: they would be missing")
