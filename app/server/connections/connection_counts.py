"""How many connections each worker has, in memory that all workers of a service share.

Whoever has more than another lets the other take up the next (least connections): workers share
one queue of clients, and the one that wakes first would get a whole burst and keep it. Connections
whose clients are silent are no work: they decide only where all else is equal.
"""

import mmap
from typing import NamedTuple

NUMBER_BYTES = 8
SILENT_BITS = 32
TAKES_NONE = 2**64 - 1  # of a worker that has ended, or takes no connections up


class ConnectionLoad(NamedTuple):
    """The connections of one worker, and on how many of them the client is silent."""

    connections: int
    silent: int = 0


class OwnConnectionCount:
    """The number of one worker, beside those of all others."""

    def __init__(self, numbers: "memoryview[int]", row: int) -> None:
        self._numbers = numbers
        self._row = row

    def note(self, load: ConnectionLoad) -> None:
        """Say how many connections the worker has."""
        self._numbers[self._row] = load.connections - load.silent << SILENT_BITS | load.silent

    def is_least(self) -> bool:
        """Return whether no worker that takes connections up has less to do."""
        return self._numbers[self._row] <= min(self._numbers)

    def takes_connections(self) -> bool:
        """Return whether the worker takes connections up."""
        return self._numbers[self._row] != TAKES_NONE

    def clear(self) -> None:
        """Say that the worker takes no connections up."""
        self._numbers[self._row] = TAKES_NONE


class ConnectionCounts:
    """A number for each worker that may live at once; made before the workers are forked."""

    def __init__(self, rows: int) -> None:
        self._memory = mmap.mmap(-1, rows * NUMBER_BYTES)  # anonymous, survives a fork
        self._numbers = memoryview(self._memory).cast("Q")
        for row in range(rows):
            self.of(row).clear()

    def of(self, row: int) -> OwnConnectionCount:
        """Return the count of the worker that has a row."""
        return OwnConnectionCount(self._numbers, row)
