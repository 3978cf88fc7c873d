"""Fixed windows: so many of one kind in so many seconds, each key counted from its first hit.

They are counted in one table of memory that all workers of a machine share: buckets of places, each
with a key, the end of its window and a count. A key has its bucket, and finding it there is one
step of the interpreter. Memory is fixed: in a bucket whose places all have windows that still run,
new keys share the last place. So a flood of networks makes the limits of new ones stricter, and
takes no more memory.
"""

import hashlib
import math
import mmap
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from limits.storage import Storage

from app.limits.process_locks import LOCKS, ProcessLocks, try_lock, unlock

KEY_BYTES = 16
BUCKETS = 32_768  # 16 MiB together with the next, taken as they are used
PLACES = 16  # of a bucket: until 200,000 windows run, 99.9 % of all keys have a place of their own
# a bucket of so many lies in one page of memory: key, end of the window, count
PLACE_BYTES = 32
END_AT = KEY_BYTES
BUCKET_OF_KEY = struct.Struct("<I")
CLOCK_SLACK_SECONDS = 1.0  # between the readings of two workers


@dataclass(frozen=True, slots=True)
class Window:
    """``number`` are admitted within ``seconds``; name: one word that keeps windows apart."""

    name: str
    number: int
    seconds: int


class Windows(Protocol):
    """Counts hits of keys, which are pseudonyms of 16 bytes, within windows."""

    def hit(self, window: Window, key: bytes) -> bool:
        """Count one and return whether it is admitted."""

    def used_up(self, window: Window, key: bytes) -> bool:
        """Return whether the next hit is known to be refused; counts nothing."""

    def ends_in(self, window: Window, key: bytes) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""


class WindowTable:
    """Windows of all processes forked from the one that made it; exact, whoever counts.

    keys: 16 bytes as good as random; now: seconds since 1970. A window that ends later than one
    that begins now was counted before the clock was set back: it is over.
    """

    def __init__(self, buckets: int = BUCKETS, places: int = PLACES) -> None:
        """Make a table without windows; buckets: a power of two."""
        self._buckets, self._bucket_bytes = buckets, places * PLACE_BYTES
        self._memory = mmap.mmap(-1, buckets * places * PLACE_BYTES)  # anonymous, survives a fork
        self._ends = memoryview(self._memory).cast("d")
        self._counts = memoryview(self._memory).cast("Q")
        self._locks = ProcessLocks()

    def take(self, key: bytes, seconds: float, now: float, amount: int = 1) -> int:
        """Return the count of a key after adding; a window that begins lasts so many seconds."""
        bucket = BUCKET_OF_KEY.unpack_from(key)[0] % self._buckets
        lock, start = bucket % LOCKS, bucket * self._bucket_bytes
        mutex = self._locks.mutexes[lock]
        if failure := try_lock(mutex):
            self._locks.wait(lock, failure)
        try:
            at = self._memory.find(key, start, start + self._bucket_bytes)
            if at < 0:
                at = self._place_for(key, start, now)
            ends, counts, end_at = self._ends, self._counts, (at + END_AT) // 8
            # another worker may have begun it after this one read the clock
            if now < ends[end_at] <= now + seconds + CLOCK_SLACK_SECONDS:
                counts[end_at + 1] = count = counts[end_at + 1] + amount
            else:
                counts[end_at + 1] = count = amount
                ends[end_at] = now + seconds
            return count
        finally:
            unlock(mutex)

    def claim(self, key: bytes, seconds: float, now: float) -> bool:
        """Return True for the first that claims a key, for so many seconds; never for a second.

        Where there is no place or no lock, nobody has it.
        """
        bucket = BUCKET_OF_KEY.unpack_from(key)[0] % self._buckets
        lock, start = bucket % LOCKS, bucket * self._bucket_bytes
        if not self._locks.acquire(lock):
            return False
        try:
            at = self._memory.find(key, start, start + self._bucket_bytes)
            if at < 0:
                at = self._ended_place(start, now)
                if at < 0:
                    return False
                self._begin_at(at, key)
            elif self._ends[(at + END_AT) // 8] > now:
                return False
            self._ends[(at + END_AT) // 8] = now + seconds
            return True
        finally:
            self._locks.release(lock)

    def count(self, key: bytes, now: float, seconds: float = math.inf) -> int:
        """Return the count of the present window of a key; seconds: how long its windows last."""
        end_at = (self._place_of(key, now) + END_AT) // 8
        runs = now < self._ends[end_at] <= now + seconds + CLOCK_SLACK_SECONDS
        return self._counts[end_at + 1] if runs else 0

    def left(self, key: bytes, now: float) -> float:
        """Return in how many seconds the window of a key ends; 0 where none runs."""
        return max(0.0, self._ends[(self._place_of(key, now) + END_AT) // 8] - now)

    def forget(self, key: bytes) -> None:
        """End the window of a key; one that it shares with others goes on."""
        bucket = BUCKET_OF_KEY.unpack_from(key)[0] % self._buckets
        lock, start = bucket % LOCKS, bucket * self._bucket_bytes
        self._locks.acquire(lock)
        try:
            at = self._memory.find(key, start, start + self._bucket_bytes)
            if at >= 0:
                self._ends[(at + END_AT) // 8] = 0.0
        finally:
            self._locks.release(lock)

    def clear(self) -> int:
        """End every window and return how many had begun."""
        number = self.places_in_use()
        for end_at in range(END_AT // 8, len(self._ends), PLACE_BYTES // 8):
            self._ends[end_at] = 0.0
        return number

    def places_in_use(self) -> int:
        """Return how many places have a window, ended ones included."""
        return sum(end > 0 for end in self._ends[END_AT // 8 :: PLACE_BYTES // 8])

    def _place_of(self, key: bytes, now: float) -> int:
        """Return the place in which a key is counted, or where it would be."""
        start = BUCKET_OF_KEY.unpack_from(key)[0] % self._buckets * self._bucket_bytes
        at = self._memory.find(key, start, start + self._bucket_bytes)
        if at < 0:
            at = self._ended_place(start, now)
        return at if at >= 0 else start + self._bucket_bytes - PLACE_BYTES

    def _place_for(self, key: bytes, start: int, now: float) -> int:
        """Return a place for a key that has none: an ended one, or the one that many share."""
        at = self._ended_place(start, now)
        if at < 0:
            return start + self._bucket_bytes - PLACE_BYTES
        self._begin_at(at, key)
        return at

    def _ended_place(self, start: int, now: float) -> int:
        """Return a place of a bucket whose window is over, negative for none.

        Never the last, which many share.
        """
        end = start + self._bucket_bytes - PLACE_BYTES
        for end_at in range((start + END_AT) // 8, (end + END_AT) // 8, PLACE_BYTES // 8):
            if self._ends[end_at] <= now:
                return end_at * 8 - END_AT
        return -1

    def _begin_at(self, at: int, key: bytes) -> None:
        self._ends[(at + END_AT) // 8] = 0.0
        self._memory[at : at + KEY_BYTES] = key


class WindowsInMemory:
    """Windows of a table: the strategy of `limits` without its string keys."""

    def __init__(self, table: WindowTable, clock: Callable[[], float] = time.time) -> None:
        self._table = table
        self._clock = clock

    def hit(self, window: Window, key: bytes) -> bool:
        """Count one and return whether it is admitted."""
        return self._table.take(key, window.seconds, self._clock()) <= window.number

    def used_up(self, window: Window, key: bytes) -> bool:
        """Return whether the next hit is known to be refused; counts nothing."""
        return self._table.count(key, self._clock(), window.seconds) >= window.number

    def ends_in(self, window: Window, key: bytes) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""
        return self._table.left(key, self._clock())


class WindowStorage(Storage):
    """A table as a storage of the `limits` library, for what is counted off the hot path.

    Why not the library's own: its memory is of one process, and walks through every key a hundred
    times a second.
    """

    STORAGE_SCHEME = ["gauge-memory"]  # noqa: RUF012 - the library's own registration

    def __init__(
        self,
        uri: str | None = None,
        table: WindowTable | None = None,
        clock: Callable[[], float] = time.time,
        **_options: str,
    ) -> None:
        """table: None for one of this process alone."""
        super().__init__(uri)
        self._table = WindowTable() if table is None else table
        self._clock = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return the errors of the store itself: none is known, ValueError stands for them."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Return the count of ``key`` after adding; a new window lasts ``expiry`` seconds."""
        return self._table.take(_table_key(key), expiry, self._clock(), amount)

    def get(self, key: str) -> int:
        """Return the count of the present window."""
        return self._table.count(_table_key(key), self._clock())

    def get_expiry(self, key: str) -> float:
        """Return when the window of ``key`` ends, in seconds since 1970; now where none runs."""
        now = self._clock()
        return now + self._table.left(_table_key(key), now)

    def check(self) -> bool:
        """Return True: memory is always there."""
        return True

    def reset(self) -> int:
        """Forget every count and return how many there were."""
        return self._table.clear()

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._table.forget(_table_key(key))


def _table_key(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()[:KEY_BYTES]
