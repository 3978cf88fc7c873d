"""Trip alerts: what a citizen seals to be told of a trip, and the export that carries them.

The export (export_lines.py): ``{"format": "gauge-watches", "version": 1}``, then one line an alert:
``{"sealed": …}`` in base64. It holds every alert of its day, so that a later file takes the place
of an earlier one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import IO

from exposure_index.messages.export_lines import from_base64, in_base64, read_lines, write_lines
from exposure_index.messages.phone_number import canonical_phone
from exposure_index.messages.sealed_messages import TRIP_ALERT, MessageUnreadable, open_sealed, seal
from exposure_index.trip_text.dates import exposure_date

FORMAT = {"format": "gauge-watches", "version": 1}
VERSION = 1
KEPT_AFTER_TRIP = timedelta(days=21)
"""An alert is forgotten this long after its trip: later cases are no longer published by trip."""


@dataclass(frozen=True, slots=True)
class TripAlert:
    """Wish to be told of one trip. phone: E.164; numbers: canonical; language: BCP 47."""

    mode: str
    numbers: tuple[str, ...]
    day: date
    phone: str
    language: str

    @property
    def delete_on(self) -> date:
        """The day on which it is deleted."""
        return self.day + KEPT_AFTER_TRIP

    def fit(self) -> "TripAlert":
        """Return it with as many of its numbers as a message holds, the first ones."""
        numbers = self.numbers
        while len(numbers) > 1 and len(self._content(numbers)) > TRIP_ALERT.plaintext_max_bytes:
            numbers = numbers[:-1]
        return replace(self, numbers=numbers)

    def seal(self, public_key: bytes) -> bytes:
        """Seal the alert; public_key: ``sealed.pub``. Raises MessageTooLong."""
        return seal(public_key, self._content(self.numbers), TRIP_ALERT)

    def _content(self, numbers: tuple[str, ...]) -> bytes:
        content = {
            "version": VERSION,
            "mode": self.mode,
            "numbers": numbers,
            "day": self.day.isoformat(),
            "phone": self.phone,
            "language": self.language,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def open(cls, private_key: bytes, sealed: bytes) -> "TripAlert":
        """Open a sealed alert; private_key: ``sealed``. Raises MessageUnreadable.

        Anybody may seal anything: what no form of ours sends must neither stop a publication nor
        send a message to a number that is none.
        """
        try:
            content = json.loads(open_sealed(private_key, sealed, TRIP_ALERT))
            numbers = tuple(map(str, content["numbers"]))
            mode, language = str(content["mode"]), str(content["language"])
            "".join((mode, language, *numbers)).encode()  # no half of a surrogate
            phone, day = canonical_phone(content["phone"]), exposure_date(content["day"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise MessageUnreadable from None
        if day is None:
            raise MessageUnreadable
        return cls(mode, numbers, day, phone, language)


def write_trip_alerts(file: IO[str], sealed: Iterable[bytes]) -> int:
    """Write the export; return how many alerts it carries."""
    return write_lines(file, FORMAT, ({"sealed": in_base64(message)} for message in sealed))


def read_trip_alerts(file: Iterable[str]) -> Iterator[bytes]:
    """Yield the sealed messages of an export. Raises ExportUnreadable."""
    return read_lines(file, FORMAT, lambda line: from_base64(line["sealed"]))
