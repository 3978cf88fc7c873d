"""Codes under which limits are counted: no address and no identity is kept in clear.

Threat: whoever reads the memory or Redis of the service learns who asked. Limit: HMAC-SHA-256
under a key of the day, itself derived from the key ``limits``; yesterday's codes tell nothing.
"""

import hmac
import time
from collections.abc import Callable

from exposure_index.crypto.primed_hmac import PrimedHmac

CODE_BYTES = 16
DAY_SECONDS = 86_400
NETWORK = b"\x01"
DOCUMENT = b"\x02"
NETWORK_AND_DOCUMENT = b"\x03"
NAME = b"\x04"
ACTION = b"\x20"


class DailyCodes:
    """Turns what is counted into 16-byte codes that hold for one UTC day."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock
        self._today = (-1, PrimedHmac(key, "sha256"))

    def code(self, kind: bytes, *parts: bytes) -> bytes:
        """Return the code of ``parts``; kind: one byte that keeps different things apart."""
        return self.code_of(
            kind + b"".join([len(part).to_bytes(4, "big") + part for part in parts])
        )

    def code_of(self, framed: bytes) -> bytes:
        """Return the code of a kind's byte and parts that tell their own ends, the last excepted.

        An identity's encodings do; the hot path frames nothing twice.
        """
        day = int(self._clock()) // DAY_SECONDS
        known_day, keyed = self._today
        if day != known_day:
            key = hmac.digest(self._key, b"gauge/v1/limits/day\x00%d" % day, "sha256")
            keyed = PrimedHmac(key, "sha256")
            self._today = (day, keyed)
        return keyed.mac(framed)[:CODE_BYTES]
