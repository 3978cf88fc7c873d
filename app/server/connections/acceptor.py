"""Takes up the connections of a listening socket that all workers share, each its part.

Why: the loop's own server takes up all that wait at once, so that the worker which wakes first
gets the connections of a whole burst, and keeps them; the other processors have nothing to do.
"""

import asyncio
import errno
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from app.server.connections.connection_counts import ConnectionLoad, OwnConnectionCount

LET_OTHERS_SECONDS = 0.002
AT_ONCE_MAX = 64
LEFT_AT_ONCE_MAX = 256
NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
NO_ROOM_SECONDS = 1.0


class ConnectionAcceptor:
    """Takes up connections one by one, and lets workers that have fewer go first."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        listener: socket.socket,
        protocol_of: Callable[[], asyncio.BaseProtocol],
        own_load: Callable[[], ConnectionLoad],
        count: OwnConnectionCount,
    ) -> None:
        """listener: listens, and does not block; protocol_of: makes one for each connection.

        own_load: the connections of this worker; count: where it says so to the others.
        """
        self._loop = loop
        self._listener = listener
        self._protocol_of = protocol_of
        self._own_load = own_load
        self._count = count
        self._tasks: set[asyncio.Task[Any]] = set()
        self._pause: asyncio.TimerHandle | None = None
        self._at_once = 1
        self._takes_up = False

    def start(self) -> None:
        """Begin to take connections up."""
        self._pause = None
        self._takes_up = True
        self.note_load()
        self._loop.add_reader(self._listener, self._accept_next)

    def stop(self) -> None:
        """Take no more up; whoever waits is left in the socket's queue."""
        if self._pause is not None:
            self._pause.cancel()
        self._takes_up = False
        self._loop.remove_reader(self._listener)
        self._count.clear()

    async def accept_waiting(self, most: int) -> None:
        """Take up those that wait already, so many at most."""
        for _ in range(most):
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            await self._take_up(connection)

    def note_load(self) -> None:
        """Say how many connections this worker has, those that it is taking up among them."""
        if self._takes_up:
            connections, silent = self._own_load()
            self._count.note(ConnectionLoad(connections + len(self._tasks), silent))

    def _accept_next(self) -> None:
        """Take up one, unless another worker has fewer: then that one has a moment to do so."""
        self.note_load()
        if self._count.is_least():
            self._at_once = 1
            self._accept(1)
        else:
            self._go_on_after(LET_OTHERS_SECONDS)

    def _go_on(self) -> None:
        """Take up some all the same, twice as many each time: the others do not come."""
        if self._accept(self._at_once):
            self.start()
        self._at_once = min(2 * self._at_once, AT_ONCE_MAX)

    def _go_on_after(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener)
        self._pause = self._loop.call_later(seconds, self._go_on)

    def _accept(self, most: int) -> bool:
        """Take up so many at most; return whether there is room for more."""
        for _ in range(most):
            try:
                connection = self._next_that_stays()
            except OSError as error:  # another worker was quicker, or nobody else waits
                if error.errno in NO_ROOM:
                    self._go_on_after(NO_ROOM_SECONDS)
                    return False
                break
            task = self._loop.create_task(self._take_up(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self.note_load()
        return True

    def _next_that_stays(self) -> socket.socket:
        """Return the next connection whose client is there, raise OSError where none waits.

        Threat: whoever opens and closes as fast as it can fills the queue, and the kernel lets
        newcomers who find it full wait for a second. Limit: who has left again costs a look.
        """
        for _ in range(LEFT_AT_ONCE_MAX):
            connection, _ = self._listener.accept()
            if not _has_left(connection):
                return connection
            connection.close()
        raise BlockingIOError

    def _take_up(self, connection: socket.socket) -> Coroutine[Any, Any, object]:
        connection.setblocking(False)
        return self._loop.connect_accepted_socket(self._protocol_of, connection)


def _has_left(connection: socket.socket) -> bool:
    """Return whether a client has closed its connection without a word."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
