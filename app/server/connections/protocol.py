"""One connection's requests and answers: HTTP/1.1 without echoes, answering what it can itself.

gunicorn parses, frames and keeps alive; `timed_connection.py` keeps the time. Added here: what is
answered where no request can be read; a client that has said all it wanted (half-closed) and
still reads; and the loop's own routes, which need neither a task nor a scope. WebSocket and HTTP/2
are off: a proxy speaks HTTP/2 to browsers.
"""

from http import HTTPStatus
from typing import Any

from gunicorn.asgi.parser import CallbackRequest
from gunicorn.asgi.protocol import BodyReceiver

from app.api_response import FinishedResponse
from app.server.connections.deadlines import IDLE_PHASES, Phase
from app.server.connections.refusals import (
    UNREADABLE,
    ExpectationFailed,
    refusal,
    status_of,
)
from app.server.connections.request_parser import HTTP_1_1, RequestParser
from app.server.connections.response_head import (
    Version,
    has_length,
    response_head,
    whole_head,
    whole_response,
)
from app.server.connections.timed_connection import TimedConnection
from app.server.fast.loop_routes import LoopRequest

PIPELINE_MAX = 16  # answers in a row before others have their turn
CHUNKS_MAX = 256  # of a body, likewise
SHARED_MIN_BYTES = 1 << 14  # of a body that all who wait for it share; shorter ones go in one piece


class PatientBody(BodyReceiver):  # type: ignore[misc]
    """The body of a client that waits to be asked for it (100-continue)."""

    __slots__ = ()

    async def receive(self) -> dict[str, Any]:
        """Return the next part; from the first call on the client's time runs."""
        if self.expect_continue and not self._chunks:
            self.protocol.deadline.expect_body(self.protocol.now())
        message: dict[str, Any] = await super().receive()
        return message


class ServiceProtocol(TimedConnection):
    """A connection of a client to one worker, request by request."""

    _body_receiver: BodyReceiver | None

    def __init__(self, worker: Any) -> None:  # noqa: ANN401 - gunicorn's
        super().__init__(worker)
        self._routes = worker.asgi.loop_routes
        self._asks_loop = True
        self._loop_request: LoopRequest | None = None
        self._loop_body: list[bytes] = []
        self._answers_in_a_row = 0
        self._has_begun_answer = False
        self._ends_with_connection = False

    def data_received(self, data: bytes) -> None:
        """Answer what has come, or parse it; throw it away where the connection is at its end."""
        if self._closed or self._answer_whole(data):
            return
        self._answers_in_a_row = 0
        chunks = self._callback_parser.chunks
        super().data_received(data)
        if self._callback_parser.chunks - chunks > CHUNKS_MAX:
            self._let_others_go_first()
        if self.deadline.phase in IDLE_PHASES and not self._callback_parser.is_between_requests:
            self.deadline.expect_headers(self.now())  # of which a part has come

    def _answer_whole(self, data: bytes) -> bool:
        """Answer a request that came whole and alone, as most do, where the loop can; else False.

        Then it is for the parser, which does not ask the loop again: it may have taken long to
        say no.
        """
        self._asks_loop = True
        if self._flow_control.write_paused:
            return False
        whole = self._callback_parser.read_whole(data)
        if whole is None:
            return False
        self._asks_loop = False
        (method, target, headers, _, _), body = whole
        request = self._routes.match(method.decode("latin-1"), target.decode("latin-1"), headers)
        if request is None:
            return False
        response = self._routes.respond(request, self._peer, body)
        if response is None:
            return False
        close = not self.worker.alive
        self._write_whole(response, HTTP_1_1, close=close)
        if close:
            self._end()
        elif not self._flow_control.write_paused:
            self.deadline.expect_next_request(self._idle_seconds, self.now())
        return True

    def eof_received(self) -> bool:
        """Return whether to stay: a client that says no more may still read its answer."""
        self._has_half_closed = True
        return not self._closed and self._end_input()

    def _end_input(self) -> bool:
        """Judge what has come as all there will be; return whether an answer is under way.

        What of a request is missing now never comes: waiting for it helps nobody.
        """
        if self._loop_request is not None:
            self._hand_over()
        if self._request_ready.is_set():
            receiver = self._body_receiver
            if receiver is not None and not receiver._complete:
                receiver.signal_disconnect()
            return True
        if not self._callback_parser.is_between_requests:
            self._refuse(HTTPStatus.BAD_REQUEST)
        return False

    def _let_others_go_first(self) -> None:
        """Read on when the loop has served whoever else has sent something.

        It reads a busy connection many times in a row, as long as more has come.
        """
        self.transport.pause_reading()
        self.worker.loop.call_soon(self._read_on)

    def _read_on(self) -> None:
        if not self._reading_paused:  # for another reason meanwhile
            self.transport.resume_reading()

    # requests

    def _expect_next_request(self) -> None:
        if self._loop_request is None:
            super()._expect_next_request()

    def _setup_callback_parser(self) -> None:
        cfg = self.cfg
        self._callback_parser = RequestParser(
            on_headers_complete=self._on_headers_complete,
            on_body=self._on_body,
            on_message_complete=self._on_message_complete,
            limit_request_line=cfg.limit_request_line,
            limit_request_fields=cfg.limit_request_fields,
            limit_request_field_size=cfg.limit_request_field_size,
        )

    def _feed_callback_parser(self, data: bytes) -> bool:
        if self.transport.is_closing():  # the client has gone; its loss is told in a moment
            return False
        if not self._request_ready.is_set():
            self._has_begun_answer = False
        try:
            self._callback_parser.feed(data)
            while self._loop_request is not None and self._callback_parser.is_complete:
                self._answer_in_loop(self._loop_request)
            if self._has_half_closed and not self._closed:  # fed from behind another request
                self._end_input()
        except UNREADABLE as error:
            self._refuse(status_of(error, in_body=self._callback_parser.is_in_body))
            return False
        return not self._closed

    def _on_headers_complete(self) -> bool:
        parser = self._callback_parser
        if (
            self._asks_loop
            and self._answers_in_a_row < PIPELINE_MAX
            and not self._flow_control.write_paused
        ):
            method, target = parser.method.decode("latin-1"), parser.path.decode("latin-1")
            self._loop_request = self._routes.match(method, target, parser.headers)
        if self._loop_request is not None:
            self._loop_body.clear()
            if not parser.has_whole_body:
                self.deadline.expect_body(self.now())
            return False
        self._begin_request()
        return False

    def _begin_request(self) -> None:
        """Let the application be called; raises ExpectationFailed, or as the parser does."""
        for name, value in self._callback_parser.headers:
            if name == b"expect" and value.lower() != b"100-continue":
                raise ExpectationFailed
        super()._on_headers_complete()
        receiver = self._body_receiver
        if receiver is not None and receiver.expect_continue:
            self._body_receiver = PatientBody(self._current_request, self)
            self._wait_for_answer()
        else:
            self.deadline.expect_body(self.now())

    def _on_body(self, chunk: bytes) -> None:
        if self.deadline.phase is Phase.ANSWER:  # sent without waiting to be asked
            self.deadline.expect_body(self.now())
        elif self.deadline.phase is Phase.BODY:
            self.deadline.note_body(len(chunk), self.now())
        if self._loop_request is not None:
            self._loop_body.append(chunk)
        else:
            super()._on_body(chunk)

    def _on_message_complete(self) -> None:
        if self._loop_request is None:
            self._wait_for_answer()
            super()._on_message_complete()

    def _http1_buffered(self) -> int:
        """Return how many bytes wait for the application, or for it to answer before them."""
        receiver = self._body_receiver
        return self._callback_parser.unread_bytes + (receiver.buffered if receiver else 0)

    def _answer_in_loop(self, request: LoopRequest) -> None:
        """Answer a request that is whole, or hand it to the application; go on with the next."""
        parser = self._callback_parser
        response = self._routes.respond(request, self._peer, b"".join(self._loop_body))
        if response is None:
            self._hand_over()
            self._on_message_complete()
            return
        self._loop_request = None
        self._answers_in_a_row += 1
        following = parser.remaining()
        close = (
            not parser.should_keep_alive
            or not self.worker.alive
            or (self._has_half_closed and not following)
        )
        self._write_whole(response, parser.http_version, close=close)
        if close:
            self._end()
            return
        parser.reset()
        if following:
            self.deadline.expect_headers(self.now())
            parser.feed(following)
        elif not self._flow_control.write_paused:
            self.deadline.expect_next_request(self._idle_seconds, self.now())

    def _hand_over(self) -> None:
        """Let the application judge a request that the loop's routes leave to it."""
        self._loop_request = None
        self._begin_request()
        for chunk in self._loop_body:
            super()._on_body(chunk)

    # answers

    def _write_whole(self, response: FinishedResponse, version: Version, *, close: bool) -> None:
        """Write a response of the loop's own.

        Threat: many who ask for a file from memory and read it slowly fill the memory with copies.
        Limit: they wait for one and the same bytes.
        """
        body = response[3]
        if len(body) < SHARED_MIN_BYTES:
            self._safe_write(whole_response(response, version, close=close))
        else:
            self._safe_write(whole_head(response, version, close=close))
            self._safe_write(body)

    def _will_close(self, request: CallbackRequest, response_requires_close: bool) -> bool:
        """Return whether the answer is the last, as far as its headers do not tell.

        It is where the body is not read to its end: unannounced, a proxy would send the next
        client's request into a connection that is being closed.
        """
        if self._has_half_closed and not self._callback_parser.remaining():
            return True
        receiver = self._body_receiver
        if receiver is not None and not receiver._complete:
            return True
        return bool(super()._will_close(request, response_requires_close))

    async def _serve_http_request(
        self, request: CallbackRequest, sockname: object, peername: object
    ) -> bool:
        self._ends_with_connection = False
        keeps_alive = await super()._serve_http_request(request, sockname, peername)
        return keeps_alive and not self._ends_with_connection

    def _send_response_start(
        self,
        status: int,
        headers: list[tuple[bytes, bytes]],
        request: CallbackRequest,
        close: bool = False,
    ) -> None:
        self._has_begun_answer = True
        # to a client of HTTP/1.0 an answer without a length ends where the connection does
        self._ends_with_connection = request.version < HTTP_1_1 and not has_length(headers)
        close = close or self._ends_with_connection
        self._response_buffer = response_head(status, headers, request.version, close=close)

    def _send_error_response(self, status: int, _message: str, _headers: object = ()) -> None:
        """Answer without gunicorn's message, which may quote the request."""
        if not self._closed:
            self._write_refusal(HTTPStatus(status))

    def _write_refusal(self, status: HTTPStatus) -> None:
        is_head_only = self._callback_parser.is_head_request
        self._safe_write(refusal(status, is_head_only=is_head_only))

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what cannot be read, unless another answer has begun; end the connection."""
        self._loop_request = None
        receiver = self._body_receiver
        if self._has_begun_answer:
            self._abort()
        else:
            self._write_refusal(status)
            self._close_transport()
        if receiver is not None:
            receiver.signal_disconnect()
        self._request_ready.set()

    def _is_websocket_upgrade(self, _request: CallbackRequest) -> bool:
        return False
