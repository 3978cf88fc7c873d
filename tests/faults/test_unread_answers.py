"""Clients that ask for buckets and never read them hold no thread for long."""

import socket
import urllib.request
from urllib.parse import urlsplit

from app.server.connections import deadlines
from tests.fixtures.patience import PATIENCE_SECONDS

CONNECTIONS = 12  # more than a worker has threads
REQUESTS = 400  # answers that no buffer of the system holds
SHORT_SILENCE = {deadlines: {"UNREAD_SECONDS": 1.0}}


def test_those_who_read_nothing_are_let_go(start_service, published_privately):
    service = start_service(published_privately, constants=SHORT_SILENCE)
    build = (published_privately.index / "current").resolve().name
    request = f"GET /b/{build}/00000000 HTTP/1.1\r\nHost: here\r\n\r\n".encode()
    address = urlsplit(service.url)
    silent = []
    for _ in range(CONNECTIONS):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect((address.hostname, address.port))
        connection.setblocking(False)
        connection.send(request * REQUESTS)
        silent.append(connection)
    with urllib.request.urlopen(f"{service.url}/healthz", timeout=PATIENCE_SECONDS) as response:
        assert 200 == response.status
    for connection in silent:
        connection.close()
    assert 0 == service.stop()
