"""Lock striping: 256 locks chosen by key hash, in place of one.

Why: with a single lock, a thread that waits for the interpreter while it holds the lock makes every
other one queue behind it, and the queue does not end while the service is busy.
"""

import threading

LOCKS = 256


class StripedLocks:
    """Lock striping: 256 locks chosen by key hash; a key always has the same one."""

    def __init__(self) -> None:
        self._locks = tuple(threading.Lock() for _ in range(LOCKS))

    def of(self, key: str | bytes) -> threading.Lock:
        """Return the lock of a key."""
        return self._locks[hash(key) % LOCKS]
