"""Workers that share one queue of clients share the clients too, and none waits for long."""

import asyncio
import errno
import socket
import struct
from contextlib import contextmanager

import pytest

from app.server.connections import acceptor as acceptors
from app.server.connections.acceptor import ConnectionAcceptor
from app.server.connections.connection_counts import ConnectionCounts, ConnectionLoad
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


def acceptor_of(listener, connections, count, silent=0):
    loop = asyncio.get_running_loop()
    return ConnectionAcceptor(
        loop,
        listener,
        lambda: WorkerOfOne(connections),
        lambda: ConnectionLoad(len(connections) + silent, silent),
        count,
    )


async def until(condition):
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("silent", [(0, 0), (480, 520)])
def test_workers_share_a_burst(listener, silent):
    counts = ConnectionCounts(3)
    taken = [], []

    async def share():
        with listener.dup() as same:
            each = [
                acceptor_of(queue, taken[row], counts.of(row), silent[row])
                for row, queue in enumerate((listener, same))
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
        counts.of(1).note(ConnectionLoad(0))
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


def test_who_has_left_again_is_not_taken_up(listener):
    taken = []
    left = [socket.create_connection(listener.getsockname()) for _ in range(CLIENTS // 4)]
    for client in left:
        client.close()
    reset = socket.create_connection(listener.getsockname())
    reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    reset.close()
    with (
        socket.create_connection(listener.getsockname()) as silent,
        socket.create_connection(listener.getsockname()) as asking,
    ):
        asking.sendall(b"GET")
        asking.shutdown(socket.SHUT_WR)

        async def take():
            acceptor = acceptor_of(listener, taken, ConnectionCounts(1).of(0))
            acceptor.start()
            await until(lambda: len(taken) >= 2)
            acceptor.stop()

        stayed = [silent.getsockname(), asking.getsockname()]
        run_in_loop(take())
        assert stayed == [one.get_extra_info("peername") for one in taken]


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
    first.note(ConnectionLoad(2))
    assert first.is_least()
    second.note(ConnectionLoad(1))
    assert [False, True] == [first.is_least(), second.is_least()]
    second.clear()
    assert first.is_least()


@pytest.mark.parametrize(
    ("own", "other", "is_least"),
    [
        (ConnectionLoad(500, silent=500), ConnectionLoad(2, silent=1), True),
        (ConnectionLoad(500, silent=498), ConnectionLoad(2, silent=1), False),
        (ConnectionLoad(500, silent=499), ConnectionLoad(499, silent=498), False),
        (ConnectionLoad(499, silent=498), ConnectionLoad(500, silent=499), True),
    ],
)
def test_silent_connections_decide_only_where_all_else_is_equal(own, other, is_least):
    counts = ConnectionCounts(2)
    counts.of(0).note(own)
    counts.of(1).note(other)
    assert is_least == counts.of(0).is_least()


def test_a_worker_that_has_stopped_says_no_load_any_more(listener):
    counts = ConnectionCounts(2)

    async def stop():
        acceptor = acceptor_of(listener, [1, 2, 3], counts.of(0))
        acceptor.start()
        acceptor.stop()
        acceptor.note_load()

    run_in_loop(stop())
    counts.of(1).note(ConnectionLoad(9))
    assert counts.of(1).is_least()
