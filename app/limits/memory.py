"""Counters in the memory of one process, as a storage of the `limits` library.

The library's own memory storage walks through every key a hundred times a second; a service that
counts a million networks cannot afford that. Here each count carries the end of its window, and
every new key lets at most a few ended ones go, so that work and memory stay in proportion. Past
MOST_KEYS new keys share places: a flood of networks makes the limits of new ones stricter, and
takes no more memory.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import count

from limits.storage import Storage

ENDED_PER_STEP = 4
MOST_KEYS = 200_000
SHARED_PLACES = 4_096
NOTHING: "tuple[count[int], float]" = (count(1), 0.0)  # of a key without a window; never taken from


class WindowMemory(Storage):
    """Fixed windows that begin with the first hit; exact under threads.

    A hit takes the next number of its window in one step of the interpreter, without a lock: a
    thread that holds one while it waits for the interpreter makes all the others queue.
    """

    def __init__(
        self,
        uri: str | None = None,
        clock: Callable[[], float] = time.time,
        most_keys: int = MOST_KEYS,
        **_options: str,
    ) -> None:
        super().__init__(uri)
        self._clock = clock
        self._most_keys = most_keys
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[count[int], float]] = {}
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
        key = self._place(key)
        hits, end = self._counts.get(key, NOTHING)
        if end <= now or end > now + expiry:  # over, or the clock was set back
            hits = self._begun(key, now, expiry)
        return next(hits)

    def _begun(self, key: str, now: float, expiry: float) -> "count[int]":
        """Return the hits of a new window, or of one that another thread began meanwhile."""
        with self._lock:
            hits, end = self._counts.get(key, NOTHING)
            if end <= now or end > now + expiry:
                hits, end = count(1), now + expiry
                queue = self._queues.setdefault(expiry, deque())
                self._let_go(queue, now)
                queue.append((end, key))
                self._counts[key] = hits, end
            return hits

    def _let_go(self, queue: deque[tuple[float, str]], now: float) -> None:
        for _ in range(ENDED_PER_STEP):
            if not queue or queue[0][0] > now:
                return
            end, key = queue.popleft()
            if self._counts.get(key, NOTHING)[1] == end:
                del self._counts[key]

    def get(self, key: str) -> int:
        """Return the count of the present window."""
        hits, end = self._counts.get(self._place(key), NOTHING)
        return _reached(hits) if end > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window of ``key`` ends, in seconds since 1970; now where none runs."""
        return self._clock() + self.left(key)

    def left(self, key: str) -> float:
        """Return in how many seconds the window of ``key`` ends; 0 where none runs."""
        return max(0.0, self._counts.get(self._place(key), NOTHING)[1] - self._clock())

    def _place(self, key: str) -> str:
        if len(self._counts) < self._most_keys or key in self._counts:
            return key
        return f"shared:{hash(key) % SHARED_PLACES}"

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
        self._counts.pop(self._place(key), None)

    def __len__(self) -> int:
        """Return how many counts are held, ended ones that were not let go yet included."""
        return len(self._counts)


def _reached(hits: "count[int]") -> int:
    """Return how many were taken, without taking one."""
    return int(repr(hits).removeprefix("count(").removesuffix(")")) - 1
