"""Moments on one clock (Asia/Shanghai), and timetable times."""

from __future__ import annotations

import datetime
import re

from exposure_index.trip_text.dates import date
from exposure_index.trip_text.folding import spaced

# The longest runs of the timetable take under a week.
CLOCK_MINUTES_MAXIMUM = 7 * 24 * 60
# China keeps one clock, UTC+8, without summer time since 1991.
_SHANGHAI_AHEAD = datetime.timedelta(hours=8)
_MOMENT = re.compile(
    r"(?P<day>.*[0-9日号]) ?[T ] ?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)? ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_CLOCK = re.compile(r"([0-9]{1,3}):([0-9]{2})(?::[0-9]{2})?")
# What tools fill in where nobody knew the time.
_FILLED_IN = (datetime.time(0, 0, 0), datetime.time(23, 59, 59))


def today() -> datetime.date:
    """Return the date on the clock of Asia/Shanghai now."""
    return (datetime.datetime.now(datetime.UTC) + _SHANGHAI_AHEAD).date()


def moment(text: str) -> datetime.datetime | None:
    """Return a cell's moment on the clock of Asia/Shanghai, naive, to the second.

    Read: any date `dates.date` reads, then T or a space, then H:MM or H:MM:SS; an offset (Z,
    +09:00) is converted. None where there is no time of day, or it is 00:00:00 or 23:59:59, which
    stand for "unknown".
    """
    match = _MOMENT.fullmatch(spaced(text))
    day = date(match["day"]) if match else None
    if match is None or day is None:
        return None
    try:
        of_day = datetime.time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    local_time = datetime.datetime.combine(day, of_day)
    if of_day in _FILLED_IN:
        return None
    if match["offset"]:
        local_time = _in_shanghai(local_time, match["offset"])
    return None if local_time.time() in _FILLED_IN else local_time


def clock(text: str) -> int | None:
    """Return minutes since the midnight before a run's first departure; may pass 24 hours.

    `25:53` is 1553. None where the cell is blank or no time.
    """
    match = _CLOCK.fullmatch(spaced(text))
    if match is None or int(match[2]) > 59:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= CLOCK_MINUTES_MAXIMUM else None


def _in_shanghai(local_time: datetime.datetime, offset: str) -> datetime.datetime:
    hours, minutes = (0, 0) if offset == "Z" else (int(offset[:3]), int(offset[0] + offset[-2:]))
    ahead = datetime.timedelta(hours=hours, minutes=minutes)
    return local_time - ahead + _SHANGHAI_AHEAD
