"""Limits of what is done seldom: correction requests, sign-ins. Checks have their own, leaner ones.

Without Redis, or while it is gone, they are counted in process; each worker of a machine then
admits its part, and never less than one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from app.limits.memory import WindowMemory
from app.limits.outcomes import Limited, LimitReached
from app.limits.pseudonyms import ACTION, DailyCodes
from app.settings import Settings

EVERYWHERE = b"everywhere"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many of one action in so many seconds (a day at most: the codes change daily).

    limited: what a refusal tells of.
    """

    action: str
    number: int
    seconds: int
    limited: Limited = Limited.REQUESTS

    def part(self, processes: int) -> "Allowance":
        """Return what one of so many processes admits by itself."""
        return replace(self, number=max(1, self.number // processes))

    def item(self) -> RateLimitItemPerSecond:
        """Return it as the `limits` library counts it."""
        return RateLimitItemPerSecond(self.number, self.seconds, self.action)


class ActionLimits:
    """Counts actions by who does them; admits everything where limits are off."""

    def __init__(
        self,
        codes: DailyCodes | None,
        shared: Storage | None = None,
        clock: Callable[[], float] = time.time,
        processes: int = 1,
    ) -> None:
        """processes: how many count here, each for itself, while ``shared`` is gone."""
        self._processes = processes
        self._codes = codes
        self._clock = clock
        self._local: Storage = WindowMemory(clock=clock)
        self._shared = shared

    def admit(self, allowance: Allowance, who: bytes) -> None:
        """Count one action of ``who`` (a network, an account, EVERYWHERE); raises LimitReached."""
        if self._codes is None:
            return None
        code = self._codes.code(ACTION, allowance.action.encode(), who).hex()
        if self._shared is not None:
            try:
                return self._count(self._shared, allowance, code, who)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._count(self._local, allowance.part(self._processes), code, who)

    def forget(self, allowance: Allowance, who: bytes) -> None:
        """Begin to count an action of ``who`` anew."""
        if self._codes is None:
            return
        code = self._codes.code(ACTION, allowance.action.encode(), who).hex()
        FixedWindowRateLimiter(self._local).clear(allowance.part(self._processes).item(), code)
        if self._shared is not None:
            try:
                FixedWindowRateLimiter(self._shared).clear(allowance.item(), code)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")

    def _count(self, storage: Storage, allowance: Allowance, code: str, who: bytes) -> None:
        item = allowance.item()
        if not FixedWindowRateLimiter(storage).hit(item, code):
            limited = Limited.EVERYWHERE if who == EVERYWHERE else allowance.limited
            left = storage.get_expiry(item.key_for(code)) - self._clock()
            raise LimitReached(left, limited)


def action_limits(settings: Settings, key: bytes, redis: Redis | None) -> ActionLimits:
    """Return the counters that the settings ask for; key: the key ``limits``."""
    if settings.limits == "off":
        return ActionLimits(None)
    shared = None
    if redis is not None and settings.redis_url is not None:
        shared = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:actions",
        )
    return ActionLimits(DailyCodes(key), shared, processes=settings.processes)
