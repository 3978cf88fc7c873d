"""The limits of self-checks: per network, over all, and on the names tried for a document.

Used by the form and the API alike, on the hot path; nothing else guards these two routes.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from app.limits.codes import DOCUMENT, NAME, NETWORK, NETWORK_AND_DOCUMENT, DailyCodes
from app.limits.distinct import DistinctNames, NamesInMemory, NamesInRedis, NamesLimit
from app.limits.memory import WindowMemory
from app.settings import Settings
from exposure_index.identity import Identity

REDIS_RETRY_SECONDS = 1.0
STRICTER_WITHOUT_REDIS = 2
EVERYWHERE = "all"


class LimitReached(Exception):
    """Too much was asked; ``retry_after`` is in whole seconds, at least 1."""

    def __init__(self, retry_after: float) -> None:
        super().__init__()
        self.retry_after = max(1, math.ceil(retry_after))


@dataclass(frozen=True, slots=True)
class CheckRates:
    """What is admitted."""

    network: RateLimitItemPerSecond
    everywhere: RateLimitItemPerSecond
    names: NamesLimit

    @classmethod
    def of(cls, settings: Settings, divisor: int = 1) -> "CheckRates":
        """Return the rates of the settings, each divided and never below 1."""

        def part(number: int) -> int:
            return max(1, number // divisor)

        return cls(
            network=RateLimitItemPerSecond(
                part(settings.network_checks), settings.network_checks_seconds, "network"
            ),
            everywhere=RateLimitItemPerSecond(part(settings.checks_per_second), 1, "checks"),
            names=NamesLimit(
                part(settings.names_per_document),
                part(settings.names_per_document_everywhere),
                settings.names_seconds,
            ),
        )


class Counters:
    """One place where checks are counted: this process, or Redis."""

    def __init__(self, storage: Storage, names: DistinctNames, rates: CheckRates) -> None:
        self._windows = FixedWindowRateLimiter(storage)
        self._storage = storage
        self._names = names
        self._rates = rates

    def count_network(self, code: str, now: float) -> None:
        """Count one check; raises LimitReached."""
        rates = self._rates
        for item, key in ((rates.network, code), (rates.everywhere, EVERYWHERE)):
            if not self._windows.hit(item, key):
                raise LimitReached(self._storage.get_expiry(item.key_for(key)) - now)

    def count_name(self, here: bytes, everywhere: bytes, name: bytes, now: float) -> None:
        """Count one name of one document; raises LimitReached."""
        limit = self._rates.names
        if not self._names.admits(here, everywhere, name, limit):
            raise LimitReached(limit.seconds - now % limit.seconds)


class CheckLimits:
    """Asks Redis where there is one; while it is gone, counts here and admits half as much."""

    def __init__(
        self,
        codes: DailyCodes,
        local: Counters,
        shared: Counters | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._codes = codes
        self._local = local
        self._shared = shared
        self._clock = clock
        self._shared_again_at = 0.0

    @property
    def degraded(self) -> bool:
        """Whether Redis is configured and was gone when last asked."""
        return self._shared is not None and self._clock() < self._shared_again_at

    def admit_network(self, network: bytes) -> None:
        """Count one check of a network; raises LimitReached."""
        now = self._clock()
        code = self._codes.code(NETWORK, network).hex()
        self._ask(lambda counters: counters.count_network(code, now), now)

    def admit_identity(self, network: bytes, identity: Identity) -> None:
        """Count one name tried for a document; raises LimitReached; a repeat is free."""
        now = self._clock()
        document = identity.document_encoded()
        here = self._codes.code(NETWORK_AND_DOCUMENT, network, document)
        everywhere = self._codes.code(DOCUMENT, document)
        name = self._codes.code(NAME, document, identity.name.encode())
        self._ask(lambda counters: counters.count_name(here, everywhere, name, now), now)

    def _ask(self, count: Callable[[Counters], None], now: float) -> None:
        if self._shared is not None and now >= self._shared_again_at:
            try:
                return count(self._shared)
            except RedisError:
                self._shared_again_at = now + REDIS_RETRY_SECONDS
                structlog.get_logger().warning("limits_store_gone")
        return count(self._local)


class NoLimits(CheckLimits):
    """GAUGE_LIMITS=off: everything is admitted."""

    def __init__(self) -> None:
        self.reason = "off"

    @property
    def degraded(self) -> bool:
        """Return False."""
        return False

    def admit_network(self, network: bytes) -> None:
        """Admit."""

    def admit_identity(self, network: bytes, identity: Identity) -> None:
        """Admit."""


def check_limits(settings: Settings, key: bytes, redis: Redis | None) -> CheckLimits:
    """Return the limits that the settings ask for; key: the key ``limits``."""
    if settings.limits == "off":
        return NoLimits()
    divisor = STRICTER_WITHOUT_REDIS if redis is not None else 1
    local = Counters(WindowMemory(), NamesInMemory(), CheckRates.of(settings, divisor))
    shared = None
    if redis is not None and settings.redis_url is not None:
        storage = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:limits",
        )
        shared = Counters(storage, NamesInRedis(redis), CheckRates.of(settings))
    return CheckLimits(DailyCodes(key), local, shared)
