"""A table of counts under pseudonyms, in memory that all workers of a machine share.

Each key has a partition, under one lock, and in it a bucket of 16 places that are used in turn:
memory is fixed, and a new entry takes the place of the oldest. Of one that is let go before its
window ends, it is still known how large its count was, or larger (``count_sketch``).

An entry has its key, a number, and 8 bytes of a name: the first that was tried, since most people
try one. Further names have entries of their own, which say only that they are there.
"""

import mmap

from app.limits.count_sketch import CountSketch
from app.limits.process_locks import LOCKS, ProcessLocks, try_lock, unlock

KEY_BYTES = 16
NUMBER_BYTES = 8
NAME_BYTES = 8
PARTITIONS = LOCKS
BUCKETS = 256  # of a partition
PLACES = 15  # of a bucket: a million in all, 40 MiB with the sketch, taken as they are used
# a bucket lies in one page of memory: how many entries it took, then keys with number and name
BUCKET_BYTES = 512
ENTRY_BYTES = KEY_BYTES + NUMBER_BYTES + NAME_BYTES
FIRST_AT = BUCKET_BYTES - PLACES * ENTRY_BYTES
NUMBER_AT, NAME_AT = KEY_BYTES, KEY_BYTES + NUMBER_BYTES  # in an entry
# a number: of which window it is, how many are known, how many there were with those forgotten
WINDOW_SHIFT, KNOWN_SHIFT = 48, 24
COUNT_MASK = (1 << KNOWN_SHIFT) - 1
COUNTS_MASK = (1 << WINDOW_SHIFT) - 1
WINDOW_MASK = 0xFFFF
ONE_MORE = 1 << KNOWN_SHIFT | 1  # known, and one of all
NO_NAME = bytes(NAME_BYTES)


class NameTable:
    """Entries of all processes forked from the one that made it.

    Whoever reads or writes entries of a partition holds its lock. keys: 16 bytes as good as random;
    counts: how many in all, and shifted by KNOWN_SHIFT, how many of them are known.
    """

    def __init__(self, partitions: int = PARTITIONS, buckets: int = BUCKETS) -> None:
        """Make a table without entries; both numbers are powers of two, at most 256."""
        self._partitions, self._buckets = partitions, buckets
        state_at = partitions * buckets * BUCKET_BYTES
        self._memory = mmap.mmap(-1, state_at + 2 * NUMBER_BYTES)  # anonymous, survives a fork
        self._numbers = memoryview(self._memory).cast("Q")
        # the window; whether the sketch knows anything
        self._state = self._numbers[state_at // NUMBER_BYTES :]
        self._sketch = CountSketch()
        self._locks = ProcessLocks()
        self._window_lock = ProcessLocks(1)

    def enter(self, key: bytes, window: int) -> int:
        """Take the lock of the partition of a key, and return the partition's number.

        Let a window be the present one before: whatever is of another is none any more.
        """
        if self._state[0] != window:
            self._begin(window)
        partition = key[1] % self._partitions
        if failure := try_lock(self._locks.mutexes[partition]):
            self._locks.wait(partition, failure)
        return partition

    def leave(self, partition: int) -> None:
        """Give the lock of a partition back."""
        unlock(self._locks.mutexes[partition])

    def _begin(self, window: int) -> None:
        self._window_lock.acquire(0)
        try:
            if self._state[0] != window:
                if self._state[1]:
                    self._sketch.clear()
                self._state[1] = 0
                self._state[0] = window
        finally:
            self._window_lock.release(0)

    def counts(self, partition: int, key: bytes) -> int:
        """Return the counts of a key, 0 where it has none; of forgotten ones their number alone."""
        start = (partition * self._buckets + (key[7] ^ key[15]) % self._buckets) * BUCKET_BYTES
        at = self._memory.find(key, start + FIRST_AT, start + BUCKET_BYTES)
        if at >= 0:
            number = self._numbers[(at + NUMBER_AT) // NUMBER_BYTES]
            if number >> WINDOW_SHIFT == self._state[0] & WINDOW_MASK:
                return number & COUNTS_MASK
        return self._sketch.of(key) if self._state[1] else 0

    def has(self, partition: int, key: bytes, name: bytes) -> bool:
        """Return whether a name was counted under a key; name: 8 bytes of its pseudonym."""
        if self.first_name(partition, key) == name:
            return True
        return self.first_name(partition, key[:NAME_BYTES] + name) == NO_NAME

    def count(self, partition: int, key: bytes, name: bytes, counts: int) -> None:
        """Count a name under a key that has not counted it; counts: those of the key till now.

        The count comes before the name: who dies in between leaves limits stricter.
        """
        self._put(partition, key, name, counts + ONE_MORE)
        if counts:  # another name was the first
            self._put(partition, key[:NAME_BYTES] + name, NO_NAME, 0)

    def first_name(self, partition: int, key: bytes) -> bytes:
        """Return the first name that was counted under a key; b"" where none was."""
        start = (partition * self._buckets + (key[7] ^ key[15]) % self._buckets) * BUCKET_BYTES
        at = self._memory.find(key, start + FIRST_AT, start + BUCKET_BYTES)
        if at < 0:
            return b""
        number = self._numbers[(at + NUMBER_AT) // NUMBER_BYTES]
        if number >> WINDOW_SHIFT != self._state[0] & WINDOW_MASK:
            return b""
        return self._memory[at + NAME_AT : at + ENTRY_BYTES]

    def _put(self, partition: int, key: bytes, name: bytes, counts: int) -> None:
        """Keep counts under a key; a new one gets a name, and the place of its bucket's oldest."""
        memory, numbers, window = self._memory, self._numbers, self._state[0] & WINDOW_MASK
        start = (partition * self._buckets + (key[7] ^ key[15]) % self._buckets) * BUCKET_BYTES
        at = memory.find(key, start + FIRST_AT, start + BUCKET_BYTES)
        if at < 0:
            at = self._empty_place(start, window)
            memory[at : at + KEY_BYTES] = key
        number_at = (at + NUMBER_AT) // NUMBER_BYTES
        if numbers[number_at] >> WINDOW_SHIFT != window:
            memory[at + NAME_AT : at + ENTRY_BYTES] = name
        numbers[number_at] = window << WINDOW_SHIFT | counts

    def _empty_place(self, start: int, window: int) -> int:
        """Return where a new key is to stand; remember how large the count was that stood there."""
        numbers = self._numbers
        turn = numbers[start // NUMBER_BYTES]
        numbers[start // NUMBER_BYTES] = turn + 1
        at = start + FIRST_AT + turn % PLACES * ENTRY_BYTES
        number_at = (at + NUMBER_AT) // NUMBER_BYTES
        number = numbers[number_at]
        if number & COUNT_MASK and number >> WINDOW_SHIFT == window:
            self._sketch.raise_to(self._memory[at : at + KEY_BYTES], number & COUNT_MASK)
            self._state[1] = 1
        numbers[number_at] = 0  # who dies now leaves an entry of no window
        return at
