"""Replay guard: each proof and each one-time code counts once, whichever worker sees it.

What was claimed is kept until it expires, under an identifier that tells nothing: in Redis where
there is one, else in memory that all workers of a machine share. While Redis is gone every machine
keeps its own, and one proof may count once a machine.
"""

import time
from collections.abc import Callable
from hashlib import sha256

import structlog
from redis import Redis, RedisError

from app.limits.windows import KEY_BYTES, WindowTable

REDIS_PREFIX = b"gauge:used:"


class ReplayGuard:
    """Lets each proof be claimed once."""

    def __init__(
        self,
        redis: Redis | None,
        clock: Callable[[], float] = time.time,
        claims: WindowTable | None = None,
    ) -> None:
        """claims: memory of all workers of this machine; None: of this one alone."""
        self._redis = redis
        self._clock = clock
        self._claims = claims or WindowTable()

    def claim(self, proof_id: bytes, until: int) -> bool:
        """Return True on the first use of a proof; until: when it expires by itself.

        Where memory is full nothing more is taken until something expires: each claim was earned.
        """
        now = self._clock()
        seconds = max(1, until - int(now) + 1)
        if self._redis is not None:
            try:
                return bool(self._redis.set(REDIS_PREFIX + proof_id, b"", nx=True, ex=seconds))
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._claims.claim(sha256(proof_id).digest()[:KEY_BYTES], seconds, now)
