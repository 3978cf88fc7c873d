"""plain.idx: entries sorted by locator in pages that prove themselves; writer and reader.

Header, one page: magic 8 ‖ format u32be ‖ build_id 16 ‖ key_id 8 ‖ count u64be ‖ zeros ‖ proof 32.
Then pages of 4,096 bytes: 50 entries of 80 bytes (the last page zero-filled) ‖ page_no u64be ‖
entries here u16be ‖ 22 zeros ‖ last locator before 16 ‖ first locator after 16 ‖ proof 32. At the
ends "before" is 16 zero bytes and "after" 16 bytes of 0xFF. An empty index has no page, and is
refused: each holds a canary. Proof: BLAKE2b-256 (RFC 7693) of the page before it, keyed with the
page key of the build.

Threat: who can write the file empties it, and whoever is listed is not found. Limit: no page can be
made without root_plain, none serves at another place or in another build, and a miss is believed
only of the page whose range holds the locator.
"""

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from hmac import compare_digest
from itertools import accumulate, chain
from operator import lt
from typing import BinaryIO

from exposure_index.crypto.keyed_hash import ENTRY_BYTES, LOCATOR_BYTES
from exposure_index.errors import EarlierEdition, IndexDamaged
from exposure_index.files.positioned_file import PositionedFile, ReadFailed

MAGIC = b"GAUGEI02"
FORMAT = 2
EARLIER_MAGIC = b"GAUGEI01"
PAGE_BYTES = 4096
PAGE_ENTRIES = 50
PROOF_BYTES = 32
LOWEST = bytes(LOCATOR_BYTES)
HIGHEST = b"\xff" * LOCATOR_BYTES
SIGNPOSTS_MAX = 1 << 16  # 512 KiB of a worker's own memory for an index of any size

_HEADER = struct.Struct(">8sI16s8sQ")
_LOCATOR = struct.Struct(f"{LOCATOR_BYTES}s{ENTRY_BYTES - LOCATOR_BYTES}x")
_TRAILER = struct.Struct(">QH22x16s16s")
_ENTRIES_BYTES = PAGE_ENTRIES * ENTRY_BYTES
_PROVEN_BYTES = PAGE_BYTES - PROOF_BYTES
_HASH_PIECE_BYTES = _PROVEN_BYTES // 2
_LOCATORS = tuple(  # where they stand in a page
    slice(at, at + LOCATOR_BYTES) for at in range(0, _ENTRIES_BYTES, ENTRY_BYTES)
)
_PREFIX_BYTES = 8  # of a locator, as signposts tell it
_BITS_BEHIND_A_BYTE = 8 * (_PREFIX_BYTES - 1)
Page = tuple[bytes, int, bytes, bytes]
"""Its bytes, how many entries it has, last locator before them, first locator after them."""


class IndexMalformed(Exception):
    """The file is no plain.idx of this format and build."""


class EqualLocators(Exception):
    """Two entries have one locator: an identity came twice, or 128 bits collided."""


class PageProof:
    """Proves pages under the page key of one build, 32 bytes; its repr shows no key."""

    __slots__ = ("_keyed",)

    def __init__(self, page_key: bytes) -> None:
        self._keyed = blake2b(key=page_key, digest_size=PROOF_BYTES)

    def proven(self, page: bytes) -> bytes:
        """Return a page of 4,064 bytes with its proof behind it."""
        return page + self.of(page)

    def holds(self, page: bytes) -> bool:
        """Return whether a page of 4,096 bytes was written under the key."""
        return compare_digest(self.of(page), page[_PROVEN_BYTES:])

    def of(self, page: bytes) -> bytes:
        """Return the proof of the first 4,064 bytes of a page."""
        digest, view = self._keyed.copy(), memoryview(page)
        # In pieces below 2,048 bytes hashlib keeps the interpreter's lock: giving it away for some
        # microseconds makes busy threads queue for it, which costs more than the hash.
        digest.update(view[:_HASH_PIECE_BYTES])
        digest.update(view[_HASH_PIECE_BYTES:_PROVEN_BYTES])
        return digest.digest()


@dataclass(frozen=True, slots=True)
class Header:
    """Contents of the first page. build_id 16 bytes, key_id 8 bytes, count of entries."""

    build_id: bytes
    key_id: bytes
    count: int

    def pack(self, proof: PageProof) -> bytes:
        """Pack the header page, 4,096 bytes."""
        fields = _HEADER.pack(MAGIC, FORMAT, self.build_id, self.key_id, self.count)
        return proof.proven(fields.ljust(_PROVEN_BYTES, b"\0"))

    @classmethod
    def unpack(cls, page: bytes, proof: PageProof) -> "Header":
        """Unpack the header of a page. Raises IndexMalformed or EarlierEdition."""
        if page.startswith(EARLIER_MAGIC):
            raise EarlierEdition("plain.idx")
        if len(page) != PAGE_BYTES or not proof.holds(page):
            raise IndexMalformed("the header is damaged, or of another build")
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


def write_plain_index(
    target: BinaryIO, header: Header, blocks: Iterable[bytes], page_key: bytes
) -> str:
    """Write the whole file and return its SHA-256 in hex.

    blocks: entries of 80 bytes, one or more in each, sorted by locator throughout, header.count
    of them; page_key: `plain_page_key`.
    Raises EqualLocators; ValueError when they are not sorted or not as many as promised.
    """
    digest, proof = sha256(), PageProof(page_key)
    for page in _pages(header, blocks, proof):
        digest.update(page)
        target.write(page)
    return digest.hexdigest()


def _pages(header: Header, blocks: Iterable[bytes], proof: PageProof) -> Iterator[bytes]:
    yield header.pack(proof)
    page_no, before, pending = 0, LOWEST, b""
    for block in blocks:
        _require_order(pending[-ENTRY_BYTES:] + block)
        pending += block
        begin = 0
        while (end := begin + _ENTRIES_BYTES) < len(pending):  # the entry behind a page is in it
            entries, after = pending[begin:end], pending[end : end + LOCATOR_BYTES]
            yield proof.proven(_page(page_no, entries, (before, after)))
            page_no, before, begin = page_no + 1, entries[-ENTRY_BYTES:][:LOCATOR_BYTES], end
        pending = pending[begin:]
    if page_no * _ENTRIES_BYTES + len(pending) != header.count * ENTRY_BYTES:
        raise ValueError("another number of entries than the header tells")
    if pending:
        yield proof.proven(_page(page_no, pending, (before, HIGHEST)))


def locators_ascend(entries: bytes) -> bool:
    """Tell whether each entry, of 80 bytes, has a greater locator than the one before it."""
    # not by NumPy, which would be loaded wherever an index is read
    locators = list(chain.from_iterable(_LOCATOR.iter_unpack(entries)))
    return all(map(lt, locators, locators[1:]))


def _require_order(entries: bytes) -> None:
    """Raise EqualLocators or ValueError unless each locator is greater than the one before."""
    if not locators_ascend(entries):
        starts = range(0, len(entries), ENTRY_BYTES)
        locators = {entries[at : at + LOCATOR_BYTES] for at in starts}
        equal = len(locators) < len(starts)
        raise EqualLocators if equal else ValueError("entries are not sorted")


def _page(number: int, entries: bytes, around: tuple[bytes, bytes]) -> bytes:
    trailer = _TRAILER.pack(number, len(entries) // ENTRY_BYTES, *around)
    return entries.ljust(_ENTRIES_BYTES, b"\0") + trailer


class PlainIndex:
    """Reader of one file; safe to use from several threads and after a fork."""

    def __init__(self, file: BinaryIO, page_key: bytes) -> None:
        """Take over an open file of the build with that page key.

        Raises IndexMalformed unless header and length agree, or EarlierEdition.
        """
        self._proof = PageProof(page_key)
        try:
            self._file = PositionedFile(file)
            self.header = Header.unpack(self._file.read(0, PAGE_BYTES), self._proof)
            if self.header.count < 1 or self._file.size() != self.header.file_bytes:
                raise IndexMalformed("another length than the header tells")
            self._last = self.header.pages - 1
            self._last_entries = self.header.count - self._last * PAGE_ENTRIES
            self._stride = -(-self.header.pages // SIGNPOSTS_MAX)
            self._signposts = array("Q", self._first_prefixes())
            # by the first byte of a locator: where among the signposts those of that byte begin
            posts_by_byte = Counter(post >> _BITS_BEHIND_A_BYTE for post in self._signposts)
            self._begins = [*accumulate(map(posts_by_byte.__getitem__, range(256)), initial=0)]
        except (OSError, ReadFailed) as error:
            raise IndexMalformed("the file cannot be read") from error

    def close(self) -> None:
        """Close the file; a lookup afterwards raises IndexDamaged."""
        self._file.close()

    def find(self, locator: bytes) -> tuple[bytes, bool]:
        """Find the entry at a locator: 80 bytes, and whether they are it, as the page proves.

        The same is made and kept whatever is found, for who must take as long over either.
        Raises IndexDamaged when the page cannot be read or fails any check.
        """
        number = self._likely_page(locator)
        likely = page, count, before, after = self._proven(number)
        if not before < locator < after:
            page, count, _, _ = self._page_of(locator, number, likely)
        place = bisect_left(_LOCATORS, locator, 0, count, key=page.__getitem__)
        entry = page[place * ENTRY_BYTES : (place + 1) * ENTRY_BYTES]
        # & not and: the same steps always; == takes longer over what is equal
        return entry, (place < count) & compare_digest(entry[:LOCATOR_BYTES], locator)

    def find_many(self, locators: Sequence[bytes]) -> list[tuple[int, bytes]]:
        """Find the entries at sorted locators; return those that are there, with their places.

        A page is proven once for all locators of its range. Raises IndexDamaged as find does, and
        then nothing is known of any of them.
        """
        found = []
        page, end, low, high = b"", 0, HIGHEST, LOWEST
        for place, locator in enumerate(locators):
            if not low < locator < high:
                number = self._likely_page(locator)
                page, count, low, high = self._page_of(locator, number, self._proven(number))
                # a locator of LOWEST or HIGHEST itself is looked for again, by _page_of
                end = count * ENTRY_BYTES
            at = page.find(locator, 0, end)
            while at >= 0 and at % ENTRY_BYTES:  # the same bytes within another entry
                at = page.find(locator, at + 1, end)
            if at >= 0:
                found.append((place, page[at : at + ENTRY_BYTES]))
        return found

    def check_all(self) -> int:
        """Return the number of entries after checking every page and the order of them all.

        Raises IndexDamaged.
        """
        last, announced = b"", b""
        for number in range(self._last + 1):
            page, count, before, after = self._proven(number)
            entries = page[: count * ENTRY_BYTES]
            if not locators_ascend(last + entries):
                raise IndexDamaged("entries are not sorted")
            if before != (last[:LOCATOR_BYTES] or LOWEST) or not page.startswith(announced):
                raise IndexDamaged("pages do not follow each other")
            last, announced = entries[-ENTRY_BYTES:], after
        if announced != HIGHEST:
            raise IndexDamaged("the last page is not the last")
        return self.header.count

    def _first_prefixes(self) -> Iterator[int]:
        """Yield how the first locator of every stride-th page begins, but of the first one's.

        They only say where to look: what is read there proves itself.
        """
        for number in range(self._stride, self._last + 1, self._stride):
            first = self._file.read(PAGE_BYTES * (number + 1), _PREFIX_BYTES)
            yield int.from_bytes(first, "big")

    def _page_of(self, locator: bytes, number: int, page: Page) -> Page:
        """Return the page whose range holds the locator, proven; page: one near it, its number."""
        low, high, step = 0, self._last, 1
        while low <= high:
            _, _, before, after = page
            if before < locator < after:
                return page
            if number > 0 and locator <= before:
                high = number - 1
                number = number - step if number - step > low else (low + high) // 2
            elif number < self._last and locator >= after:
                low = number + 1
                number = number + step if number + step < high else (low + high) // 2
            else:  # the lowest locator of all on the first page, the highest on the last
                return page
            step *= 2
            page = self._proven(number)
        raise IndexDamaged("no page has the range")

    def _likely_page(self, locator: bytes) -> int:
        """Return the page of a locator, or one near it where signposts stand pages apart."""
        posts, byte = self._signposts, locator[0]
        prefix = int.from_bytes(locator[:_PREFIX_BYTES], "big")
        behind = bisect_right(posts, prefix, self._begins[byte], self._begins[byte + 1])
        if self._stride == 1:
            return behind
        begin = posts[behind - 1] if behind else 0
        end = posts[behind] if behind < len(posts) else 1 << 64
        within = (prefix - begin) * self._stride // max(1, end - begin)
        return min(behind * self._stride + within, self._last)

    def _proven(self, number: int) -> Page:
        try:
            page = self._file.read(PAGE_BYTES * (number + 1), PAGE_BYTES)
        except ReadFailed as error:
            raise IndexDamaged("a page cannot be read") from error
        if not compare_digest(self._proof.of(page), page[_PROVEN_BYTES:]):
            raise IndexDamaged("a page fails its check")
        page_no, count, before, after = _TRAILER.unpack_from(page, _ENTRIES_BYTES)
        if page_no != number or count != (PAGE_ENTRIES, self._last_entries)[number == self._last]:
            raise IndexDamaged("another page")
        return page, count, before, after
