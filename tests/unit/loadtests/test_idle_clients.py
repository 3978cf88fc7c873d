"""Clients that hold a server up, before a server that counts them."""

import selectors
import socket
import time

from loadtests.idle_clients import A_NETWORK, idle_clients
from tests.fixtures.patience import PATIENCE_SECONDS


class CountingServer:
    """Accepts on loopback and keeps what came."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def accept(self, number):
        """Return so many connections and their networks, in the order in which they came."""
        self.listener.settimeout(PATIENCE_SECONDS)
        return [self.listener.accept() for _ in range(number)]


def test_silent_clients_come_from_several_networks_say_nothing_and_come_again():
    server, number = CountingServer(), A_NETWORK + 4
    with server.listener, idle_clients(server.address, number):
        accepted = server.accept(number)
        assert 2 == len({peer[0] for _, peer in accepted})
        with selectors.DefaultSelector() as selector:
            for connection, _ in accepted:
                selector.register(connection, selectors.EVENT_READ)
            assert [] == selector.select(0)
        accepted[0][0].close()
        again, _ = server.accept(1)[0]
        again.close()
        for connection, _ in accepted[1:]:
            connection.close()


def test_a_slow_reader_asks_for_a_file_and_leaves_it_unread():
    server = CountingServer()
    with server.listener, idle_clients(server.address, 1, "/bundle/large"):
        connection, _ = server.accept(1)[0]
        with connection:
            assert connection.recv(4_096).startswith(b"GET /bundle/large HTTP/1.1\r\n")
            connection.setblocking(False)
            sent, until = 0, time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < until:
                try:
                    sent += connection.send(bytes(65_536))
                except BlockingIOError:
                    break
            assert sent < 16 << 20


def test_they_are_gone_when_the_block_ends():
    server = CountingServer()
    with server.listener:
        with idle_clients(server.address, 1):
            connection, _ = server.accept(1)[0]
        connection.settimeout(PATIENCE_SECONDS)
        assert b"" == connection.recv(1)
        connection.close()
