"""Records of trips.idx: published trips, and what is known under one service number."""

from collections.abc import Mapping, Sequence
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
        texts = {**asdict(self), "service_date": self.service_date.isoformat()}
        return {name: text for name, text in texts.items() if text}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "PublishedTrip":
        """Return a trip of what as_json returned. Raises ValueError, TypeError or KeyError."""
        texts = {name: str(record.get(name, "")) for name in _TEXTS}
        return cls(service_date=date.fromisoformat(record["service_date"]), **texts)


_TEXTS = tuple(field.name for field in fields(PublishedTrip) if field.name != "service_date")


@dataclass(frozen=True, slots=True)
class ServiceTrips:
    """Record of one service number.

    numbers: every number of the service; passenger_list_days: ticket days whose passenger list
    is held; trips: ticket day → published trips of that run.
    """

    numbers: tuple[str, ...]
    passenger_list_days: Sequence[date]
    trips: Mapping[date, Sequence[PublishedTrip]]

    def as_json(self) -> dict[str, Any]:
        """Return the value of a record."""
        return {
            "numbers": self.numbers,
            "held": [day.isoformat() for day in self.passenger_list_days],
            "trips": {
                day.isoformat(): [trip.as_json() for trip in trips]
                for day, trips in sorted(self.trips.items())
            },
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "ServiceTrips":
        """Return what as_json returned. Raises ValueError, TypeError, KeyError, AttributeError."""
        return cls(
            tuple(record["numbers"]),
            tuple(map(date.fromisoformat, record["held"])),
            {
                date.fromisoformat(day): tuple(map(PublishedTrip.from_json, trips))
                for day, trips in record["trips"].items()
            },
        )


def service_key(mode: str, number: str) -> str:
    """Return the key of a service; number: canonical, without spaces."""
    return f"s {mode} {number}"


def parse_service_key(key: str) -> tuple[str, str] | None:
    """Return mode and number of the key of a service, None for the key of a day."""
    kind, _, rest = key.partition(" ")
    mode, _, number = rest.partition(" ")
    return (mode, number) if kind == "s" else None


def day_key(day: date, mode: str) -> str:
    """Return the key of what was published for a day."""
    return f"d {day.isoformat()} {mode}"
