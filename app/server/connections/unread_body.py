"""The rest of a body that nobody reads, thrown away as it comes: else a browser shows no answer.

A browser sends a form to its end before it reads, and one whose connection is cut meanwhile shows
an error of its own. Threat: whoever sends slowly what nobody wants holds a thread that others need.
Limit: the application answers and is done; what still comes is thrown away in the event loop, as
many bytes as stand here, and for ``UNREAD_BODY_SECONDS``.
"""

import asyncio
from typing import Protocol

UNREAD_BODY_MAX_BYTES = 16 << 20  # at 6 Mbit/s what comes in its time


class TransportOwner(Protocol):
    """Who had the transport before, and learns what becomes of it."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection has ended."""

    def pause_writing(self) -> None:
        """Note that the client does not read."""

    def resume_writing(self) -> None:
        """Note that the client has read."""


class UnreadBody(asyncio.Protocol):
    """Receives in place of a connection whose last answer has been given."""

    def __init__(self, owner: TransportOwner, transport: asyncio.Transport) -> None:
        self._owner = owner
        self._transport = transport
        self._left = UNREAD_BODY_MAX_BYTES

    def data_received(self, data: bytes) -> None:
        """Throw away what has come; cut the connection past the bound."""
        self._left -= len(data)
        if self._left < 0:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the owner that the connection has ended."""
        self._owner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Tell the owner that the client does not read."""
        self._owner.pause_writing()

    def resume_writing(self) -> None:
        """Tell the owner that the client has read."""
        self._owner.resume_writing()
