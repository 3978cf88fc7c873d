"""Sorting of a build's entries by locator in bounded memory.

Locators are uniform, so entries part by their first byte into 256 partitions of nearly one size:
no merge is needed, and of 100 million entries one partition takes 31 MB. What spills to disk is
sealed already.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from exposure_index.crypto.keyed_hash import ENTRY_BYTES

MEMORY_MAX_BYTES = 64 * 1024 * 1024
PARTITIONS = 256


class SortedEntries:
    """Sorts entries that are added in any order. `folder` exists and is private.

    entry_bytes: length of each; its first byte parts them, its first 4 or 16 are uniform.
    """

    def __init__(
        self, folder: Path, memory_max_bytes: int = MEMORY_MAX_BYTES, entry_bytes: int = ENTRY_BYTES
    ) -> None:
        self.count = 0
        self._entry_bytes = entry_bytes
        self._folder = folder
        self._memory_max_bytes = memory_max_bytes
        self._memory_bytes = 0
        self._partitions = [bytearray() for _ in range(PARTITIONS)]

    def add(self, block: bytes) -> None:
        """Add a block of entries, one after the other."""
        first_bytes = np.frombuffer(block, np.uint8)[:: self._entry_bytes]
        parted = memoryview(self._rows(block)[np.argsort(first_bytes, kind="stable")].tobytes())
        ends = np.bincount(first_bytes, minlength=PARTITIONS).cumsum() * self._entry_bytes
        for number, (begin, end) in enumerate(pairwise([0, *ends.tolist()])):
            self._partitions[number] += parted[begin:end]
        self.count += len(first_bytes)
        self._memory_bytes += len(block)
        if self._memory_bytes >= self._memory_max_bytes:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Yield all entries in the order of their bytes, one partition in memory at a time."""
        size = self._entry_bytes
        for block in self.blocks():
            yield from (block[at : at + size] for at in range(0, len(block), size))

    def blocks(self) -> Iterator[bytes]:
        """Yield the same a partition at a time: its entries, one after the other."""
        for number, part in enumerate(self._partitions):
            path = self._path(number)
            data = (path.read_bytes() if path.exists() else b"") + part
            yield np.sort(self._rows(data)).tobytes()

    def _rows(self, data: bytes) -> "np.ndarray[tuple[int], np.dtype[np.bytes_]]":
        return np.frombuffer(data, f"S{self._entry_bytes}")

    def _spill(self) -> None:
        for number, part in enumerate(self._partitions):
            if part:
                with self._path(number).open("ab") as file:
                    file.write(part)
                part.clear()
        self._memory_bytes = 0

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}"
