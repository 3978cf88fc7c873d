"""Pseudonyms under which limits are counted: no address and no identity is kept in clear.

Threat: whoever reads the memory or Redis of the service learns who asked. Limit: HMAC-SHA-256
under a key of the day, itself derived from the key ``limits``; yesterday's pseudonyms tell nothing.
"""

import hmac
import time
from collections.abc import Callable

from exposure_index.crypto.primed_hmac import PrimedHmac

PSEUDONYM_BYTES = 16
DAY_SECONDS = 86_400
# one byte that keeps different things apart
NETWORK = b"\x01"
DOCUMENT = b"\x02"
NETWORK_AND_DOCUMENT = b"\x03"
NAME = b"\x04"
ACTION = b"\x20"


class DailyPseudonyms:
    """Turns what is counted into 16-byte pseudonyms that hold for one UTC day."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock
        self._today = (-1, PrimedHmac(key, "sha256"))

    def of(self, kind: bytes, *parts: bytes) -> bytes:
        """Return the pseudonym of ``parts``; kind: one byte that keeps different things apart."""
        return self.of_message(
            kind + b"".join([len(part).to_bytes(4, "big") + part for part in parts])
        )

    def of_message(self, message: bytes) -> bytes:
        """Return the pseudonym of a kind's byte and parts that tell their own ends, but the last.

        An identity's encodings do; the hot path frames nothing twice.
        """
        return self.today().mac(message)[:PSEUDONYM_BYTES]

    def today(self) -> PrimedHmac:
        """Return the HMAC under today's key: its first 16 bytes are a pseudonym.

        The other 16 stay secret: they key what is known together with it.
        """
        return self.at(self._clock())

    def at(self, now: float) -> PrimedHmac:
        """Return the HMAC of today, as ``today`` does; now: seconds since 1970."""
        day = int(now) // DAY_SECONDS
        last_day, keyed = self._today
        if day != last_day:
            key = hmac.digest(self._key, b"gauge/v1/limits/day\x00%d" % day, "sha256")
            keyed = PrimedHmac(key, "sha256")
            self._today = (day, keyed)
        return keyed
