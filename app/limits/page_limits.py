"""The limit of pages as it is counted without the framework, one count with Flask-Limiter's.

Why: Flask-Limiter needs a request of the framework, which costs more than a trip look-up; and one
request may ask for several answers, each of which counts.
"""

import time

import structlog
from limits import RateLimitItem, parse
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from app.limits.client_networks import wider_networks
from app.limits.outcomes import LimitKind, LimitReached, WouldWait
from app.limits.pseudonyms import NETWORK, DailyPseudonyms
from app.limits.shared_memory import SharedLimits
from app.limits.windows import WindowStorage, WindowTable
from app.settings import Settings

KEY_PREFIX = "gauge-pages"
SCOPE = "global"  # of an application limit, as Flask-Limiter names it


class PageLimits:
    """Counts requests of a network and of those around it.

    table: memory in which pages are counted without Redis, by Flask-Limiter too.
    """

    def __init__(
        self, settings: Settings, key: bytes, redis: Redis | None, shared: SharedLimits | None
    ) -> None:
        """key: of the pseudonyms; shared: memory of this machine's workers, None of this one's."""
        self.table = WindowTable() if shared is None else shared.pages
        self._is_on = settings.limits == "on"
        self._pseudonyms = DailyPseudonyms(key)
        self._items = [parse(per_window(settings, times)) for times in (1, *settings.wider_times)]
        self._local = FixedWindowRateLimiter(WindowStorage(table=self.table))
        self._shared = None if redis is None else FixedWindowRateLimiter(_in(redis, settings))

    def admit(self, network: bytes, requests: int = 1, *, may_wait: bool = True) -> None:
        """Count so many requests of a network.

        Raises LimitReached; WouldWait, with nothing counted, where Redis must be asked and one may
        not wait.
        """
        if not self._is_on:
            return None
        if self._shared is None:
            return self._count(self._local, network, requests)
        if not may_wait:
            raise WouldWait
        try:
            return self._count(self._shared, network, requests)
        except RedisError:
            structlog.get_logger().warning("limits_store_gone")
        return self._count(self._local, network, requests)

    def key_of(self, network: bytes) -> str:
        """Return under what a network, or one around it, is counted today."""
        return self._pseudonyms.of(NETWORK, network).hex()

    def _count(self, limiter: FixedWindowRateLimiter, network: bytes, requests: int) -> None:
        for item, counted in zip(self._items, (network, *wider_networks(network)), strict=False):
            names = (KEY_PREFIX, self.key_of(counted), SCOPE)
            if not limiter.hit(item, *names, cost=requests):
                raise LimitReached(_wait(limiter, item, names), LimitKind.REQUESTS)


def per_window(settings: Settings, times: int = 1) -> str:
    """Return so many times the limit of a network, as the library `limits` writes it."""
    return f"{settings.network_pages * times} per {settings.network_pages_seconds} second"


def _in(redis: Redis, settings: Settings) -> Storage:
    uri = "" if settings.redis_url is None else settings.redis_url.get_secret_value()
    return RedisStorage(uri, connection_pool=redis.connection_pool)


def _wait(limiter: FixedWindowRateLimiter, item: RateLimitItem, names: tuple[str, ...]) -> float:
    """Return the seconds until the window ends, rounded up as Flask-Limiter does."""
    return int(limiter.get_window_stats(item, *names).reset_time + 1) - time.time()
