"""Days and hours in the zone of the service, as milliseconds since 1970."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from babel.dates import get_timezone

from app.settings.pages import PageSettings


@dataclass(frozen=True, slots=True)
class LocalDays:
    """Turns moments into days of one zone, and back."""

    zone: tzinfo

    @classmethod
    def of(cls, settings: PageSettings) -> "LocalDays":
        """Return those of the service's zone."""
        return cls(get_timezone(settings.timezone))

    def moment(self, at_ms: int) -> datetime:
        """Return a moment as date and time of the zone."""
        return datetime.fromtimestamp(at_ms / 1_000, self.zone)

    def day(self, at_ms: int) -> date:
        """Return the day on which a moment is."""
        return self.moment(at_ms).date()

    def start(self, day: date) -> int:
        """Return when a day begins, in milliseconds since 1970."""
        return self.at(day, time())

    def end(self, day: date) -> int:
        """Return when the day after begins, in milliseconds since 1970."""
        return self.start(day + timedelta(days=1))

    def at(self, day: date, clock: time) -> int:
        """Return a time of a day in milliseconds since 1970."""
        naive = datetime.combine(day, clock)
        # Babel gives zones of pytz where that is installed, which take a time in their own manner
        localize = getattr(self.zone, "localize", None)
        moment = localize(naive) if localize else naive.replace(tzinfo=self.zone)
        return int(moment.timestamp() * 1_000)
