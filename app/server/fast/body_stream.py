"""The body of a request as a file that a thread reads, while the event loop receives it."""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

STREAM_BUFFER_BYTES = 1 << 16


class BodyCutShort(OSError):
    """The client fell silent or went away before its body was whole."""


class BodyStream(io.RawIOBase):
    """Reads a body piece by piece, so that one of any length needs the memory of a piece.

    To be read by a thread, through io.BufferedReader. A body that is cut short raises
    BodyCutShort at its end, never the end of a file: what is cut must not pass for a whole.
    """

    def __init__(
        self, receive: Receive, loop: asyncio.AbstractEventLoop, start: bytes, *, more: bool
    ) -> None:
        """start: what has come already; more: whether more is to come."""
        super().__init__()
        self._receive = receive
        self._loop = loop
        self._piece = memoryview(start)
        self._more = more

    def readable(self) -> bool:
        """Return True: it is there to be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - any writable buffer
        """Fill a buffer with what has come; wait where nothing has. Raises BodyCutShort."""
        while not self._piece:
            if not self._more:
                return 0
            self._piece = self._next_piece()
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size

    def _next_piece(self) -> memoryview:
        message = asyncio.run_coroutine_threadsafe(_received(self._receive), self._loop).result()
        if message["type"] != "http.request":
            raise BodyCutShort
        self._more = message.get("more_body", False)
        return memoryview(message.get("body", b""))


async def _received(receive: Receive) -> Message:
    return await receive()
