"""Which trip alerts were sent: keyed digests, so that none is sent twice and nothing is read.

Lines of ``digest, day of forgetting``. A line is appended as soon as the gateway took a message:
after a kill between the two, one message may come twice, and none is lost.
"""

import os
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from exposure_index.atomic_files import PRIVATE, write_whole
from exposure_index.messages.trip_alerts import TripAlert

INFO = b"gauge/v1/watch-ledger"


class SentAlerts:
    """Remembers the trip alerts that were sent, until their own day of deletion."""

    def __init__(self, path: Path, private_key: bytes, today: date) -> None:
        """Read what is remembered still; private_key: ``sealed``. Raises OSError."""
        self._path = path
        self._key = HKDFExpand(SHA256(), 32, INFO).derive(private_key)
        lines = path.read_text("ascii").splitlines() if path.exists() else []
        current = [line for line in lines if line.partition(" ")[2] > today.isoformat()]
        self._digests = {line.partition(" ")[0] for line in current}
        write_whole(path, "".join(f"{line}\n" for line in current).encode(), PRIVATE)

    def has(self, watch: TripAlert) -> bool:
        """Return whether this telephone was sent a message about this trip."""
        return self._digest(watch) in self._digests

    def add(self, watches: list[TripAlert]) -> None:
        """Remember that a telephone was sent its message. Raises OSError."""
        with self._path.open("a", encoding="ascii") as file:
            for watch in watches:
                digest = self._digest(watch)
                self._digests.add(digest)
                file.write(f"{digest} {watch.delete_on.isoformat()}\n")
            file.flush()
            os.fsync(file.fileno())

    def _digest(self, watch: TripAlert) -> str:
        mac = HMAC(self._key, SHA256())
        numbers = "/".join(sorted(watch.numbers))
        mac.update("\0".join((watch.phone, watch.mode, numbers, watch.day.isoformat())).encode())
        return mac.finalize().hex()
