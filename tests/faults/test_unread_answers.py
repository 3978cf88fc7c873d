"""Clients that ask for buckets and never read them hold no thread for long."""

import socket
import urllib.request
from urllib.parse import urlsplit

from app.server.connections import deadlines
from app.web.assets import BUNDLE
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.raw_connections import exchange, head_of
from tests.fixtures.server_processes import own_memory_of, web_workers_of
from tests.fixtures.slow_clients import SlowClient

CONNECTIONS = 12  # more than a worker has threads
REQUESTS = 400  # answers that no buffer of the system holds
READERS = 40
PIPELINED = 7  # more than the buffers of the system hold of the largest file
COPIES_MAX = 10
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


def test_those_who_read_nothing_of_a_file_wait_for_the_same_bytes(start_service, published):
    """Each would else keep a copy of a megabyte of what is in memory anyway."""
    service = start_service(published, {"GAUGE_WORKERS": "1"})
    file = max(BUNDLE.glob("*.wasm"), key=lambda each: each.stat().st_size)
    request = head_of(f"GET /bundle/{file.name} HTTP/1.1", "Host: localhost")
    (worker,) = web_workers_of(service)
    silent, memory = [], []
    for _ in range(2):  # the first ones make what is made once
        silent += [SlowClient(request * PIPELINED).connect(service.url) for _ in range(READERS)]
        exchange(service.url, head_of("GET /healthz HTTP/1.1", "Host: localhost"))
        memory.append(own_memory_of(worker))
    assert memory[1] - memory[0] < COPIES_MAX * file.stat().st_size
    for client in silent:
        client.close()
