"""One request answered by the framework in a thread, its body and answer streamed both ways.

Why no library: the adapter that exists takes a body that is cut short for a whole one, leaves a
thread behind for good where a client goes away in the middle of its answer, and queues without end
(docs/decisions/0044).
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import closing
from typing import Any, NamedTuple
from wsgiref.types import WSGIApplication

from app.server.fast.body_stream import STREAM_BUFFER_BYTES, BodyStream, Message, Receive
from app.server.fast.environ import make_environ

Send = Callable[[Message], Awaitable[None]]
HeaderBytes = list[tuple[bytes, bytes]]

PIECE_BYTES = 1 << 16  # of an answer: what a hand-over between threads is worth


class ClientGone(OSError):
    """The client went away in the middle of its answer."""


class BodyStart(NamedTuple):
    """What of a body has been received; whole: all of it."""

    data: bytes
    whole: bool


class FrameworkRequest:
    """A request on its way through a WSGI application."""

    def __init__(
        self, app: WSGIApplication, scope: Mapping[str, Any], receive: Receive, send: Send
    ) -> None:
        self._app = app
        self._scope = scope
        self._receive = receive
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._gone = False
        self._watch: asyncio.Task[None] | None = None
        self._status = 0
        self._headers: HeaderBytes = []

    def run(self, start: BodyStart) -> list[Message]:
        """Call the application, in a thread; return the messages that are left to be sent.

        A short answer is returned whole, so that it costs one change of threads. Raises
        ClientGone, or what the application raises.
        """
        with closing(self._pieces(start)) as pieces:
            piece = next(pieces)
            if len(piece) < PIECE_BYTES:
                return [self._start_message(), _last_part(piece)]
            self._pass(self._start_message())
            self._pass(_part(piece))
            for further in pieces:
                self._pass(_part(further))
        return [_last_part(b"")]

    @property
    def has_begun(self) -> bool:
        """Whether a part of the answer has been sent."""
        return self._watch is not None

    def stop_watching(self) -> None:
        """End what looks whether the client is still there."""
        if self._watch is not None:
            self._watch.cancel()

    def _pieces(self, start: BodyStart) -> Generator[bytes]:
        """Yield the answer, joined or as it comes, in pieces of PIECE_BYTES or more but the last.

        The application has begun its answer before the first is yielded.
        """
        answer = self._call(start)
        waiting: list[bytes] = []
        size = 0
        try:
            for piece in answer:
                waiting.append(piece)
                size += len(piece)
                if size >= PIECE_BYTES:
                    yield b"".join(waiting)
                    waiting, size = [], 0
            yield b"".join(waiting)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()

    def _call(self, start: BodyStart) -> Iterable[bytes]:
        body: Any = (
            io.BytesIO(start.data)
            if start.whole
            else io.BufferedReader(
                BodyStream(self._receive, self._loop, start.data, more=True), STREAM_BUFFER_BYTES
            )
        )
        return self._app(make_environ(self._scope, body), self._begin)

    def _begin(
        self,
        status: str,
        headers: list[tuple[str, str]],
        error: Any = None,  # noqa: ANN401 - as WSGI gives it
        /,
    ) -> Callable[[bytes], object]:
        del error  # nothing has been sent before the first piece: it may still be another answer
        self._status = int(status[:3])
        self._headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return _refuse_to_write

    def _start_message(self) -> Message:
        return {
            "type": "http.response.start",
            "status": self._status,
            "headers": self._headers,
        }

    def _pass(self, message: Message) -> None:
        """Send a message from the thread; wait until the client has read enough for the next."""
        asyncio.run_coroutine_threadsafe(self._deliver(message), self._loop).result()

    async def _deliver(self, message: Message) -> None:
        if self._watch is None:
            self._watch = self._loop.create_task(self._notice_departure())
        if not self._gone:
            await self._send(message)
        if self._gone:
            raise ClientGone

    async def _notice_departure(self) -> None:
        """Wait until the client is gone; what is left of its body is thrown away."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True


def _part(piece: bytes) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": True}


def _last_part(piece: bytes) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": False}


def _refuse_to_write(_data: bytes) -> object:
    message = "WSGI's write() is not supported; return an iterable"
    raise NotImplementedError(message)
