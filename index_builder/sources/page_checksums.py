"""Verifies the checksums of the pages of a Parquet file.

A checksum covers a page as it lies in the file, compressed, so none has to be unpacked: only the
head of each page is read, in Thrift's compact protocol. Source: Apache Parquet, README
("Checksumming") and parquet.thrift (PageHeader); Apache Thrift, thrift-compact-protocol.md.
"""

import mmap
import zlib
from collections.abc import Callable, Collection
from pathlib import Path

import pyarrow.parquet as pq

_SIZE, _CHECKSUM = 3, 4  # fields of PageHeader: compressed_page_size, crc
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _STRUCT = 1, 2, 3, 7, 8, 12
_VARINTS = frozenset({4, 5, 6})  # whole numbers of 16, 32 and 64 bits
_FIXED_BYTES = {_TRUE: 0, _FALSE: 0, _BYTE: 1, _DOUBLE: 8}
_DEPTH_MAX = 8


class _HeadUnreadable(ValueError):
    """A page whose head is none that this module knows."""


def checksums_hold(path: Path, columns: Collection[str]) -> bool:
    """Return whether every page of some columns has the sum it was written with, or has none.

    columns: named as in the file, of no nested type. False where a sum is wrong, and where the
    head of a page cannot be read: then whoever reads the file whole has to say what is wrong.
    Raises OSError and Arrow's errors for a file that cannot be opened.
    """
    metadata = pq.read_metadata(path)
    leaves = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    numbers = [number for number, leaf in enumerate(leaves) if leaf in columns]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for group in range(metadata.num_row_groups):
            row_group = metadata.row_group(group)
            for number in numbers:
                chunk = row_group.column(number)
                starts = (chunk.dictionary_page_offset, chunk.data_page_offset)
                begin = min(start for start in starts if start is not None)
                if not _chunk_holds(data, begin, begin + chunk.total_compressed_size):
                    return False
    return True


def _chunk_holds(data: mmap.mmap, begin: int, end: int) -> bool:
    """Whether the pages of one column fill its place in the file and have their checksums."""
    if not 0 < begin < end <= len(data):
        return False
    at = begin
    while at < end:
        try:
            size, checksum, start = _page_head(data, at)
        except (_HeadUnreadable, IndexError):
            return False
        at = start + size
        if size < 0 or at > end:
            return False
        if checksum is not None and zlib.crc32(data[start:at]) != checksum & 0xFFFFFFFF:
            return False
    return at == end


def _page_head(data: mmap.mmap, at: int) -> tuple[int, int | None, int]:
    """Return a page's compressed size, its checksum or None, and where its bytes begin."""
    fields: dict[int, int] = {}

    def keep(field: int, value: int) -> None:
        fields[field] = value

    start = _struct(data, at, keep)
    if _SIZE not in fields:
        raise _HeadUnreadable
    return fields[_SIZE], fields.get(_CHECKSUM), start


def _struct(
    data: mmap.mmap, at: int, keep: Callable[[int, int], None] | None, depth: int = 0
) -> int:
    """Return where a struct ends; whole numbers of its own fields are given to `keep`."""
    field = 0
    while (head := data[at]) != 0:
        at += 1
        kind, step = head & 0x0F, head >> 4
        if step:
            field += step
        else:
            number, at = _varint(data, at)
            field = _signed(number)
        if kind in _VARINTS:
            number, at = _varint(data, at)
            if keep is not None:
                keep(field, _signed(number))
        else:
            at = _past(data, at, kind, depth)
    return at + 1


def _past(data: mmap.mmap, at: int, kind: int, depth: int) -> int:
    """Return where a value of another kind ends."""
    if depth > _DEPTH_MAX:
        raise _HeadUnreadable
    if kind in _FIXED_BYTES:
        return at + _FIXED_BYTES[kind]
    if kind == _BINARY:
        length, at = _varint(data, at)
        return at + length
    if kind == _STRUCT:
        return _struct(data, at, None, depth + 1)
    raise _HeadUnreadable  # no page head has lists or maps


def _varint(data: mmap.mmap, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise _HeadUnreadable


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
