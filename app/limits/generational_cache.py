"""Generational cache: capped memory of the entries used last.

Threat: a flood of invented documents or networks takes the process's memory. Limit: two
generations of so many entries each; when the younger is full the older is dropped whole. Nothing
is sorted and no single entry is ever looked for to be evicted, so that a use always costs the same.
"""

from typing import Generic, TypeVar

GENERATION_ENTRIES = 131_072  # some 200 bytes each: two generations stay under 60 MB

Value = TypeVar("Value")


class GenerationalCache(Generic[Value]):
    """Keeps at least the last ``generation`` entries used, at most twice as many.

    Threads may use it at once; where two change one entry the last one counts.
    """

    def __init__(self, generation: int = GENERATION_ENTRIES) -> None:
        self._generation = generation
        self._young: dict[bytes, Value] = {}
        self._old: dict[bytes, Value] = {}

    def get(self, key: bytes) -> Value | None:
        """Return what was put under a key, None where it is not known or not known any more."""
        value = self._young.get(key)
        if value is None:
            value = self._older(key)
            if value is not None:
                self.put(key, value)
        return value

    def put(self, key: bytes, value: Value) -> None:
        """Keep a value under a key."""
        if len(self._young) >= self._generation and key not in self._young:
            self._rotate()
        self._young[key] = value

    def _older(self, key: bytes) -> Value | None:
        return self._old.get(key)

    def _rotate(self) -> None:
        self._old, self._young = self._young, {}

    def clear(self) -> None:
        """Forget everything."""
        self._young, self._old = {}, {}

    def __len__(self) -> int:
        """Return how many entries are held; one used again after a change counts twice."""
        return len(self._young) + len(self._old)
