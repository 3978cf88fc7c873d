"""One connection in time: when a client must have said or read what, and how a connection ends.

gunicorn reads and writes. Here stands how long it waits, and for whom it ends: the deadlines, the
place in the table of connections, and the goodbye that a client can still read.
"""

from http import HTTPStatus
from typing import Any

from gunicorn.asgi.protocol import ASGIProtocol

from app.server.connections.deadlines import (
    IDLE_PHASES,
    IDLE_SECONDS,
    PROXY_IDLE_SECONDS,
    Deadline,
    Phase,
)
from app.server.connections.refusals import refusal
from app.server.connections.unread_body import UnreadBody

RETRY_FULL_SECONDS = 5
ENDED_BY_CLIENT = frozenset({Phase.HEADERS, Phase.BODY})


class TimedConnection(ASGIProtocol):  # type: ignore[misc]
    """A connection of a client to one worker, as far as time and its end go."""

    _has_begun_answer = False

    def __init__(self, worker: Any) -> None:  # noqa: ANN401 - gunicorn's
        super().__init__(worker)
        self.now = worker.loop.time
        self.network = b""
        self.deadline = Deadline.of_a_new_connection(self.now())
        self._table = worker.connections
        self._networks = worker.asgi.services.client_networks
        self._peer: str | None = None
        self._idle_seconds = IDLE_SECONDS
        self._has_half_closed = False

    # the connection's own events

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - the loop's
        """Take up a connection, or refuse it where there are too many."""
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if isinstance(peer, tuple) else None
        is_proxy = self._networks.trusts(self._peer)
        if is_proxy:
            self._idle_seconds = PROXY_IDLE_SECONDS
        else:
            self.network = self._networks.network(self._peer, None)
        if self._table.add(self, limited=not is_proxy):
            super().connection_made(transport)
            return
        self._closed = self._conn_lost_handled = True
        transport.write(refusal(HTTPStatus.SERVICE_UNAVAILABLE, RETRY_FULL_SECONDS))
        transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let everybody go who waits for this client."""
        super().connection_lost(exc)
        self._table.remove(self)
        if self._flow_control is not None:
            self._flow_control.resume_writing()
            self._request_ready.set()

    def pause_writing(self) -> None:
        """Give the client time to read."""
        super().pause_writing()
        self.deadline.expect_reading(self.transport.get_write_buffer_size(), self.now())

    def resume_writing(self) -> None:
        """Go on; the client has read."""
        super().resume_writing()
        if self._closed:
            self._linger()
        elif self._request_ready.is_set():
            self._wait_for_answer()
        else:
            self._expect_next_request()

    # deadlines

    def expire(self, now: float) -> None:
        """End the connection, or give it more time; its deadline has passed."""
        unread = self.transport.get_write_buffer_size()
        phase = self.deadline.phase
        if phase is Phase.UNREAD:
            if not self.deadline.has_read_enough(unread, now):
                self._abort()
        elif unread:
            self.deadline.expect_reading(unread, now)
        elif phase in ENDED_BY_CLIENT:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        elif phase is Phase.LINGER:
            self._abort()
        else:
            self._end()

    def evict(self) -> None:
        """End a connection that waits for a request, for another one's sake."""
        is_idle = self.deadline.phase in IDLE_PHASES
        if is_idle and not self.transport.get_write_buffer_size():
            self._end()
        else:
            self._abort()  # it leaves the table: nobody would end it later

    def end_if_idle(self) -> None:
        """End the connection where it waits for another request than its first."""
        if self.deadline.phase is Phase.IDLE:
            self._end()

    # the end

    def _end(self) -> None:
        self._close_transport()
        self._request_ready.set()

    def _abort(self) -> None:
        self._closed = True
        self.transport.abort()
        self._request_ready.set()

    def _expect_next_request(self) -> None:
        """Set the deadline of a connection that owes no answer."""
        if self._closed:
            return
        if not self._callback_parser.is_between_requests:
            if self.deadline.phase is not Phase.HEADERS:
                self.deadline.expect_headers(self.now())
        elif self._has_half_closed:
            self._end()
        else:
            self.deadline.expect_next_request(self._idle_seconds, self.now())

    def _wait_for_answer(self) -> None:
        """Expect nothing of the client but to read what is waiting for it.

        Whoever asked again before it read would else have for ever: the answer waits for it.
        """
        if self._flow_control.write_paused:
            self.deadline.expect_reading(self.transport.get_write_buffer_size(), self.now())
        else:
            self.deadline.wait_for_answer(self.now())

    def _arm_keepalive_timer(self) -> None:
        self._expect_next_request()

    def _cancel_keepalive_timer(self) -> None:
        """Do nothing: the table of connections keeps the time."""

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what cannot be read, unless another answer has begun; end the connection."""
        raise NotImplementedError

    def _pause_reading(self) -> None:
        super()._pause_reading()
        if self.deadline.phase is Phase.BODY:  # it is ours to go on
            self._wait_for_answer()

    def _resume_reading(self) -> None:
        was_paused = self._reading_paused
        super()._resume_reading()
        if was_paused and not self._callback_parser.is_complete:
            self.deadline.expect_body(self.now())

    def _close_transport(self) -> None:
        """End the connection so that the client can read all that was sent to it.

        A socket that is closed with bytes of its client unread takes back what was sent last;
        where more may come the client gets a moment to read and to stop.
        """
        if self._closed:
            return
        self._closed = True
        parser = self._callback_parser
        is_at_its_end = parser.is_between_requests or (
            parser.is_complete and not parser.remaining()
        )
        self._linger()
        if is_at_its_end or self._has_half_closed:
            self.transport.close()
            return
        if self._sends_unread_body:
            self._body_receiver = None  # with what nobody has read of it
            self.transport.set_protocol(UnreadBody(self, self.transport))
        self._resume_reading()
        self._linger()
        self._end_writing()

    @property
    def _sends_unread_body(self) -> bool:
        """Whether a request was answered before its body had come; not one that is refused."""
        return self._has_begun_answer and self._callback_parser.is_in_body

    def _linger(self) -> None:
        self.deadline.linger(self.now(), sends_body=self._sends_unread_body)

    def _end_writing(self) -> None:
        try:
            self.transport.write_eof()
        except (OSError, RuntimeError):  # the client has gone
            self.transport.abort()
