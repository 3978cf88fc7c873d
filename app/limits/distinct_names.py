"""Count the different names tried for one document: repeats are free.

A set of name pseudonyms is kept for each (document, network) and each document. Both limits are
judged in one step, and a refused name is in neither set, or trying it twice would admit it.

Threat: a document tried with many names keeps its owner out, or tells, by what is asked of the
next name, that the owner was here. Limit: past what is free a name is earned, not refused; only
repeats from the same network are free, so that a name tried elsewhere is met like any other; and
from which name on it must be earned everywhere differs from document to document and day to day.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from redis import Redis

NAME_PSEUDONYM_BYTES = 8
ADMITTED = 0
FULL = -1
PRESSURE_OF_NAMES = 4  # this many times the free names: as hard as it gets
NAMES_KEPT = 16  # this many times the free names of a document are remembered, no more


@dataclass(frozen=True, slots=True)
class NamesLimit:
    """How many different names are free here and everywhere, within ``seconds``.

    ceiling: how many are admitted here at all, the earned ones included; wider_times: how many
    times both numbers are of the networks around.
    """

    here: int
    everywhere: int
    seconds: int
    ceiling: int
    wider_times: tuple[int, ...] = ()

    def free_everywhere(self, document: bytes) -> int:
        """Return how many names of one document are free: between half of ``everywhere`` and all.

        document: its pseudonym of the day, which nobody outside can know.
        """
        return self.everywhere - document[0] * (self.everywhere // 2) // 256

    def pressure(self, names: int) -> float:
        """Return from 0 to 1 how far so many names tried everywhere are beyond the free ones."""
        return (names - self.everywhere / 2) / (PRESSURE_OF_NAMES * self.everywhere)


class NameAttempt(NamedTuple):
    """Pseudonyms of one name tried for a document.

    here: of the document and the network; everywhere: of the document; name: of document and name;
    wider: of the document and each network around.
    """

    here: bytes
    everywhere: bytes
    name: bytes
    wider: tuple[bytes, ...] = ()


class DistinctNames(Protocol):
    """Counts different names of a document."""

    def admits(self, attempt: NameAttempt, limit: NamesLimit, *, earned: bool = False) -> int:
        """Return ADMITTED; FULL at the ceiling here; else how many names were tried everywhere.

        The last, at least 1, means that this name must be earned.
        """


# KEYS: names here, names everywhere, where a name stands that was admitted locally first, names of
# each network around. ARGV: name, free here, free everywhere, ceiling here, most kept everywhere,
# whether earned (1 or 0), seconds left, that other name or "", how many times of each around.
ADMIT_SCRIPT = """
if ARGV[8] ~= '' then
  redis.call('SADD', KEYS[3], ARGV[8])
  redis.call('EXPIRE', KEYS[3], ARGV[7])
  if redis.call('SCARD', KEYS[2]) < tonumber(ARGV[5]) then
    redis.call('SADD', KEYS[2], ARGV[8])
    redis.call('EXPIRE', KEYS[2], ARGV[7])
  end
end
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 0 end
local here = redis.call('SCARD', KEYS[1])
if here >= tonumber(ARGV[4]) then return -1 end
local everywhere = redis.call('SCARD', KEYS[2])
local needs_proof = here >= tonumber(ARGV[2]) or everywhere >= tonumber(ARGV[3])
for place = 4, #KEYS do
  local around, times = redis.call('SCARD', KEYS[place]), tonumber(ARGV[place + 5])
  if around >= tonumber(ARGV[4]) * times then return -1 end
  if around >= tonumber(ARGV[2]) * times then needs_proof = true end
end
if ARGV[6] == '0' and needs_proof then return math.max(1, everywhere) end
for place = 1, #KEYS do
  local kept = place ~= 3 and (place ~= 2 or everywhere < tonumber(ARGV[5]))
  if kept then
    redis.call('SADD', KEYS[place], ARGV[1])
    redis.call('EXPIRE', KEYS[place], ARGV[7])
  end
end
return 0
"""


class NamesInRedis:
    """Sets in Redis, shared by several workers and machines; one round trip, atomic."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._admit: Any = redis.register_script(ADMIT_SCRIPT)

    def admits(
        self,
        attempt: NameAttempt,
        limit: NamesLimit,
        *,
        earned: bool = False,
        local_first: bytes = b"",
    ) -> int:
        """Return ADMITTED, FULL, or how many names were tried; raises redis.RedisError.

        local_first: pseudonyms of the same document here and of a name of it, which a worker
        admitted without asking Redis.
        """
        now = int(self._clock())
        window, passed = divmod(now, limit.seconds)
        prefix = b"gauge:names:%d:" % window
        return int(
            self._admit(
                keys=[
                    prefix + attempt.here,
                    prefix + attempt.everywhere,
                    prefix + local_first[:-NAME_PSEUDONYM_BYTES],
                    *[prefix + around for around in attempt.wider],
                ],
                args=[
                    attempt.name[:NAME_PSEUDONYM_BYTES],
                    limit.here,
                    limit.free_everywhere(attempt.everywhere),
                    limit.ceiling,
                    limit.everywhere * NAMES_KEPT,
                    int(earned),
                    limit.seconds - passed,
                    local_first[-NAME_PSEUDONYM_BYTES:],
                    *limit.wider_times[: len(attempt.wider)],
                ],
            )
        )
