"""The limits of self-checks: per network, over all, and on the names tried for a document.

Used by the form and the API alike, on the hot path; nothing else guards these two routes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from limits.storage import RedisStorage
from redis import Redis, RedisError

from app.limits.admission_proof import NOTHING, Means, Shown
from app.limits.distinct_names import (
    ADMITTED,
    FULL,
    DistinctNames,
    NameAttempt,
    NamesInMemory,
    NamesInRedis,
    NamesLimit,
)
from app.limits.earned import EarnedChecks
from app.limits.leases import LeasedWindows
from app.limits.local_first_names import LocalFirstNames
from app.limits.memory import WindowMemory
from app.limits.outcomes import Limited, LimitReached, ProofNeeded, Purpose
from app.limits.pseudonyms import DOCUMENT, NAME, NETWORK, NETWORK_AND_DOCUMENT, DailyCodes
from app.limits.windows import Window, Windows, WindowsInMemory
from app.settings import Settings
from exposure_index.identity.canonical import Identity

REDIS_RETRY_SECONDS = 1.0
STRICTER_WITHOUT_REDIS = 2
EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class CheckRates:
    """What is admitted."""

    network: Window
    everywhere: Window
    names: NamesLimit

    @classmethod
    def of(cls, settings: Settings, divisor: int = 1) -> "CheckRates":
        """Return the rates of the settings, each divided and never below 1."""

        def part(number: int) -> int:
            return max(1, number // divisor)

        return cls(
            network=Window(
                "network", part(settings.network_checks), settings.network_checks_seconds
            ),
            everywhere=Window("checks", part(settings.checks_per_second), 1),
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
        self, windows: Windows, names: DistinctNames, rates: CheckRates, earned: EarnedChecks
    ) -> None:
        self._windows = windows
        self._names = names
        self._rates = rates
        self._earned = earned

    def count_network(self, code: str, now: float, shown: Shown) -> None:
        """Count one check; raises ProofNeeded past the free ones, LimitReached at a ceiling."""
        rates = self._rates
        if shown.means is not Means.NOTHING:
            self._earned.count(shown, code, now)
        elif not self._windows.hit(rates.network, code):
            raise self._earned.demand(code, self._windows.ends_in(rates.network, code))
        if not self._windows.hit(rates.everywhere, EVERYWHERE):
            raise LimitReached(
                self._windows.ends_in(rates.everywhere, EVERYWHERE), Limited.EVERYWHERE
            )

    def count_name(self, attempt: NameAttempt, now: float, shown: Shown) -> None:
        """Count one name of one document; raises ProofNeeded, or LimitReached at the ceiling."""
        limit = self._rates.names
        verdict = self._names.admits(
            attempt, limit, earned=shown.covers_document(attempt.everywhere)
        )
        if verdict == ADMITTED:
            return
        window_ends = limit.seconds - now % limit.seconds
        if verdict == FULL:
            raise LimitReached(window_ends, Limited.DOCUMENT)
        pressure = limit.pressure(verdict)
        raise ProofNeeded(window_ends, Purpose.DOCUMENT, pressure, attempt.everywhere)


class CheckLimits:
    """Asks Redis where there is one; while it is gone, counts here.

    All workers of this machine together then admit half as much: each an equal part of it, and
    never less than one. How many machines there are is not known; each admits its half.
    """

    def __init__(
        self,
        codes: DailyCodes,
        local: Counters,
        shared: Counters | None = None,
        redis: Redis | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """shared: the counters in ``redis``."""
        self._codes = codes
        self._local = local
        self._shared = shared or local
        self._redis = redis
        self._clock = clock
        self._shared_again_at = 0.0  # by the machine's ticks: a clock set back delays nothing

    @property
    def degraded(self) -> bool:
        """Whether Redis is configured and does not answer now.

        Asked anew each time, since most checks get along without Redis and would not notice.
        """
        if self._redis is None:
            return False
        try:
            self._redis.ping()
        except RedisError:
            self._go_on_without()
            return True
        self._shared_again_at = 0.0
        return False

    def admit_network(self, network: bytes, shown: Shown = NOTHING) -> None:
        """Count one check of a network; raises ProofNeeded, or LimitReached at a ceiling."""
        now = self._clock()
        code = self._codes.code_of(NETWORK + network).hex()
        if self._asks_redis():
            try:
                return self._shared.count_network(code, now, shown)
            except RedisError:
                self._go_on_without()
        return self._local.count_network(code, now, shown)

    def admit_identity(self, network: bytes, identity: Identity, shown: Shown = NOTHING) -> None:
        """Count one name tried for a document; a repeat from the same network is free.

        Raises ProofNeeded, or LimitReached at the ceiling.
        """
        now = self._clock()
        codes, document = self._codes, identity.document_encoded()
        attempt = NameAttempt(
            here=codes.code_of(NETWORK_AND_DOCUMENT + document + network),
            everywhere=codes.code_of(DOCUMENT + document),
            name=codes.code_of(NAME + document + identity.name.encode()),
        )
        if self._asks_redis():
            try:
                return self._shared.count_name(attempt, now, shown)
            except RedisError:
                self._go_on_without()
        return self._local.count_name(attempt, now, shown)

    def _asks_redis(self) -> bool:
        return self._redis is not None and time.monotonic() >= self._shared_again_at

    def _go_on_without(self) -> None:
        self._shared_again_at = time.monotonic() + REDIS_RETRY_SECONDS
        structlog.get_logger().warning("limits_store_gone")


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
    divisor = 1 if redis is None else STRICTER_WITHOUT_REDIS * settings.processes
    memory = WindowMemory()
    local = Counters(
        WindowsInMemory(memory),
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
        names = LocalFirstNames(NamesInRedis(redis))
        shared = Counters(LeasedWindows(redis), names, CheckRates.of(settings), earned)
    return CheckLimits(DailyCodes(key), local, shared, redis)
