"""Names tried for a document, with hardly a question to Redis: most people have one name.

A worker admits the first name of a document by itself and tells Redis of it with the second. So
each worker may admit one name of a document, in a window, that Redis does not know of; repeats of
what was admitted stay free without asking.
"""

import time
from collections.abc import Callable

from redis import RedisError

from app.limits.distinct import ADMITTED, NAME_CODE_BYTES, NamesInRedis, NamesLimit, NameTried
from app.limits.generational_cache import Recent
from app.limits.striped_locks import LocksByKey

TOLD = b"told"


class NamesAheadOfRedis:
    """The names of one worker among several, on one or more machines."""

    def __init__(self, redis: NamesInRedis, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock
        self._locks = LocksByKey()
        self._window = -1
        self._admitted: Recent[bytes] = Recent()  # name here → the same
        self._first: Recent[bytes] = Recent()  # document → name here that Redis must be told of

    def admits(self, tried: NameTried, limit: NamesLimit, *, earned: bool = False) -> int:
        """Return ADMITTED, FULL, or how many names were tried; raises redis.RedisError."""
        window = int(self._clock()) // limit.seconds
        here = tried.here + tried.name[:NAME_CODE_BYTES]
        if window != self._window:
            self._window = window
            self._admitted.clear()
            self._first.clear()
        if self._admitted.get(here) is not None:
            return ADMITTED
        with self._locks.of(tried.everywhere):
            first = self._first.get(tried.everywhere)
            self._first.put(tried.everywhere, here if first is None else TOLD)
            if first is None:
                self._admitted.put(here, here)
                return ADMITTED
        return self._asked(tried, limit, earned=earned, untold=b"" if first == TOLD else first)

    def _asked(self, tried: NameTried, limit: NamesLimit, *, earned: bool, untold: bytes) -> int:
        try:
            verdict = self._redis.admits(tried, limit, earned=earned, untold=untold)
        except RedisError:
            if untold:
                with self._locks.of(tried.everywhere):
                    self._first.put(tried.everywhere, untold)
            raise
        if verdict == ADMITTED:
            here = tried.here + tried.name[:NAME_CODE_BYTES]
            self._admitted.put(here, here)
        return verdict
