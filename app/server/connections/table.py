"""All connections of a worker: how many there are, from where, and which have reached their end."""

from collections import deque
from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from app.server.connections.connection_counts import ConnectionLoad
from app.server.connections.deadlines import (
    IDLE_PHASES,
    UNFINISHED_PHASES,
    UNREAD_PHASES,
    Deadline,
    Phase,
)

SWEEP_SECONDS = 0.25
NEWCOMER_SECONDS = 0.02  # who wants something has mostly said so by then
EVICTED_FIRST = (IDLE_PHASES, UNFINISHED_PHASES, UNREAD_PHASES)
EVICTED_SHARE = 16  # of the connections, this part at a time: one walk makes place for many


class Connection(Protocol):
    """A client's connection, as the table sees it."""

    deadline: Deadline
    network: bytes

    def expire(self, now: float) -> None:
        """End the connection, or give it more time; its deadline has passed."""

    def evict(self) -> None:
        """End a connection that waits for a request, for another one's sake."""

    def end_if_idle(self) -> None:
        """End a connection that waits for another request than its first."""


class ConnectionTable:
    """Counts connections by network, ends the oldest idle ones for newcomers, and sweeps.

    Threat: one network, or many together, opens connections until the process has no descriptor
    left. Limit: so many of a network, so many of all; the oldest that asks nothing goes first, then
    the one whose request has stood unfinished longest, then one that reads slowly: a byte alone
    keeps nobody's place.
    """

    def __init__(self, most: int, most_of_a_network: int) -> None:
        self._most = most
        self._most_of_a_network = most_of_a_network
        self._connections: dict[Connection, None] = {}
        self._of_networks: dict[bytes, int] = {}
        self._newcomers: deque[Connection] = deque()
        self._silent: set[Connection] = set()

    def __len__(self) -> int:
        return len(self._connections)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._connections))

    def add(self, connection: Connection, *, limited: bool) -> bool:
        """Take up a connection; return False where there is no place for it.

        limited: counted for its network; the operator's own proxies are not.
        """
        if len(self._connections) >= self._most and not self._evict(lambda _: True):
            return False
        if limited:
            network = connection.network
            count = self._of_networks.get(network, 0)
            if count >= self._most_of_a_network and not self._evict(
                lambda other: other.network == network
            ):
                return False
            self._of_networks[network] = self._of_networks.get(network, 0) + 1
        else:
            connection.network = b""
        self._connections[connection] = None
        self._newcomers.append(connection)
        return True

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has ended; nothing where it was never taken up."""
        if connection not in self._connections:
            return
        del self._connections[connection]
        self._silent.discard(connection)
        if not connection.network:
            return
        count = self._of_networks[connection.network] - 1
        if count:
            self._of_networks[connection.network] = count
        else:
            del self._of_networks[connection.network]

    def sweep(self, now: float) -> None:
        """End those whose deadline has passed."""
        for connection in [one for one in self._connections if one.deadline.until <= now]:
            connection.expire(now)
        self._silent = {one for one in self._connections if one.deadline.is_silent_at(now)}

    def load(self, now: float) -> ConnectionLoad:
        """Return how many there are, and how many have been silent of late.

        Threat: whoever keeps many connections open, and sends a byte in each, has all newcomers go
        to the worker that has fewer of them. Limit: only who is answered, or has said
        something within a quarter of a second, is work; a newcomer is for a moment. Who breaks a
        silence is counted as silent until the next sweep.
        """
        newcomers = self._newcomers
        while newcomers and self._is_settled(newcomers[0], now):
            newcomer = newcomers.popleft()
            if newcomer.deadline.phase is Phase.FIRST_BYTE and newcomer in self._connections:
                self._silent.add(newcomer)
        return ConnectionLoad(len(self._connections), len(self._silent))

    def _is_settled(self, newcomer: Connection, now: float) -> bool:
        """Return whether a newcomer has said something, is silent, or has gone."""
        deadline = newcomer.deadline
        is_new = deadline.phase is Phase.FIRST_BYTE and now < deadline.since + NEWCOMER_SECONDS
        return not is_new or newcomer not in self._connections

    def _evict(self, is_meant: Callable[[Connection], bool]) -> bool:
        """End the oldest idle, unfinished or unread ones; return whether there were any."""
        for phases in EVICTED_FIRST:
            oldest = self._oldest(phases, is_meant)
            for connection in oldest[: max(1, len(oldest) // EVICTED_SHARE)]:
                connection.evict()
                self.remove(connection)
            if oldest:
                return True
        return False

    def _oldest(
        self, phases: Collection[Phase], is_meant: Callable[[Connection], bool]
    ) -> list[Connection]:
        found = [one for one in self._connections if one.deadline.phase in phases and is_meant(one)]
        return sorted(found, key=lambda one: one.deadline.since)
