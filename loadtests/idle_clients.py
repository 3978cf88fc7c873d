"""Clients that hold a server up: connections that say nothing, and readers that hardly read.

A program of its own (``python -m loadtests.idle_clients``): what the server closes is opened anew,
so that as many are there for as long as it runs. Each 16 connections come from an address of
loopback of their own, so that no limit of one network turns them away. It ends with its parent, or
after SECONDS_MAX.
"""

import errno
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS_MAX = 300
A_NETWORK = 16
READ_BYTES, READ_EVERY_SECONDS = 64, 1.0
RECEIVE_BUFFER_BYTES = 4_096
OPEN_PATIENCE_SECONDS = 60
READY = b"ready\n"
SILENT = ""


@dataclass(slots=True)
class IdleClients:
    """So many connections to one server; path: what each asks for and hardly reads, or SILENT."""

    address: str
    number: int
    path: str

    def run(self) -> None:
        """Open them, say so, and hold them until the standard input ends."""
        until = time.monotonic() + SECONDS_MAX
        with selectors.DefaultSelector() as selector:
            selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
            for place in range(self.number):
                self._open(selector, place)
            sys.stdout.buffer.write(READY)
            sys.stdout.flush()
            while time.monotonic() < until:
                for key, _ in selector.select(1.0):
                    if key.data is None:
                        return
                    self._read(selector, key)
                if self.path:
                    time.sleep(READ_EVERY_SECONDS)

    def _open(self, selector: selectors.BaseSelector, place: int) -> None:
        site, until = urlsplit(self.address), time.monotonic() + OPEN_PATIENCE_SECONDS
        network = place // A_NETWORK + 1
        while True:
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            connection.bind((f"127.1.{network >> 8}.{network & 255}", 0))
            connection.settimeout(OPEN_PATIENCE_SECONDS)
            try:
                connection.connect((site.hostname, site.port))
                if self.path:
                    connection.sendall(f"GET {self.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                break
            except OSError as error:
                connection.close()
                if error.errno == errno.EMFILE or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, place)

    def _read(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        connection = key.fileobj
        assert isinstance(connection, socket.socket)  # noqa: S101 - for the type checker
        piece = b""
        with suppress(OSError):
            piece = connection.recv(READ_BYTES)
        if not piece:
            selector.unregister(connection)
            connection.close()
            self._open(selector, key.data)


@contextmanager
def idle_clients(address: str, number: int, path: str = SILENT) -> Iterator[None]:
    """Hold so many connections to a server while the block runs.

    path: of a large file that each asks for and hardly reads; without it they say nothing.
    Raises RuntimeError where they cannot be opened.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "loadtests.idle_clients", address, str(number), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        try:
            if process.stdout is None or process.stdout.readline() != READY:
                message = f"{number} connections could not be opened"
                raise RuntimeError(message)
            yield
        finally:
            process.terminate()


if __name__ == "__main__":
    IdleClients(sys.argv[1], int(sys.argv[2]), sys.argv[3]).run()
