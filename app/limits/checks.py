"""The limits of self-checks: per network, over all, and on the names tried for a document.

Used by the form and the API alike, on the hot path; nothing else guards these two routes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from app.limits.codes import DOCUMENT, NAME, NETWORK, NETWORK_AND_DOCUMENT, DailyCodes
from app.limits.distinct import (
    ADMITTED,
    FULL,
    DistinctNames,
    NamesInMemory,
    NamesInRedis,
    NamesLimit,
    NameTried,
)
from app.limits.earned import EarnedChecks
from app.limits.memory import WindowMemory
from app.limits.refusals import LimitReached, ProofNeeded, Purpose
from app.limits.shown import NOTHING, Means, Shown
from app.settings import Settings
from exposure_index.identity import Identity

REDIS_RETRY_SECONDS = 1.0
STRICTER_WITHOUT_REDIS = 2
EVERYWHERE = "all"


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
                part(settings.names_per_document_proven),
            ),
        )


class Counters:
    """One place where checks are counted: this process, or Redis."""

    def __init__(
        self, storage: Storage, names: DistinctNames, rates: CheckRates, earned: EarnedChecks
    ) -> None:
        self._windows = FixedWindowRateLimiter(storage)
        self._storage = storage
        self._names = names
        self._rates = rates
        self._earned = earned

    def count_network(self, code: str, now: float, shown: Shown) -> None:
        """Count one check; raises ProofNeeded past the free ones, LimitReached at a ceiling."""
        rates = self._rates
        if shown.means is not Means.NOTHING:
            self._earned.count(shown, code, now)
        elif not self._windows.hit(rates.network, code):
            raise self._earned.demand(code, self._ends_in(rates.network, code, now))
        if not self._windows.hit(rates.everywhere, EVERYWHERE):
            raise LimitReached(self._ends_in(rates.everywhere, EVERYWHERE, now))

    def count_name(self, tried: NameTried, now: float, shown: Shown) -> None:
        """Count one name of one document; raises ProofNeeded, or LimitReached at the ceiling."""
        limit = self._rates.names
        verdict = self._names.admits(tried, limit, earned=shown.covers_document(tried.everywhere))
        if verdict == ADMITTED:
            return
        window_ends = limit.seconds - now % limit.seconds
        if verdict == FULL:
            raise LimitReached(window_ends)
        pressure = limit.pressure(verdict)
        raise ProofNeeded(window_ends, Purpose.DOCUMENT, pressure, tried.everywhere)

    def _ends_in(self, item: RateLimitItemPerSecond, key: str, now: float) -> float:
        return self._storage.get_expiry(item.key_for(key)) - now


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

    def admit_network(self, network: bytes, shown: Shown = NOTHING) -> None:
        """Count one check of a network; raises ProofNeeded, or LimitReached at a ceiling."""
        now = self._clock()
        code = self._codes.code(NETWORK, network).hex()
        self._ask(lambda counters: counters.count_network(code, now, shown), now)

    def admit_identity(self, network: bytes, identity: Identity, shown: Shown = NOTHING) -> None:
        """Count one name tried for a document; a repeat from the same network is free.

        Raises ProofNeeded, or LimitReached at the ceiling.
        """
        now = self._clock()
        document = identity.document_encoded()
        tried = NameTried(
            here=self._codes.code(NETWORK_AND_DOCUMENT, network, document),
            everywhere=self._codes.code(DOCUMENT, document),
            name=self._codes.code(NAME, document, identity.name.encode()),
        )
        self._ask(lambda counters: counters.count_name(tried, now, shown), now)

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

    def admit_network(self, network: bytes, shown: Shown = NOTHING) -> None:
        """Admit."""

    def admit_identity(self, network: bytes, identity: Identity, shown: Shown = NOTHING) -> None:
        """Admit."""


def check_limits(settings: Settings, key: bytes, redis: Redis | None) -> CheckLimits:
    """Return the limits that the settings ask for; key: the key ``limits``."""
    if settings.limits == "off":
        return NoLimits()
    divisor = STRICTER_WITHOUT_REDIS if redis is not None else 1
    memory = WindowMemory()
    local = Counters(
        memory,
        NamesInMemory(),
        CheckRates.of(settings, divisor),
        EarnedChecks(memory, settings, divisor),
    )
    shared = None
    if redis is not None and settings.redis_url is not None:
        storage = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:limits",
        )
        earned = EarnedChecks(storage, settings)
        shared = Counters(storage, NamesInRedis(redis), CheckRates.of(settings), earned)
    return CheckLimits(DailyCodes(key), local, shared)
