"""Workers that share one queue of clients share the clients too, and none waits for long."""

import asyncio
import errno
import socket
from contextlib import contextmanager

import pytest

from app.server.connections import acceptor as acceptors
from app.server.connections.acceptor import ConnectionAcceptor
from app.server.connections.connection_counts import ConnectionCounts
from tests.fixtures.event_loops import run_in_loop
from tests.fixtures.patience import PATIENCE_SECONDS

CLIENTS = 16


class WorkerOfOne(asyncio.Protocol):
    """A worker as the acceptor sees it: it has connections."""

    def __init__(self, connections):
        self._connections = connections

    def connection_made(self, transport):
        self._connections.append(transport)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0), backlog=CLIENTS) as listening:
        listening.setblocking(False)
        yield listening


@contextmanager
def clients_of(listener):
    clients = [socket.create_connection(listener.getsockname()) for _ in range(CLIENTS)]
    try:
        yield
    finally:
        for client in clients:
            client.close()


def acceptor_of(listener, connections, count):
    loop = asyncio.get_running_loop()
    return ConnectionAcceptor(
        loop, listener, lambda: WorkerOfOne(connections), lambda: len(connections), count
    )


async def until(condition):
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.001)


def test_workers_share_a_burst(listener):
    counts = ConnectionCounts(3)
    taken = [], []

    async def share():
        with listener.dup() as same:
            each = [
                acceptor_of(queue, connections, counts.of(row))
                for row, (queue, connections) in enumerate(
                    zip((listener, same), taken, strict=True)
                )
            ]
            for acceptor in each:
                acceptor.start()
            with clients_of(listener):
                await until(lambda: sum(map(len, taken)) == CLIENTS)
            for acceptor in each:
                acceptor.stop()

    run_in_loop(share())
    assert [CLIENTS // 2, CLIENTS // 2] == sorted(map(len, taken))


@pytest.mark.parametrize("other", ["has fewer and does not come", "takes none up", "has ended"])
def test_a_worker_alone_takes_all(listener, other):
    counts = ConnectionCounts(2)
    if other != "has ended":
        counts.of(1).note(0)
    if other == "takes none up":
        counts.of(1).clear()
    taken = []

    async def take():
        acceptor = acceptor_of(listener, taken, counts.of(0))
        acceptor.start()
        with clients_of(listener):
            await until(lambda: len(taken) == CLIENTS)
        acceptor.stop()

    run_in_loop(take())
    assert CLIENTS == len(taken)


def test_who_waits_when_a_worker_stops_is_taken_up(listener):
    taken = []

    async def stop():
        acceptor = acceptor_of(listener, taken, ConnectionCounts(1).of(0))
        acceptor.start()
        acceptor.stop()
        with clients_of(listener):
            await acceptor.accept_waiting(CLIENTS - 1)
            await until(lambda: len(taken) >= CLIENTS - 1)

    run_in_loop(stop())
    assert CLIENTS - 1 == len(taken)


class QueueWithoutDescriptors:
    """A listening socket of a process that has no descriptor left, a number of times."""

    def __init__(self, listener, failures):
        self._listener = listener
        self.failures = failures

    def fileno(self):
        return self._listener.fileno()

    def accept(self):
        if self.failures:
            self.failures -= 1
            raise OSError(errno.EMFILE, "no descriptor left")
        return self._listener.accept()


def test_a_worker_without_descriptors_tries_again(listener, monkeypatch):
    monkeypatch.setattr(acceptors, "NO_ROOM_SECONDS", 0.01)
    queue = QueueWithoutDescriptors(listener, failures=3)
    taken = []

    async def take():
        acceptor = acceptor_of(queue, taken, ConnectionCounts(1).of(0))
        acceptor.start()
        with clients_of(listener):
            await until(lambda: len(taken) == CLIENTS)
        acceptor.stop()

    run_in_loop(take())
    assert (0, CLIENTS) == (queue.failures, len(taken))


def test_a_count_is_least_where_no_other_is_less():
    counts = ConnectionCounts(3)
    first, second = counts.of(0), counts.of(1)
    first.note(2)
    assert first.is_least()
    second.note(1)
    assert [False, True] == [first.is_least(), second.is_least()]
    second.clear()
    assert first.is_least()
