"""Shifts of drivers: two cells of `drivers`, read as a span of days and times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exposure_index.trip_text.dates import date as normal_date
from index_builder.normalise.times import moment

SHIFT_COLUMNS = {
    "from_date": "date",
    "to_date": "date",
    "from_at": "timestamp",
    "to_at": "timestamp",
    "from_text": "string",
    "to_text": "string",
    "shift_fault": "string",
}
"""Dates null: no bound; times null: not known; texts: the times as a leg writes them."""

UNREADABLE, REVERSED = "unreadable", "reversed"


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a shift. day None: unknown; at None: the time of day is not known."""

    day: date | None
    at: datetime | None


_UNKNOWN = _End(None, None)


def shift(from_time: str, to_time: str) -> list[tuple[object, ...]]:
    """Return one row of SHIFT_COLUMNS.

    A shift that ends before it starts on one and the same date ends on the next; otherwise both
    ends are taken as unknown, and so is a cell that holds no date.
    """
    start, end = _end(from_time), _end(to_time)
    unreadable = (from_time and start.day is None) or (to_time and end.day is None)
    fault = UNREADABLE if unreadable else None
    if _reversed(start, end):
        if start.day == end.day and end.at is not None and end.day is not None:
            end = _End(end.day + timedelta(days=1), end.at + timedelta(days=1))
        else:
            start, end, fault = _UNKNOWN, _UNKNOWN, REVERSED
    return [(start.day, end.day, start.at, end.at, _text(start.at), _text(end.at), fault)]


def _end(text: str) -> _End:
    at = moment(text) if text else None
    return _End(at.date() if at else normal_date(text) if text else None, at)


def _reversed(start: _End, end: _End) -> bool:
    if start.day is None or end.day is None:
        return False
    if start.day == end.day and start.at and end.at:
        return end.at <= start.at
    return end.day < start.day


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
