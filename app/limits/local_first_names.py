"""Local-first counting of names: most people have one, so Redis is hardly asked.

A worker admits the first name of a document by itself and tells Redis of it with the second. So
each worker may admit one name of a document, in a window, that Redis does not know of; repeats of
what was admitted stay free without asking.
"""

import time
from collections.abc import Callable

from redis import RedisError

from app.limits.distinct_names import (
    ADMITTED,
    NAME_PSEUDONYM_BYTES,
    NameAttempt,
    NamesInRedis,
    NamesLimit,
)
from app.limits.generational_cache import GenerationalCache
from app.limits.outcomes import WouldWait
from app.limits.sketched_cache import SKETCHED_GENERATION_ENTRIES, SketchedCache
from app.limits.striped_locks import StripedLocks

IN_REDIS = b"in redis"  # no pseudonyms: those are longer


class LocalFirstNames:
    """Counts the names of one worker among several, on one or more machines, before Redis does."""

    def __init__(
        self,
        redis: NamesInRedis,
        clock: Callable[[], float] = time.time,
        generation: int = SKETCHED_GENERATION_ENTRIES,
    ) -> None:
        self._redis = redis
        self._clock = clock
        self._locks = StripedLocks()
        self._window = -1
        # name here → the same
        self._admitted: GenerationalCache[bytes] = GenerationalCache()
        # document → its first name here, which Redis does not know of; or IN_REDIS
        self._first: SketchedCache[bytes] = SketchedCache(lambda _: 1, generation)

    def admits(
        self,
        attempt: NameAttempt,
        limit: NamesLimit,
        *,
        earned: bool = False,
        may_wait: bool = True,
    ) -> int:
        """Return ADMITTED, FULL, or how many names were tried.

        Raises redis.RedisError; WouldWait, with nothing counted, where Redis must be asked and one
        may not wait.
        """
        window = int(self._clock()) // limit.seconds
        here = attempt.here + attempt.name[:NAME_PSEUDONYM_BYTES]
        if window != self._window:
            self._window = window
            self._admitted.clear()
            self._first.clear()
        if self._admitted.get(here) is not None:
            return ADMITTED
        with self._locks.of(attempt.everywhere):
            first = self._first.get(attempt.everywhere)
            if first is None and self._first.size_let_go(attempt.everywhere):
                first = IN_REDIS  # it may be, and Redis knows
            if first is not None and not may_wait:
                raise WouldWait
            self._first.put(attempt.everywhere, here if first is None else IN_REDIS)
            if first is None:
                self._admitted.put(here, here)
                return ADMITTED
        return self._ask_redis(
            attempt, limit, earned=earned, local_first=b"" if first == IN_REDIS else first
        )

    def _ask_redis(
        self, attempt: NameAttempt, limit: NamesLimit, *, earned: bool, local_first: bytes
    ) -> int:
        try:
            verdict = self._redis.admits(attempt, limit, earned=earned, local_first=local_first)
        except RedisError:
            if local_first:
                with self._locks.of(attempt.everywhere):
                    self._first.put(attempt.everywhere, local_first)
            raise
        if verdict == ADMITTED:
            here = attempt.here + attempt.name[:NAME_PSEUDONYM_BYTES]
            self._admitted.put(here, here)
        return verdict


class NamesAtHand:
    """The names that a worker knows of, for requests that may not wait."""

    def __init__(self, names: LocalFirstNames) -> None:
        self._names = names

    def admits(self, attempt: NameAttempt, limit: NamesLimit, *, earned: bool = False) -> int:
        """Return ADMITTED. Raises WouldWait."""
        return self._names.admits(attempt, limit, earned=earned, may_wait=False)
