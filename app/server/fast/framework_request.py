"""One request answered by the framework in a thread, its body and a long answer streamed.

An answer that is not long is returned whole: whoever reads it slowly waits for no thread, and no
thread for them. One that is goes on in a thread of another pool, which waits for its reader.

Why no library: the adapter that exists takes a body that is cut short for a whole one, leaves a
thread behind for good where a client goes away in the middle of its answer, and queues without end
(docs/decisions/0044).
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, NamedTuple
from wsgiref.types import WSGIApplication

from app.server.fast.answer_memory import ANSWER_MAX_BYTES, AnswerMemory
from app.server.fast.body_stream import STREAM_BUFFER_BYTES, BodyStream, Message, Receive
from app.server.fast.environ import make_environ
from app.server.fast.framework_pool import FrameworkPool

Send = Callable[[Message], Awaitable[None]]
HeaderBytes = list[tuple[bytes, bytes]]

PIECE_BYTES = 1 << 16  # of an answer: what a hand-over between threads is worth


class ClientGone(OSError):
    """The client went away in the middle of its answer."""


class Readers(NamedTuple):
    """What answers wait with for those who read them: memory, and threads for what is long."""

    memory: AnswerMemory
    downloads: FrameworkPool


class Answer(NamedTuple):
    """messages: a whole answer, to be sent; rest: of a long one, done when all of it is sent."""

    messages: list[Message]
    rest: Future[None] | None = None


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
        self._memory: AnswerMemory | None = None
        self._sizes_taken: list[int] = []

    def run(self, start: BodyStart, readers: Readers) -> Answer:
        """Call the application, in a thread; return its answer, or let a long one go on.

        Memory that it takes is given back by ``release``. Raises PoolFull where an answer is long
        and too many are, or what the application raises.
        """
        self._memory = readers.memory
        pieces = self._pieces(start)
        try:
            beginning, is_whole = self._beginning(pieces)
            if not is_whole:
                rest = readers.downloads.submit(lambda: self._stream(beginning, pieces))
                return Answer([], rest)
        except BaseException:
            pieces.close()
            raise
        pieces.close()
        return Answer([self._start_message(), _last_part(b"".join(beginning))])

    def release(self) -> None:
        """Give back the memory of an answer that has been sent, or never will be; once."""
        while self._memory is not None and self._sizes_taken:
            with suppress(IndexError):  # another thread was quicker
                self._memory.give_back(self._sizes_taken.pop())

    def _beginning(self, pieces: Iterable[bytes]) -> tuple[list[bytes], bool]:
        """Return what of an answer there is room for, and whether that is all of it."""
        beginning: list[bytes] = []
        for piece in pieces:
            beginning.append(piece)
            if len(piece) < PIECE_BYTES:  # the last
                break
            if not self._takes(len(piece)):
                return beginning, False
        return beginning, True

    def _takes(self, size: int) -> bool:
        is_long = sum(self._sizes_taken) + size > ANSWER_MAX_BYTES
        if is_long or self._memory is None or not self._memory.take(size):
            return False
        self._sizes_taken.append(size)
        return True

    def _stream(self, beginning: list[bytes], pieces: Generator[bytes]) -> None:
        """Send an answer piece by piece, in a thread that waits for its reader. Raises ClientGone.

        What the application left open it may close in another thread than it was opened in.
        """
        try:
            self._pass(self._start_message())
            while beginning:
                self._pass(_part(beginning.pop(0)))
            self.release()
            for further in pieces:
                self._pass(_part(further))
            self._pass(_last_part(b""))
        finally:
            pieces.close()

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
