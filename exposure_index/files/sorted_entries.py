"""Sorting of a build's entries by locator in bounded memory.

Locators are uniform, so entries part by their first byte into 256 partitions of nearly one size:
no merge is needed, and of 100 million entries one partition takes 31 MB. What spills to disk is
sealed already.
"""

from collections.abc import Iterator
from pathlib import Path

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
        size = self._entry_bytes
        for at in range(0, len(block), size):
            self._partitions[block[at]] += block[at : at + size]
        self.count += len(block) // size
        self._memory_bytes += len(block)
        if self._memory_bytes >= self._memory_max_bytes:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Yield all entries in the order of their bytes, one partition in memory at a time."""
        size = self._entry_bytes
        for number, part in enumerate(self._partitions):
            path = self._path(number)
            data = (path.read_bytes() if path.exists() else b"") + part
            yield from sorted(data[at : at + size] for at in range(0, len(data), size))

    def _spill(self) -> None:
        for number, part in enumerate(self._partitions):
            if part:
                with self._path(number).open("ab") as file:
                    file.write(part)
                part.clear()
        self._memory_bytes = 0

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}"
