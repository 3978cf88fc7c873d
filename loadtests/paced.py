"""Sends requests at a fixed rate, whether or not earlier ones were answered, and times each one.

Each latency counts from the moment at which the request was due, not from when a connection was
free to send it: who waits for a slow server waits in its figure too (no coordinated omission).

The client shares the processors with the server. It sleeps until the next request is due or an
answer comes, by a timer of microseconds, and is run before everything else where the machine lets
it (SCHED_FIFO): a client that waits for its turn would count that wait as the server's.
"""

import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CONNECTIONS = 16
ANSWER_END = b"\r\n\r\n"
READ_BYTES = 65_536
API, JSON = "/api/v1/checks", "application/json"
SILENT_SECONDS = 10.0


class LoadFailed(Exception):
    """An answer that is none, or none at all."""


@dataclass
class _Connection:
    socket: socket.socket
    due: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def has_response(self) -> bool:
        """Return whether the whole answer is here. Raises LoadFailed unless it is 200."""
        head, separator, body = bytes(self.received).partition(ANSWER_END)
        if not separator:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise LoadFailed(head.split(b"\r\n")[0].decode("latin-1"))
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return len(body) >= int(value)
        raise LoadFailed("no length")


def paced_latencies(
    address: str, bodies: Sequence[bytes], rate: float, seconds: float
) -> list[float]:
    """Return the latency of each request in seconds, in the order of answers. Raises LoadFailed."""
    place = urlsplit(address)
    head = _head(place.netloc, API, JSON)
    requests = [_request(head, body) for body in bodies]
    number = int(rate * seconds)
    latencies: list[float] = []
    with selectors.SelectSelector() as selector, first_to_run():
        idle = deque(_connected(place.hostname or "", place.port or 80) for _ in range(CONNECTIONS))
        for each in idle:
            selector.register(each.socket, selectors.EVENT_READ, each)
        began, count = time.perf_counter(), 0
        while len(latencies) < number:
            now = time.perf_counter()
            if now > began + seconds + SILENT_SECONDS:
                raise LoadFailed("no answer")
            while count < number and idle and began + count / rate <= now:
                each = idle.popleft()
                each.due = began + count / rate
                each.socket.sendall(requests[count % len(requests)])
                count += 1
            due = began + count / rate if count < number and idle else now + SILENT_SECONDS
            for key, _ in selector.select(max(0.0, due - time.perf_counter())):
                each = key.data
                piece = each.socket.recv(READ_BYTES)
                if not piece:
                    raise LoadFailed("closed")
                each.received += piece
                if each.has_response():
                    latencies.append(time.perf_counter() - each.due)
                    each.received.clear()
                    idle.append(each)
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return latencies


@contextmanager
def first_to_run() -> Iterator[None]:
    """Run this process before all others while the block runs, where that is permitted."""
    before, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, priority)


class Caller:
    """One connection that asks one thing after the other and times each."""

    def __init__(self, address: str, path: str = API, content_type: str = JSON) -> None:
        place = urlsplit(address)
        self._head = _head(place.netloc, path, content_type)
        self._connection = _connected(place.hostname or "", place.port or 80)

    def seconds(self, body: bytes) -> float:
        """Return how long one check took, until its whole answer was here. Raises LoadFailed."""
        request, connection = _request(self._head, body), self._connection
        connection.received.clear()
        start = time.perf_counter()
        connection.socket.sendall(request)
        while not connection.has_response():
            piece = connection.socket.recv(READ_BYTES)
            if not piece:
                raise LoadFailed("closed")
            connection.received += piece
        return time.perf_counter() - start


def percentile(latencies: Sequence[float], share: float) -> float:
    """Return the latency that the share (0 to 1) of all do not pass."""
    ordered = sorted(latencies)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _head(host: str, path: str, content_type: str) -> str:
    return f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\n"


def _request(head: str, body: bytes) -> bytes:
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _connected(host: str, port: int) -> _Connection:
    connection = socket.create_connection((host, port), timeout=SILENT_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Connection(connection)
