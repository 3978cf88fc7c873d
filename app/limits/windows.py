"""Fixed windows: so many of one kind in so many seconds, each key counted from its first hit."""

from typing import NamedTuple, Protocol

from app.limits.memory import WindowMemory


class Window(NamedTuple):
    """``number`` are admitted within ``seconds``; name: one word that keeps windows apart."""

    name: str
    number: int
    seconds: int


class Windows(Protocol):
    """Counts hits of keys within windows."""

    def hit(self, window: Window, key: str) -> bool:
        """Count one and return whether it is admitted."""

    def ends_in(self, window: Window, key: str) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""


class WindowsInMemory:
    """The windows of one process, exact: the strategy of `limits` without its string keys."""

    def __init__(self, memory: WindowMemory) -> None:
        self._memory = memory

    def hit(self, window: Window, key: str) -> bool:
        """Count one and return whether it is admitted."""
        return self._memory.take(window.name + key, window.seconds) <= window.number

    def ends_in(self, window: Window, key: str) -> float:
        """Return in how many seconds the present window of a key ends, 0 where none runs."""
        return self._memory.left(window.name + key)
