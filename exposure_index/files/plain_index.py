"""plain.idx: entries sorted by locator in pages that prove themselves; writer and reader.

Header, one page: magic 8 ‖ format u32be ‖ build_id 16 ‖ key_id 8 ‖ count u64be ‖ zeros ‖
SHA-256 of the page before it. Then pages of 4,096 bytes: 50 entries of 80 bytes (the last page
zero-filled) ‖ page_no u64be ‖ entries here u16be ‖ 22 zeros ‖ last locator before 16 ‖ first
locator after 16 ‖ SHA-256(build_id ‖ the page before it). At the ends "before" is 16 zero bytes
and "after" 16 bytes of 0xFF. An empty index has no page, and is refused: each holds a canary.
"""

import errno
import mmap
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import BinaryIO

from exposure_index.crypto.keyed_hash import ENTRY_BYTES, LOCATOR_BYTES
from exposure_index.errors import IndexDamaged

MAGIC = b"GAUGEI01"
FORMAT = 1
PAGE_BYTES = 4096
PAGE_ENTRIES = 50
DIGEST_BYTES = 32
LOWEST = bytes(LOCATOR_BYTES)
HIGHEST = b"\xff" * LOCATOR_BYTES

_HEADER = struct.Struct(">8sI16s8sQ")
_TRAILER = struct.Struct(">QH22x16s16s")
_ENTRIES_BYTES = PAGE_ENTRIES * ENTRY_BYTES
_HASHED_BYTES = PAGE_BYTES - DIGEST_BYTES
_HASH_PIECE_BYTES = _HASHED_BYTES // 2
_BEFORE = slice(_ENTRIES_BYTES + 32, _ENTRIES_BYTES + 48)
_AFTER = slice(_ENTRIES_BYTES + 48, _ENTRIES_BYTES + 64)
_POPULATE_READ = 22  # MADV_POPULATE_READ of Linux 5.14; the standard library does not name it
_GUESSES = 6  # by interpolation, before halving: 2 or 3 reach the page in any honest file


class IndexMalformed(Exception):
    """The file is no plain.idx of this format and build."""


class EqualLocators(Exception):
    """Two entries have one locator: an identity came twice, or 128 bits collided."""


@dataclass(frozen=True, slots=True)
class Header:
    """Contents of the first page. build_id 16 bytes, key_id 8 bytes, count of entries."""

    build_id: bytes
    key_id: bytes
    count: int

    def pack(self) -> bytes:
        """Pack the header page, 4,096 bytes."""
        fields = _HEADER.pack(MAGIC, FORMAT, self.build_id, self.key_id, self.count)
        page = fields.ljust(_HASHED_BYTES, b"\0")
        return page + sha256(page).digest()

    @classmethod
    def unpack(cls, page: bytes) -> "Header":
        """Unpack the header of a page. Raises IndexMalformed."""
        if len(page) != PAGE_BYTES or sha256(page[:_HASHED_BYTES]).digest() != page[_HASHED_BYTES:]:
            raise IndexMalformed("the header is damaged")
        magic, version, build_id, key_id, count = _HEADER.unpack_from(page)
        if magic != MAGIC or version != FORMAT:
            raise IndexMalformed("another format")
        return cls(build_id, key_id, count)

    @property
    def pages(self) -> int:
        """How many pages of entries follow."""
        return -(-self.count // PAGE_ENTRIES)

    @property
    def file_bytes(self) -> int:
        """The length of the whole file."""
        return PAGE_BYTES * (1 + self.pages)


def write_plain_index(target: BinaryIO, header: Header, entries: Iterable[bytes]) -> str:
    """Write the whole file and return its SHA-256 in hex.

    entries: 80 bytes each, sorted by locator, header.count of them.
    Raises EqualLocators; ValueError when they are not sorted or not as many as promised.
    """
    digest = sha256()
    for page in _pages(header, entries):
        digest.update(page)
        target.write(page)
    return digest.hexdigest()


def _pages(header: Header, entries: Iterable[bytes]) -> Iterator[bytes]:
    yield header.pack()
    page_no, before, pending = 0, LOWEST, list[bytes]()
    for entry in entries:
        last = pending[-1][:LOCATOR_BYTES] if pending else b""
        if entry[:LOCATOR_BYTES] <= last:
            raise _disorder(entry[:LOCATOR_BYTES], last)
        if len(pending) == PAGE_ENTRIES:
            yield _page(header, page_no, pending, (before, entry[:LOCATOR_BYTES]))
            page_no, before, pending = page_no + 1, pending[-1][:LOCATOR_BYTES], []
        pending.append(entry)
    if page_no * PAGE_ENTRIES + len(pending) != header.count:
        raise ValueError("another number of entries than the header tells")
    if pending:
        yield _page(header, page_no, pending, (before, HIGHEST))


def _disorder(locator: bytes, last: bytes) -> Exception:
    return EqualLocators() if locator == last else ValueError("entries are not sorted")


def _page(header: Header, number: int, entries: list[bytes], around: tuple[bytes, bytes]) -> bytes:
    trailer = _TRAILER.pack(number, len(entries), *around)
    page = b"".join(entries).ljust(_ENTRIES_BYTES, b"\0") + trailer
    return page + sha256(header.build_id + page).digest()


class PlainIndex:
    """Reader of one file through a shared memory map; safe to use from several threads."""

    def __init__(self, file: BinaryIO) -> None:
        """Map an open file. Raises IndexMalformed unless header and length agree."""
        try:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise IndexMalformed("the file cannot be mapped") from error
        self.header = Header.unpack(self._map[:PAGE_BYTES])
        if self.header.count < 1 or len(self._map) != self.header.file_bytes:
            raise IndexMalformed("another length than the header tells")
        self._last = self.header.pages - 1
        self._end = PAGE_BYTES * self.header.pages
        self._primed = sha256(self.header.build_id)

    def close(self) -> None:
        """Unmap; a lookup afterwards raises IndexDamaged."""
        self._map.close()

    def find(self, locator: bytes) -> tuple[bytes, bool]:
        """Find the entry at a locator: 80 bytes, and whether they are it, as the page proves.

        The same is made and kept whatever is found, for who must take as long over either.
        Raises IndexDamaged when the page fails any check, or the file shrank.
        """
        try:
            self._require_whole()
            page, count = self._checked(self._page_of(locator), locator)
        except ValueError as error:
            raise IndexDamaged("the index is closed") from error
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            at = middle * ENTRY_BYTES
            if page[at : at + LOCATOR_BYTES] < locator:
                low = middle + 1
            else:
                high = middle
        at = low * ENTRY_BYTES
        entry = page[at : at + ENTRY_BYTES]
        return entry, (low < count) & entry.startswith(locator)  # & not and: the same steps always

    def _require_whole(self) -> None:
        """Raise IndexDamaged where the file lost its end: reading there would kill the process.

        The kernel is asked for the last page. Asking for the length says the same, but gives the
        interpreter's lock away, for which busy threads queue: only older kernels get that question.
        """
        try:
            self._map.madvise(_POPULATE_READ, self._end, PAGE_BYTES)
        except OSError as error:
            if error.errno != errno.EINVAL or self._map.size() != self.header.file_bytes:
                raise IndexDamaged("the file changed its length") from None

    def check_all(self) -> int:
        """Return the number of entries after checking every page and the order of them all.

        Raises IndexDamaged.
        """
        last, announced = b"", b""
        for number in range(self._last + 1):
            page, count = self._verified(number)
            locators = [
                page[at : at + LOCATOR_BYTES] for at in range(0, count * ENTRY_BYTES, ENTRY_BYTES)
            ]
            if any(later <= earlier for earlier, later in pairwise([last, *locators])):
                raise IndexDamaged("entries are not sorted")
            if page[_BEFORE] != (last or LOWEST) or not locators[0].startswith(announced):
                raise IndexDamaged("pages do not follow each other")
            last, announced = locators[-1], page[_AFTER]
        if announced != HIGHEST:
            raise IndexDamaged("the last page is not the last")
        return self.header.count

    def _page_of(self, locator: bytes) -> int:
        """Return the page whose range holds the locator, by what unchecked trailers say."""
        place, low, high = int.from_bytes(locator[:8], "big"), 0, self._last
        guess = place * (high + 1) >> 64
        for step in range(_GUESSES + 64):
            start = PAGE_BYTES * (guess + 1) + _ENTRIES_BYTES + 32
            around = self._map[start : start + 2 * LOCATOR_BYTES]
            if guess > 0 and locator <= around[:LOCATOR_BYTES]:
                high = guess - 1
                edge = around[:8]
            elif guess < self._last and locator >= around[LOCATOR_BYTES:]:
                low = guess + 1
                edge = around[LOCATOR_BYTES : LOCATOR_BYTES + 8]
            else:
                return guess
            if low > high:
                break
            if step < _GUESSES:
                off = (place - int.from_bytes(edge, "big")) * (self._last + 1) >> 64
                guess = min(max(guess + off, low), high)
            else:
                guess = (low + high) // 2
        raise IndexDamaged("no page has the range")

    def _checked(self, number: int, locator: bytes) -> tuple[bytes, int]:
        """Return a page and its count, proven to be the one where the locator would stand."""
        page, count = self._verified(number)
        if (number > 0 and locator <= page[_BEFORE]) or (
            number < self._last and locator >= page[_AFTER]
        ):
            raise IndexDamaged("another range")
        return page, count

    def _verified(self, number: int) -> tuple[bytes, int]:
        start = PAGE_BYTES * (number + 1)
        page = self._map[start : start + PAGE_BYTES]
        digest = self._primed.copy()
        # In pieces below 2,048 bytes hashlib keeps the interpreter's lock: giving it away for three
        # microseconds makes busy threads queue for it, which costs more than the hash.
        digest.update(page[:_HASH_PIECE_BYTES])
        digest.update(page[_HASH_PIECE_BYTES:_HASHED_BYTES])
        if digest.digest() != page[_HASHED_BYTES:]:
            raise IndexDamaged("a page fails its checksum")
        page_no, count, _, _ = _TRAILER.unpack_from(page, _ENTRIES_BYTES)
        full = number < self._last
        expected = PAGE_ENTRIES if full else self.header.count - number * PAGE_ENTRIES
        if page_no != number or count != expected:
            raise IndexDamaged("another page")
        return page, count
