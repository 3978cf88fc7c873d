"""Count sketch: how much was counted under each of very many keys, in fixed memory.

Each key has a place in each of four rows, where the largest count of all keys of that place stands;
the least of its four is the answer. So no key is ever forgotten or told to have less. One that
shares all four places with others may seem to have as much as they had: a flood of keys with small
counts raises nothing beyond those.
"""

import mmap
import struct
from hashlib import sha256

PLACES = struct.Struct(">4I")
KEY_BYTES = PLACES.size
ROWS = 4
CELLS = 1 << 20  # of a row: a million keys leave five of six others as they were
COUNT_MAX = 0xFFFF


class CountSketch:
    """Keeps for each key a number that is at least the largest given; 8 MiB, taken as it is used.

    keys: pseudonyms, whose bytes are as good as random. Threads may use it at once: where two raise
    one place at the same moment, it may be left at the smaller number.
    """

    def __init__(self, cells: int = CELLS) -> None:
        """cells: of a row, a power of two."""
        self._cells = cells
        self._memory = mmap.mmap(-1, ROWS * cells * 2)  # anonymous, survives a fork
        self._counts = memoryview(self._memory).cast("H")

    def clear(self) -> None:
        """Forget everything."""
        self._memory[:] = bytes(len(self._memory))

    def of(self, key: bytes) -> int:
        """Return a number that is not below the largest given for this key; mostly that one."""
        counts = self._counts
        first, second, third, fourth = self._places(key)
        return min(counts[first], counts[second], counts[third], counts[fourth])

    def raise_to(self, key: bytes, count: int) -> None:
        """Let the number of this key be ``count``, 65,535 at most, or stay above it."""
        counts, count = self._counts, min(count, COUNT_MAX)
        for place in self._places(key):
            counts[place] = max(counts[place], count)

    def _places(self, key: bytes) -> tuple[int, int, int, int]:
        if len(key) != KEY_BYTES:
            key = sha256(key).digest()[:KEY_BYTES]
        first, second, third, fourth = PLACES.unpack(key)
        mask, row = self._cells - 1, self._cells
        return (
            first & mask,
            row + (second & mask),
            2 * row + (third & mask),
            3 * row + (fourth & mask),
        )
