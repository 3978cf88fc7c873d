"""Replay guard: each proof and each one-time code counts once, whichever worker sees it.

What was claimed is kept until it expires, under an identifier that tells nothing: in Redis where
there is one, else in this process. While Redis is gone every worker keeps its own, and one proof
may count once a worker.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog
from redis import Redis, RedisError

CLAIMS_MAX = 500_000  # each was earned; past them nothing more is taken until some expire
REDIS_PREFIX = b"gauge:used:"


class ReplayGuard:
    """Lets each proof be claimed once."""

    def __init__(self, redis: Redis | None, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock
        self._lock = threading.Lock()
        self._claims: set[bytes] = set()
        self._ends: deque[tuple[float, bytes]] = deque()

    def claim(self, proof_id: bytes, until: int) -> bool:
        """Return True on the first use of a proof; until: when it expires by itself."""
        seconds = max(1, until - int(self._clock()) + 1)
        if self._redis is not None:
            try:
                return bool(self._redis.set(REDIS_PREFIX + proof_id, b"", nx=True, ex=seconds))
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._claim_here(proof_id, seconds)

    def _claim_here(self, proof_id: bytes, seconds: int) -> bool:
        now = self._clock()
        with self._lock:
            while self._ends and self._ends[0][0] <= now:
                self._claims.discard(self._ends.popleft()[1])
            if proof_id in self._claims or len(self._claims) >= CLAIMS_MAX:
                return False
            self._claims.add(proof_id)
            self._ends.append((now + seconds, proof_id))
            return True
