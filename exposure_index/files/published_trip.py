"""One published trip of a confirmed case: what the notice said, and nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PublishedTrip:
    """A trip as an authority published it; texts are "" where the notice did not say.

    number: every number of the service as the notice named them, `Z11/Z14`; service_date: the day
    on which the case boarded; seats: `34H|34J`; times: ISO 8601, local; published: the day of the
    notice; source: where it stood.
    """

    mode: str
    number: str
    service_date: date
    carriage: str = ""
    seats: str = ""
    board: str = ""
    alight: str = ""
    board_time: str = ""
    alight_time: str = ""
    published: str = ""
    source: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as JSON holds it, without what is blank."""
        told = {**asdict(self), "service_date": self.service_date.isoformat()}
        return {name: text for name, text in told.items() if text}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "PublishedTrip":
        """Return a trip of what as_json returned. Raises ValueError, TypeError or KeyError."""
        texts = {name: str(given.get(name, "")) for name in _TEXTS}
        return cls(service_date=date.fromisoformat(given["service_date"]), **texts)


_TEXTS = tuple(field.name for field in fields(PublishedTrip) if field.name != "service_date")
