"""The front: one small ASGI application before the framework.

It answers what the event loop can answer at once, and hands everything else to the framework in a
pool of threads. Nothing that it does in the loop waits: not for Redis, the evaluator's process, a
disk or a client.
"""

import asyncio
from concurrent.futures import Future
from time import perf_counter
from typing import Any
from wsgiref.types import WSGIApplication

from app.api_response import FinishedResponse
from app.query.private import evaluations_api
from app.server.fast.answer_memory import AnswerMemory
from app.server.fast.body_stream import Message, Receive
from app.server.fast.finishing import ResponseFinisher
from app.server.fast.framework_pool import FrameworkPools, PoolFull
from app.server.fast.framework_request import (
    BodyStart,
    ClientGone,
    FrameworkRequest,
    Readers,
    Send,
)
from app.server.fast.loop_routes import LoopRequest, LoopRoutes
from app.services import AppServices
from app.web.prepared_pages import PreparedPages, RequestHeaders

BUFFERED_BODY_MAX_BYTES = 1 << 16  # the largest body of a check; what is longer is an upload
# fields of a named tuple are slow to ask for
_LENGTH, _WHOLE = LoopRequest._fields.index("length"), BodyStart._fields.index("whole")
_NOTHING: Message = {}
_new = tuple.__new__  # half the time of a named tuple's own

Scope = dict[str, Any]


class FrontApplication:
    """An ASGI application over the loop's routes and a WSGI application.

    services: those of the application; loop_routes: asked by the server too, before it makes a
    task for a request; prepared_pages: to be made before they are answered.
    """

    def __init__(
        self,
        wsgi: WSGIApplication,
        services: AppServices,
        loop_routes: LoopRoutes,
        finisher: ResponseFinisher,
        prepared_pages: PreparedPages,
    ) -> None:
        self.services = services
        self.loop_routes = loop_routes
        self.prepared_pages = prepared_pages
        self._wsgi = wsgi
        self._finisher = finisher
        waits = services.settings.evaluator == "process"
        self._pools = FrameworkPools(
            services.settings.threads, (evaluations_api.PATH,) if waits else ()
        )
        self._readers = Readers(AnswerMemory(), self._pools.downloads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; scope: of the type http, the only one that the server makes."""
        request = self._loop_request(scope)
        length = 0 if request is None else request[_LENGTH]
        first = await receive() if length else _NOTHING
        data = first.get("body", b"")
        if length and len(data) == length:  # as nearly always: it came in one piece
            start = _new(BodyStart, (data, True))
        else:
            data, _ = start = await _body_start(scope, receive, first)
        if request is not None and start[_WHOLE] and len(data) == length:
            client = scope.get("client")
            response = self.loop_routes.respond(request, client[0] if client else None, data)
            if response is not None:
                await _send_whole(send, response)
                return
        await self._respond_in_thread(scope, receive, send, start)

    def close(self) -> None:
        """Begin no more requests in threads."""
        self._pools.close()

    def _loop_request(self, scope: Scope) -> LoopRequest | None:
        query = scope["query_string"]
        target = scope["raw_path"] + b"?" + query if query else scope["raw_path"]
        match = self.loop_routes.match
        return match(scope["method"], target.decode("latin-1"), scope["headers"])

    async def _respond_in_thread(
        self, scope: Scope, receive: Receive, send: Send, start: BodyStart
    ) -> None:
        began = perf_counter()
        request = FrameworkRequest(self._wsgi, scope, receive, send)
        running: Future[Any] | None = None
        try:
            pool = self._pools.choose(scope["path"], has_whole_body=start.whole)
            future = running = pool.submit(lambda: request.run(start, self._readers))
            answer = await asyncio.wrap_future(future)
            if answer.rest is not None:
                running = answer.rest
                await asyncio.wrap_future(answer.rest)
        except ClientGone:
            return
        except PoolFull:
            response = self.prepared_pages.respond_busy(*_reader(scope))
        except Exception as error:  # of what stands around the framework: it answers its own
            response = self.prepared_pages.respond_bug(error, *_reader(scope))
            if request.has_begun:
                raise
        else:
            for message in answer.messages:
                await send(message)
            return
        finally:
            request.stop_watching()
            if running is not None:  # a thread may go on though its client has gone
                running.add_done_callback(lambda _: request.release())
        finish = self._finisher.finish
        await _send_whole(send, finish(scope["method"], scope["path"], response, began))


def _reader(scope: Scope) -> tuple[str, str, RequestHeaders]:
    """Return what tells who reads, and in which language: path, query and headers."""
    return scope["path"], scope["query_string"].decode("latin-1"), scope["headers"]


async def _body_start(scope: Scope, receive: Receive, first: Message) -> BodyStart:
    """Receive a body whole where it is short, so that a slow client holds no thread.

    Of a long one nothing: a view may refuse it before the client has sent it. first: a message
    that was received already; empty where none was.
    """
    length: int | None = 0
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = int(value)
        elif name == b"transfer-encoding":
            length = None
    if length is not None and length > BUFFERED_BODY_MAX_BYTES:
        return BodyStart(b"", whole=False)
    pieces: list[bytes] = []
    size = 0
    while length != 0 and size <= BUFFERED_BODY_MAX_BYTES:
        message = first or await receive()
        first = _NOTHING
        if message["type"] != "http.request":
            break  # cut short: reading on will say so
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if not message.get("more_body", False):
            length = 0
    return BodyStart(b"".join(pieces), whole=length == 0)


async def _send_whole(send: Send, response: FinishedResponse) -> None:
    status, headers, _, body = response
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
