"""Sorts the entries of a build by locator in bounded memory.

Locators are uniform, so entries part by their first byte into 256 drawers of nearly one size:
no merge is needed, and of 100 million entries one drawer takes 31 MB. What spills to disk is
sealed already.
"""

from collections.abc import Iterator
from pathlib import Path

from exposure_index.crypto.keyed_hash import ENTRY_BYTES

HELD_MAX_BYTES = 64 * 1024 * 1024
DRAWERS = 256


class SortedEntries:
    """Takes entries in any order, gives them sorted. `folder` exists and is private.

    entry_bytes: length of each; its first byte parts them, its first 4 or 16 are uniform.
    """

    def __init__(
        self, folder: Path, held_max_bytes: int = HELD_MAX_BYTES, entry_bytes: int = ENTRY_BYTES
    ) -> None:
        self.count = 0
        self._entry_bytes = entry_bytes
        self._folder = folder
        self._held_max_bytes = held_max_bytes
        self._held_bytes = 0
        self._drawers = [bytearray() for _ in range(DRAWERS)]

    def add(self, block: bytes) -> None:
        """Take a block of entries, one after the other."""
        size = self._entry_bytes
        for at in range(0, len(block), size):
            self._drawers[block[at]] += block[at : at + size]
        self.count += len(block) // size
        self._held_bytes += len(block)
        if self._held_bytes >= self._held_max_bytes:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Yield all entries in the order of their bytes, one drawer in memory at a time."""
        size = self._entry_bytes
        for number, held in enumerate(self._drawers):
            path = self._path(number)
            data = (path.read_bytes() if path.exists() else b"") + held
            yield from sorted(data[at : at + size] for at in range(0, len(data), size))

    def _spill(self) -> None:
        for number, held in enumerate(self._drawers):
            if held:
                with self._path(number).open("ab") as file:
                    file.write(held)
                held.clear()
        self._held_bytes = 0

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}"
