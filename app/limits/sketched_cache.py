"""Sketched cache: a generational cache that still knows how large the values were that it let go.

A third generation is on its way out: its values are still there while their sizes are taken over
into a count sketch, a few with each use, so that no use takes long and nothing is unknown
meanwhile.
Until the first generation leaves, the sketch costs nothing.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from app.limits.count_sketch import CountSketch
from app.limits.generational_cache import GENERATION_ENTRIES, GenerationalCache

Value = TypeVar("Value")
SKETCHED_GENERATION_ENTRIES = GENERATION_ENTRIES * 2 // 3  # three take the memory of two
TAKEN_OVER_AT_ONCE = 2  # a generation is taken over before the next one leaves


class SketchedCache(GenerationalCache[Value]):
    """Keeps at least the last ``generation`` entries used, and a size of all others.

    size: of a value, which is not empty; keys: pseudonyms. Threads may use it at once.
    """

    def __init__(
        self, size: Callable[[Value], int], generation: int = SKETCHED_GENERATION_ENTRIES
    ) -> None:
        super().__init__(generation)
        self._size = size
        self.clear()

    def put(self, key: bytes, value: Value) -> None:
        """Keep a value under a key."""
        super().put(key, value)
        if self._sketch is not None:
            for left_key, left in islice(self._sizes_to_take, TAKEN_OVER_AT_ONCE):
                self._sketch.raise_to(left_key, self._size(left))

    def size_let_go(self, key: bytes) -> int:
        """Return at least the size of the value that was let go under a key, 0 for most others."""
        return 0 if self._sketch is None else self._sketch.of(key)

    def clear(self) -> None:
        """Forget everything."""
        super().clear()
        self._leaving: dict[bytes, Value] = {}
        self._sizes_to_take: Iterator[tuple[bytes, Value]] = iter(())
        self._sketch: CountSketch | None = None

    def _older(self, key: bytes) -> Value | None:
        return self._old.get(key) or self._leaving.get(key)

    def _rotate(self) -> None:
        if self._old and self._sketch is None:
            self._sketch = CountSketch()
        # neither of these two changes any more
        self._leaving, self._sizes_to_take = self._old, iter(self._old.items())
        super()._rotate()

    def __len__(self) -> int:
        """Return how many entries are held; one used again after a change counts twice."""
        return super().__len__() + len(self._leaving)
