"""Fixed windows: so many of one kind in so many seconds, each key counted from its first hit.

Here they are counted in the memory of one process, also as a storage of the `limits` library. The
library's own memory storage walks through every key a hundred times a second; a service that counts
a million networks cannot afford that. Here each count carries the end of its window, and every new
key drops at most a few ended ones, so that work and memory stay in proportion. Past KEYS_MAX new
keys share counts: a flood of networks makes the limits of new ones stricter, and takes no more
memory.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from operator import length_hint
from typing import NamedTuple, Protocol

from limits.storage import Storage

ENDED_PER_STEP = 4
KEYS_MAX = 200_000
SHARED_KEYS = 4_096
HITS = range(1, 2**62)  # the numbers of a window's hits: more than can ever be counted
NO_WINDOW: tuple[Iterator[int], float] = (iter(()), 0.0)  # of a key without one; never taken from


class Window(NamedTuple):
    """``number`` are admitted within ``seconds``; name: one word that keeps windows apart."""

    name: str
    number: int
    seconds: int


class Windows(Protocol):
    """Counts hits of keys within windows."""

    def hit(self, window: Window, key: str) -> bool:
        """Count one and return whether it is admitted."""

    def used_up(self, window: Window, key: str) -> bool:
        """Return whether the next hit is known to be refused; counts nothing."""

    def ends_in(self, window: Window, key: str) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""


class WindowMemory(Storage):
    """Fixed windows that begin with the first hit; exact under threads.

    A hit takes the next number of its window in one step of the interpreter, without a lock: a
    thread that holds one while it waits for the interpreter makes all the others queue.
    """

    def __init__(
        self,
        uri: str | None = None,
        clock: Callable[[], float] = time.time,
        keys_max: int = KEYS_MAX,
        **_options: str,
    ) -> None:
        super().__init__(uri)
        self._clock = clock
        self._keys_max = keys_max
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[Iterator[int], float]] = {}
        self._queues: dict[float, deque[tuple[float, str]]] = {}

    STORAGE_SCHEME = ["gauge-memory"]  # noqa: RUF012 - the library's own registration

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return the errors of the store itself: none is known, ValueError stands for them."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Return the count of ``key`` after adding; a new window lasts ``expiry`` seconds."""
        for _ in range(amount - 1):
            self.take(key, expiry)
        return self.take(key, expiry)

    def take(self, key: str, expiry: float) -> int:
        """Return the count of ``key`` after adding one, without the library's layers."""
        now = self._clock()
        key = self._counted_key(key)
        hits, end = self._counts.get(key, NO_WINDOW)
        if end <= now or end > now + expiry:  # over, or the clock was set back
            hits = self._begin(key, now, expiry)
        return next(hits)

    def _begin(self, key: str, now: float, expiry: float) -> Iterator[int]:
        """Return the hits of a new window, or of one that another thread began meanwhile."""
        with self._lock:
            hits, end = self._counts.get(key, NO_WINDOW)
            if end <= now or end > now + expiry:
                hits, end = iter(HITS), now + expiry
                queue = self._queues.setdefault(expiry, deque())
                self._drop_ended(queue, now)
                queue.append((end, key))
                self._counts[key] = hits, end
            return hits

    def _drop_ended(self, queue: deque[tuple[float, str]], now: float) -> None:
        for _ in range(ENDED_PER_STEP):
            if not queue or queue[0][0] > now:
                return
            end, key = queue.popleft()
            if self._counts.get(key, NO_WINDOW)[1] == end:
                del self._counts[key]

    def get(self, key: str) -> int:
        """Return the count of the present window."""
        hits, end = self._counts.get(self._counted_key(key), NO_WINDOW)
        return len(HITS) - length_hint(hits) if end > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window of ``key`` ends, in seconds since 1970; now where none runs."""
        return self._clock() + self.left(key)

    def left(self, key: str) -> float:
        """Return in how many seconds the window of ``key`` ends; 0 where none runs."""
        return max(0.0, self._counts.get(self._counted_key(key), NO_WINDOW)[1] - self._clock())

    def _counted_key(self, key: str) -> str:
        """Return the key itself, or past KEYS_MAX one that it shares with others."""
        if len(self._counts) < self._keys_max or key in self._counts:
            return key
        return f"shared:{hash(key) % SHARED_KEYS}"

    def check(self) -> bool:
        """Return True: memory is always there."""
        return True

    def reset(self) -> int:
        """Forget every count and return how many there were."""
        with self._lock:
            number = len(self._counts)
            self._counts.clear()
            self._queues.clear()
        return number

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._counts.pop(self._counted_key(key), None)

    def __len__(self) -> int:
        """Return how many counts are held, ended ones that were not dropped yet included."""
        return len(self._counts)


class WindowsInMemory:
    """Windows of one process, exact: the strategy of `limits` without its string keys."""

    def __init__(self, memory: WindowMemory) -> None:
        self._memory = memory

    def hit(self, window: Window, key: str) -> bool:
        """Count one and return whether it is admitted."""
        return self._memory.take(window.name + key, window.seconds) <= window.number

    def used_up(self, window: Window, key: str) -> bool:
        """Return whether the next hit is known to be refused; counts nothing."""
        return self._memory.get(window.name + key) >= window.number

    def ends_in(self, window: Window, key: str) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""
        return self._memory.left(window.name + key)
