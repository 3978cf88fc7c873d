"""Limits of actions, which are seldom: correction requests, sign-ins. Checks have leaner ones.

Without Redis, or while it is gone, they are counted in memory that all workers of a machine share;
where they share none, each admits its part and never less than one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from app.limits.client_networks import wider_networks
from app.limits.outcomes import LimitKind, LimitReached
from app.limits.pseudonyms import ACTION, DailyPseudonyms
from app.limits.shared_memory import SharedLimits
from app.limits.windows import WindowStorage
from app.settings import Settings

EVERYWHERE = b"everywhere"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many of one action in so many seconds (a day at most: pseudonyms change daily).

    kind: what a refusal tells of.
    """

    action: str
    number: int
    seconds: int
    kind: LimitKind = LimitKind.REQUESTS

    def part(self, processes: int) -> "Allowance":
        """Return what one of so many processes admits by itself."""
        return replace(self, number=max(1, self.number // processes))

    def item(self) -> RateLimitItemPerSecond:
        """Return the item that the `limits` library counts."""
        return RateLimitItemPerSecond(self.number, self.seconds, self.action)


@dataclass(frozen=True, slots=True)
class ActionStores:
    """Where actions are counted.

    redis: None for none; local: while there is none, None for the memory of one process; processes:
    how many count there, each for itself.
    """

    redis: Storage | None = None
    local: Storage | None = None
    processes: int = 1


class ActionLimits:
    """Counts actions by who does them; admits everything where limits are off."""

    def __init__(
        self,
        pseudonyms: DailyPseudonyms | None,
        stores: ActionStores | None = None,
        clock: Callable[[], float] = time.time,
        wider_times: tuple[int, ...] = (),
    ) -> None:
        """stores: None for the memory of this process.

        wider_times: how many times a network's allowance those around it have.
        """
        stores = stores or ActionStores()
        self._wider_times = wider_times
        self._processes = stores.processes
        self._pseudonyms = pseudonyms
        self._clock = clock
        self._local = stores.local or WindowStorage(clock=clock)
        self._shared = stores.redis

    def admit(self, allowance: Allowance, who: bytes) -> None:
        """Count one action of ``who`` (a network, an account, EVERYWHERE); raises LimitReached."""
        if self._pseudonyms is None:
            return None
        pseudonym = self.pseudonym(allowance, who).hex()
        if self._shared is not None:
            try:
                return self._count(self._shared, allowance, pseudonym, who)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._count(self._local, allowance.part(self._processes), pseudonym, who)

    def wait(self, allowance: Allowance, who: bytes) -> float:
        """Return in how many seconds the next action of ``who`` is admitted, 0.0 for now.

        Counts nothing.
        """
        if self._pseudonyms is None:
            return 0.0
        pseudonym = self.pseudonym(allowance, who).hex()
        if self._shared is not None:
            try:
                return self._wait(self._shared, allowance, pseudonym)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._wait(self._local, allowance.part(self._processes), pseudonym)

    def network_wait(self, allowance: Allowance, network: bytes, about: bytes = b"") -> float:
        """Return the longest wait of a network and of those around it, 0.0 for none."""
        waits = [self.wait(allowance, about + network)]
        for wider, times in zip(wider_networks(network), self._wider_times, strict=False):
            wide = replace(allowance, number=allowance.number * times)
            waits.append(self.wait(wide, about + wider))
        return max(waits)

    def pseudonym(self, allowance: Allowance, who: bytes) -> bytes:
        """Return under what ``who`` is counted today, 16 bytes; b"" where limits are off."""
        if self._pseudonyms is None:
            return b""
        return self._pseudonyms.of(ACTION, allowance.action.encode(), who)

    def admit_network(self, allowance: Allowance, network: bytes, about: bytes = b"") -> None:
        """Count one action of a network and of those around it; raises LimitReached.

        about: what tells this count from others of the same action.
        """
        self.admit(allowance, about + network)
        for wider, times in zip(wider_networks(network), self._wider_times, strict=False):
            self.admit(replace(allowance, number=allowance.number * times), about + wider)

    def forget(self, allowance: Allowance, who: bytes) -> None:
        """Forget how often ``who`` did this, and count anew."""
        if self._pseudonyms is None:
            return
        pseudonym = self.pseudonym(allowance, who).hex()
        FixedWindowRateLimiter(self._local).clear(allowance.part(self._processes).item(), pseudonym)
        if self._shared is not None:
            try:
                FixedWindowRateLimiter(self._shared).clear(allowance.item(), pseudonym)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")

    def _wait(self, storage: Storage, allowance: Allowance, pseudonym: str) -> float:
        item = allowance.item()
        if FixedWindowRateLimiter(storage).test(item, pseudonym):
            return 0.0
        return max(1.0, storage.get_expiry(item.key_for(pseudonym)) - self._clock())

    def _count(self, storage: Storage, allowance: Allowance, pseudonym: str, who: bytes) -> None:
        item = allowance.item()
        if not FixedWindowRateLimiter(storage).hit(item, pseudonym):
            kind = LimitKind.EVERYWHERE if who == EVERYWHERE else allowance.kind
            left = storage.get_expiry(item.key_for(pseudonym)) - self._clock()
            raise LimitReached(left, kind)


def action_limits(
    settings: Settings, key: bytes, redis: Redis | None, memory: SharedLimits | None = None
) -> ActionLimits:
    """Return the counters that the settings ask for.

    key: the key ``limits``; memory: of all workers of this machine; None: of this one alone.
    """
    if settings.limits == "off":
        return ActionLimits(None)
    local = None if memory is None else WindowStorage(table=memory.actions)
    stores = ActionStores(local=local)
    if redis is not None and settings.redis_url is not None:
        storage = RedisStorage(
            settings.redis_url.get_secret_value(),
            connection_pool=redis.connection_pool,
            key_prefix="gauge:actions",
        )
        stores = ActionStores(storage, local, settings.processes if memory is None else 1)
    return ActionLimits(DailyPseudonyms(key), stores, wider_times=settings.wider_times)
