"""Wait tickets, for whoever has no JavaScript: "send again after so many seconds".

A ticket is signed, bound and good for so many names after its time, once. Waiting costs nothing, so
how many names of a network count in a window has a limit of its own (``network_checks_waited``).
More names wait no longer: as many tickets, taken at once, would be good at the same time.
"""

import base64
import binascii
import hmac
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.limits.outcomes import Purpose
from app.proofs.binding import NETWORK_PSEUDONYM_BYTES, Binding, ProofRefused

PREFIX = "wait."
VERSION = 2
MAC_BYTES = 16
RANDOM_BYTES = 8
GOOD_FOR_SECONDS = 900  # from the moment on at which it may be used
LONGEST_TIMES = 4  # at the highest pressure one waits so many times the shortest
# version, purpose, names, from, random, network, document (zeros for none)
BODY = struct.Struct(f">BBBI{RANDOM_BYTES}s{NETWORK_PSEUDONYM_BYTES}s16s")
PURPOSES = (Purpose.NETWORK, Purpose.DOCUMENT, Purpose.SIGN_IN)
NO_DOCUMENT = bytes(16)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A genuine ticket; proof_id: 16 bytes by which its second use is known; times in seconds."""

    binding: Binding
    proof_id: bytes
    good_from: int

    @property
    def until(self) -> int:
        """Return when it expires."""
        return self.good_from + GOOD_FOR_SECONDS


class WaitTickets:
    """Makes and reads tickets."""

    def __init__(
        self, key: bytes, seconds_min: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = hmac.digest(key, b"gauge/v1/altcha/ticket", "sha256")
        self._seconds_min = seconds_min
        self._clock = clock

    def make(self, binding: Binding, pressure: float) -> str:
        """Return a ticket; pressure: 0 (the shortest wait) to 1 (the longest)."""
        wait = round(self._seconds_min * (1 + (LONGEST_TIMES - 1) * pressure))
        body = BODY.pack(
            VERSION,
            PURPOSES.index(binding.purpose),
            binding.names,
            int(self._clock()) + wait,
            secrets.token_bytes(RANDOM_BYTES),
            binding.network,
            binding.document or NO_DOCUMENT,
        )
        return _encode(body + self._mac(body))

    def read(self, text: str) -> Ticket:
        """Return a genuine ticket, whatever its time. Raises ProofRefused."""
        try:
            raw = base64.urlsafe_b64decode(text.removeprefix(PREFIX).encode("ascii") + b"==")
        except (binascii.Error, ValueError):
            raise ProofRefused("malformed") from None
        # the last character has bits that mean nothing: one spelling of a ticket counts
        if len(raw) != BODY.size + MAC_BYTES or text != _encode(raw):
            raise ProofRefused("malformed")
        body, mac = raw[: BODY.size], raw[BODY.size :]
        if not hmac.compare_digest(mac, self._mac(body)):
            raise ProofRefused("wrong")
        _version, purpose, names, good_from, _random, network, document = BODY.unpack(body)
        document = b"" if document == NO_DOCUMENT else document
        binding = Binding(PURPOSES[purpose], network, document, names)
        return Ticket(binding, mac, good_from)

    def remaining(self, ticket: Ticket) -> int:
        """Return how many seconds are left to wait, 0 where none. Raises ProofRefused if late."""
        now = int(self._clock())
        if now >= ticket.until:
            raise ProofRefused("expired")
        return max(0, ticket.good_from - now)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:MAC_BYTES]


def _encode(raw: bytes) -> str:
    return PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")
