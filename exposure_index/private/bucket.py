"""One bucket as it goes over the wire and lies on disk: writer and reader.

`"GAUGEB01" ‖ build_id16 ‖ u32be number ‖ u32be M`, M entries of 80 bytes sorted by locator,
some of them random, then the Merkle path to the manifest's `private.root`, bottom up.
"""

import secrets
import struct
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from exposure_index.crypto.keyed_hash import (
    BUILD_ID_BYTES,
    ENTRY_BYTES,
    LOCATOR_BYTES,
    EntryInvalid,
    locator,
    open_entry,
)
from exposure_index.label.codec import LabelInvalid
from exposure_index.label.model import Label
from exposure_index.private.merkle import HASH_BYTES, leaf_hash, root_over
from exposure_index.private.parameters import BucketParameters

MAGIC = b"GAUGEB01"
_HEADER = struct.Struct(f">8s{BUILD_ID_BYTES}sII")


class BucketRefused(Exception):
    """A bucket that is not the one asked for, or not as signed: there is no answer."""


@dataclass(frozen=True, slots=True)
class PrivateIndex:
    """What a signed manifest tells of its buckets; root: 32 bytes."""

    build_id: bytes
    parameters: BucketParameters
    root: bytes

    @property
    def content_bytes(self) -> int:
        """Length of a bucket's header and entries."""
        return _HEADER.size + self.parameters.bucket_entries * ENTRY_BYTES

    @property
    def file_bytes(self) -> int:
        """Length of every bucket."""
        return self.content_bytes + self.parameters.log2_buckets * HASH_BYTES


def bucket_content(
    build_id: bytes, number: int, bucket_entries: int, entries: Collection[bytes]
) -> bytes:
    """Return header and entries of a bucket, padded with random entries to bucket_entries.

    Raises ValueError where there are more: an entry is never cut.
    """
    if len(entries) > bucket_entries:
        raise ValueError("more entries than the bucket holds")
    random_entries = bucket_entries - len(entries)
    padding = secrets.token_bytes(random_entries * ENTRY_BYTES)
    fillers = [padding[at : at + ENTRY_BYTES] for at in range(0, len(padding), ENTRY_BYTES)]
    header = _HEADER.pack(MAGIC, build_id, number, bucket_entries)
    return header + b"".join(sorted([*entries, *fillers]))


def verify_bucket(index: PrivateIndex, number: int, data: bytes) -> bytes:
    """Verify a bucket and return its entries. Raises BucketRefused for anything unproven."""
    if len(data) != index.file_bytes:
        raise BucketRefused("length")
    if data[: _HEADER.size] != _HEADER.pack(
        MAGIC, index.build_id, number, index.parameters.bucket_entries
    ):
        raise BucketRefused("header")
    content, path = data[: index.content_bytes], data[index.content_bytes :]
    if root_over(leaf_hash(content), number, path) != index.root:
        raise BucketRefused("path")
    return content[_HEADER.size :]


def label_in(entries: bytes, material: bytes, build_id: bytes) -> Label | None:
    """Return the label of an identity's material among proven entries, None without any.

    Raises BucketRefused for an entry with the locator that does not open: builder and client
    then derive differently, and "not found" would be a guess.
    """
    sought = locator(material)
    count = len(entries) // ENTRY_BYTES

    def at(number: int) -> bytes:
        return entries[number * ENTRY_BYTES : number * ENTRY_BYTES + LOCATOR_BYTES]

    number = bisect_left(range(count), sought, key=at)
    if number == count or at(number) != sought:
        return None
    try:
        entry = entries[number * ENTRY_BYTES : (number + 1) * ENTRY_BYTES]
        return Label.unpack(open_entry(material, entry, build_id))
    except (EntryInvalid, LabelInvalid) as error:
        raise BucketRefused("entry") from error
