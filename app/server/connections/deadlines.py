"""Until when a client must have said or read something.

Threat: clients that say nothing, a byte now and then, or read nothing of what they asked for, as
many as there may be connections. Limit: each phase of a connection has an end, which only the
client's progress moves; none of them holds a thread (docs/decisions/0044).
"""

from dataclasses import dataclass
from enum import Enum, auto
from math import inf

FIRST_BYTE_SECONDS = 5.0
HEADERS_SECONDS = 10.0
BODY_GRACE_SECONDS = 10.0
UNREAD_SECONDS = 10.0
IDLE_SECONDS = 5.0
PROXY_IDLE_SECONDS = 75.0  # longer than nginx keeps a connection: it must never meet our close
LINGER_SECONDS = 2.0
UNREAD_BODY_SECONDS = 20.0  # browsers read an answer once they have sent their body
LEAST_BYTES_PER_SECOND = 1_024
SILENT_SECONDS = 0.25


class Phase(Enum):
    """What a connection waits for."""

    FIRST_BYTE = auto()
    HEADERS = auto()
    BODY = auto()
    ANSWER = auto()  # ours: no deadline of the client's
    UNREAD = auto()  # the client is to read
    IDLE = auto()
    LINGER = auto()  # at its end; what it still sends is thrown away


# tuples: to be found in a set a member of an Enum is hashed by a function of Python
_ANSWER, _IDLE = Phase.ANSWER, Phase.IDLE  # after each answer: a member is slow to ask for
IDLE_PHASES = (Phase.FIRST_BYTE, Phase.IDLE)
UNFINISHED_PHASES = (Phase.HEADERS, Phase.BODY, Phase.LINGER)
UNREAD_PHASES = (Phase.UNREAD,)


@dataclass(slots=True)
class Deadline:
    """The phase of one connection, since when, and until when; times of the loop's clock."""

    phase: Phase
    since: float
    until: float
    _unread_bytes: int = 0

    @classmethod
    def of_a_new_connection(cls, now: float) -> "Deadline":
        """Return the deadline of the first byte."""
        return cls(Phase.FIRST_BYTE, now, now + FIRST_BYTE_SECONDS)

    def expect_headers(self, now: float) -> None:
        """Give the client time for the rest of a request's head."""
        self.phase, self.since, self.until = Phase.HEADERS, now, now + HEADERS_SECONDS

    def expect_body(self, now: float) -> None:
        """Give the client time for the first part of a body, or for the next after a pause."""
        self.phase, self.since, self.until = Phase.BODY, now, now + BODY_GRACE_SECONDS

    def note_body(self, size: int, now: float) -> None:
        """Move the end by what has come: a fast start earns no silence later."""
        earned = self.until + size / LEAST_BYTES_PER_SECOND
        self.since, self.until = now, min(earned, now + BODY_GRACE_SECONDS)

    def wait_for_answer(self, now: float) -> None:
        """Expect nothing of the client."""
        self.phase, self.since, self.until = Phase.ANSWER, now, inf

    def expect_reading(self, unread_bytes: int, now: float) -> None:
        """Give the client time to read what is waiting for it."""
        self.phase, self.since, self.until = Phase.UNREAD, now, now + UNREAD_SECONDS
        self._unread_bytes = unread_bytes

    def has_read_enough(self, unread_bytes: int, now: float) -> bool:
        """Return whether the client has read at the least speed; if so it gets more time."""
        progress = self._unread_bytes - unread_bytes
        if progress < UNREAD_SECONDS * LEAST_BYTES_PER_SECOND:
            return False
        self.expect_reading(unread_bytes, now)
        return True

    def expect_next_request(self, seconds: float, now: float) -> None:
        """Keep the connection for another request."""
        self.phase, self.since, self.until = _IDLE, now, now + seconds

    def is_silent_at(self, now: float) -> bool:
        """Return whether the client is waited for, and has been for SILENT_SECONDS."""
        return self.phase is not _ANSWER and self.since + SILENT_SECONDS <= now

    def linger(self, now: float, *, sends_body: bool = False) -> None:
        """Give the client time to read the last answer before the connection is cut.

        sends_body: it may first send the rest of a body that nobody reads.
        """
        seconds = UNREAD_BODY_SECONDS if sends_body else LINGER_SECONDS
        self.phase, self.since, self.until = Phase.LINGER, now, now + seconds
