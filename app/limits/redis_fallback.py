"""What happens to limits while Redis is gone, full or read-only: the machine that is asked counts.

Limits get stricter, and nobody is let through uncounted; a proof may then count once a machine
(``app/proofs/replay_guard.py``).
Self-checks (``check_limiter``): all workers of this machine together admit half as much, in memory
that they share; where they share none each counts an equal part of it, never less than one. How
many machines there are is not known. Redis is asked again after a second. Actions (``actions``):
the workers of a machine admit the number together, and Redis is asked each time. Pages (``pages``):
each worker counts in full, by Flask-Limiter's own fallback. `/readyz` and the metrics say that
limits are local, and why (``CheckLimits.fault``).
"""

import time

import structlog
from redis import Redis, RedisError
from redis.exceptions import ConnectionError as RedisUnreachable
from redis.exceptions import OutOfMemoryError, ReadOnlyError
from redis.exceptions import TimeoutError as RedisSilent

REDIS_RETRY_SECONDS = 1.0
STRICTER_WITHOUT_REDIS = 2
PROBE_KEY = b"gauge:limits:probe"
PROBE_SECONDS = 60
REASONS: tuple[tuple[type[RedisError], str], ...] = (
    (RedisUnreachable, "redis_unreachable"),
    (RedisSilent, "redis_unreachable"),
    (OutOfMemoryError, "redis_full"),
    (ReadOnlyError, "redis_read_only"),
    (RedisError, "redis_refuses"),
)


class RedisFallback:
    """Tells whether Redis is asked now: not while none is configured, or just after it failed."""

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._asked_again_at = 0.0  # by the machine's ticks: a clock set back delays nothing

    def asks_redis(self) -> bool:
        """Return whether to count in Redis."""
        return self._redis is not None and time.monotonic() >= self._asked_again_at

    def note_failure(self, error: RedisError) -> None:
        """Count in this process for a while, and say so in the log."""
        self._asked_again_at = time.monotonic() + REDIS_RETRY_SECONDS
        structlog.get_logger().warning("limits_store_gone", reason=fault_of(error))

    def fault(self) -> str:
        """Return why Redis, which is configured, cannot count now; "" where it can.

        Asked anew each time, since most checks get along without Redis and would not notice. A key
        is written: Redis that is full, or a replica, still answers whoever only reads.
        """
        if self._redis is None:
            return ""
        try:
            self._redis.set(PROBE_KEY, b"", ex=PROBE_SECONDS)
        except RedisError as error:
            self.note_failure(error)
            return fault_of(error)
        self._asked_again_at = 0.0
        return ""


def fault_of(error: RedisError) -> str:
    """Return the reason of `/readyz` for an error of Redis."""
    return next(reason for kind, reason in REASONS if isinstance(error, kind))
