"""Which proofs and tickets were used: each counts once, whichever worker sees it.

Kept until they expire, as 16-byte codes: in Redis where there is one, else in this process. While
Redis is gone every worker keeps its own, and one proof may count once a worker.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog
from redis import Redis, RedisError

CODE_BYTES = 16
KEPT_MAX = 500_000  # each was earned; past them nothing more is taken until some expire
REDIS_PREFIX = b"gauge:used:"


class UsedOnce:
    """Says of each code, once, that it is used for the first time."""

    def __init__(self, redis: Redis | None, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock
        self._lock = threading.Lock()
        self._known: set[bytes] = set()
        self._ends: deque[tuple[float, bytes]] = deque()

    def first_use(self, code: bytes, until: int) -> bool:
        """Return whether ``code`` was not used before; until: when it expires by itself."""
        seconds = max(1, until - int(self._clock()) + 1)
        if self._redis is not None:
            try:
                return bool(self._redis.set(REDIS_PREFIX + code, b"", nx=True, ex=seconds))
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._first_here(code, seconds)

    def _first_here(self, code: bytes, seconds: int) -> bool:
        now = self._clock()
        with self._lock:
            while self._ends and self._ends[0][0] <= now:
                self._known.discard(self._ends.popleft()[1])
            if code in self._known or len(self._known) >= KEPT_MAX:
                return False
            self._known.add(code)
            self._ends.append((now + seconds, code))
            return True
