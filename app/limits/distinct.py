"""How many different names were tried for one document: repeats are free.

A set of name codes is kept for each (document, network) and each document. Both limits are
asked in one step, and a refused name is in neither set, or trying it twice would admit it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from redis import Redis

NAME_CODE_BYTES = 8


@dataclass(frozen=True, slots=True)
class NamesLimit:
    """How many different names are admitted here and everywhere, within ``seconds``."""

    here: int
    everywhere: int
    seconds: int


class DistinctNames(Protocol):
    """Counts different names of a document."""

    def admits(self, here: bytes, everywhere: bytes, name: bytes, limit: NamesLimit) -> bool:
        """Return whether ``name`` was seen before or still fits under both limits."""


class NamesInMemory:
    """The sets of one process; all are forgotten when the window ends."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = -1
        self._names: dict[bytes, tuple[bytes, ...]] = {}

    def admits(self, here: bytes, everywhere: bytes, name: bytes, limit: NamesLimit) -> bool:
        """Return whether ``name`` was seen before or still fits under both limits."""
        window = int(self._clock()) // limit.seconds
        short = name[:NAME_CODE_BYTES]
        with self._lock:
            if window != self._window:
                self._window, self._names = window, {}
            tried_here = self._names.get(here, ())
            if short in tried_here:
                return True
            tried_everywhere = self._names.get(everywhere, ())
            is_new = short not in tried_everywhere
            if len(tried_here) >= limit.here:
                return False
            if is_new and len(tried_everywhere) >= limit.everywhere:
                return False
            self._names[here] = (*tried_here, short)
            if is_new:
                self._names[everywhere] = (*tried_everywhere, short)
            return True


# KEYS: names here, names everywhere. ARGV: name, limit here, limit everywhere, seconds left.
ADMIT_SCRIPT = """
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
local is_new = redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 0
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
if is_new and redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[4])
if is_new then
  redis.call('SADD', KEYS[2], ARGV[1])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
return 1
"""


class NamesInRedis:
    """The same sets in Redis, for several workers and machines; one round trip, atomic."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._admit: Any = redis.register_script(ADMIT_SCRIPT)

    def admits(self, here: bytes, everywhere: bytes, name: bytes, limit: NamesLimit) -> bool:
        """Return whether ``name`` was seen before or still fits; raises redis.RedisError."""
        now = int(self._clock())
        window, passed = divmod(now, limit.seconds)
        prefix = b"gauge:names:%d:" % window
        return bool(
            self._admit(
                keys=[prefix + here, prefix + everywhere],
                args=[name[:NAME_CODE_BYTES], limit.here, limit.everywhere, limit.seconds - passed],
            )
        )
