"""What happens to limits while Redis is gone: they are counted in the process that is asked.

Limits get stricter, and nobody is let through uncounted; a proof may then count once a worker
(``app/proofs/replay_guard.py``).
Self-checks (``check_limiter``): all workers of this machine together admit half as much, each an
equal part of it and never less than one; how many machines there are is not known. Redis is asked
again after a second. Actions (``actions``): each worker admits its part, and Redis is asked each
time. Pages (``pages``): each worker counts in full, by Flask-Limiter's own fallback. `/readyz` and
the metrics say that limits are local (``CheckLimits.degraded``).
"""

import time

import structlog
from redis import Redis, RedisError

REDIS_RETRY_SECONDS = 1.0
STRICTER_WITHOUT_REDIS = 2


class RedisFallback:
    """Tells whether Redis is asked now: not while none is configured, or just after it failed."""

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._asked_again_at = 0.0  # by the machine's ticks: a clock set back delays nothing

    def asks_redis(self) -> bool:
        """Return whether to count in Redis."""
        return self._redis is not None and time.monotonic() >= self._asked_again_at

    def note_failure(self) -> None:
        """Count in this process for a while, and say so in the log."""
        self._asked_again_at = time.monotonic() + REDIS_RETRY_SECONDS
        structlog.get_logger().warning("limits_store_gone")

    def degraded(self) -> bool:
        """Return whether Redis is configured and does not answer now.

        Asked anew each time, since most checks get along without Redis and would not notice.
        """
        if self._redis is None:
            return False
        try:
            self._redis.ping()
        except RedisError:
            self.note_failure()
            return True
        self._asked_again_at = 0.0
        return False
