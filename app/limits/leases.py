"""Lease permits of windows from Redis, so that many workers hardly ever ask it.

A worker admits the first hit of a key by itself. With the second it tells Redis of the first and
takes a lease of some more; those it admits without asking again. What is leased is counted as
used, so that all workers together admit no more than the window's number, and the one first hit of
each worker that never asks. Leases grow smaller as the number is reached, so that little is left
unused in other workers' hands. Windows end by the clock of Redis; those of the machines do not
matter.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from redis import Redis, RedisError

from app.limits.generational_cache import GenerationalCache
from app.limits.outcomes import WouldWait
from app.limits.striped_locks import StripedLocks
from app.limits.windows import Window

LEASE_SHARE = 64  # the largest lease is this part of the window's number
LAST_SHARE = 8  # and never more than this part of what is left

# KEYS: the count. ARGV: hits unknown to Redis, largest lease, number, seconds, LAST_SHARE.
# Returns how many are leased and when the window ends, in milliseconds from now.
LEASE_SCRIPT = """
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local ends = redis.call('PTTL', KEYS[1])
if ends < 0 then
  used = 0
  ends = tonumber(ARGV[4]) * 1000
end
used = used + tonumber(ARGV[1])
local left = tonumber(ARGV[3]) - used
local lease = math.min(tonumber(ARGV[2]), math.max(1, math.floor(left / tonumber(ARGV[5]))))
lease = math.max(0, math.min(lease, left))
redis.call('SET', KEYS[1], used + lease, 'PX', math.max(1, ends))
return {lease, ends}
"""


@dataclass(slots=True)
class _Lease:
    """permits: left to admit; local_first: hits that Redis does not know of; ends: by the machine's
    own ticks; used_up: whether Redis had none left.

    One permit is taken, or given back, by one step of the interpreter, so that this needs no lock.
    """

    ends: float
    permits: deque[None] = field(default_factory=deque)
    local_first: int = 1
    used_up: bool = False


class LeasedWindows:
    """Counts the windows of one worker among several, on one or more machines."""

    def __init__(
        self, redis: Redis, ticks: Callable[[], float] = time.monotonic, prefix: str = "gauge:lease"
    ) -> None:
        self._script: Any = redis.register_script(LEASE_SCRIPT)
        self._ticks = ticks
        self._prefix = prefix
        self._locks = StripedLocks()
        self._leases: GenerationalCache[_Lease] = GenerationalCache()

    def hit(self, window: Window, key: bytes, *, may_wait: bool = True) -> bool:
        """Count one and return whether it is admitted.

        Raises redis.RedisError; WouldWait, with nothing counted, where Redis must be asked and one
        may not wait.
        """
        place = window.name.encode() + key
        now = self._ticks()
        lease = self._leases.get(place)
        if lease is None or lease.ends <= now:
            with self._locks.of(place):
                lease = self._leases.get(place)
                if lease is None or lease.ends <= now:
                    self._leases.put(place, _Lease(now + window.seconds))
                    return True
        try:
            lease.permits.pop()
        except IndexError:
            pass
        else:
            return True
        if lease.used_up:
            return False
        if not may_wait:
            raise WouldWait
        with self._locks.of(place):
            local_first, lease.local_first = lease.local_first, 0
        # Not under the lock: the others need not wait for Redis; they may take leases of their own.
        return self._renew(lease, window, key, local_first)

    def give_back(self, window: Window, key: bytes) -> None:
        """Let one hit that was admitted be admitted again, in the same window."""
        lease = self._leases.get(window.name.encode() + key)
        if lease is not None:
            lease.permits.append(None)

    def used_up(self, window: Window, key: bytes) -> bool:
        """Return whether the next hit is known to be refused; asks nobody."""
        lease = self._leases.get(window.name.encode() + key)
        return lease is not None and lease.used_up and lease.ends > self._ticks()

    def ends_in(self, window: Window, key: bytes) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""
        lease = self._leases.get(window.name.encode() + key)
        return max(0.0, lease.ends - self._ticks()) if lease else 0.0

    def _renew(self, lease: _Lease, window: Window, key: bytes, local_first: int) -> bool:
        most = max(1, window.number // LEASE_SHARE)
        lock = self._locks.of(window.name.encode() + key)
        try:
            permits, ends = self._script(
                keys=[f"{self._prefix}:{window.name}:{key.hex()}"],
                args=[local_first, most, window.number, window.seconds, LAST_SHARE],
            )
        except RedisError:
            with lock:
                lease.local_first += local_first
            raise
        with lock:
            ends = self._ticks() + ends / 1000
            if ends > lease.ends + window.seconds / 2:  # into a new window nothing is carried
                lease.permits.clear()
            lease.permits.extend(repeat(None, permits - 1))
            lease.ends = ends
            lease.used_up = permits == 0
        return bool(permits)


class LeasesAtHand:
    """The leases of a worker for one request that may not wait; what it took can be given back."""

    def __init__(self, leases: LeasedWindows) -> None:
        self._leases = leases
        self._hits: list[tuple[Window, bytes]] = []

    def hit(self, window: Window, key: bytes) -> bool:
        """Count one and return whether it is admitted. Raises WouldWait."""
        admitted = self._leases.hit(window, key, may_wait=False)
        if admitted:
            self._hits.append((window, key))
        return admitted

    def give_back(self) -> None:
        """Let everything that was counted be as if it had not been."""
        for window, key in self._hits:
            self._leases.give_back(window, key)

    def used_up(self, window: Window, key: bytes) -> bool:
        """Return whether the next hit is known to be refused; asks nobody."""
        return self._leases.used_up(window, key)

    def ends_in(self, window: Window, key: bytes) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""
        return self._leases.ends_in(window, key)
