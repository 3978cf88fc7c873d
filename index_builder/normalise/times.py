"""Moments on one clock (Asia/Shanghai), and timetable times."""

from __future__ import annotations

import datetime

from exposure_index.trip_text.clocks import clock_minutes
from exposure_index.trip_text.dates import SHANGHAI_AHEAD, read_date_cell
from exposure_index.trip_text.day_forms import DateNotation

# The longest runs of the timetable take under a week.
CLOCK_MINUTES_MAXIMUM = 7 * 24 * 60
# What tools fill in where nobody knew the time.
_FILLED_IN = (datetime.time(0, 0, 0), datetime.time(23, 59, 59))


def today() -> datetime.date:
    """Return the date on the clock of Asia/Shanghai now."""
    return (datetime.datetime.now(datetime.UTC) + SHANGHAI_AHEAD).date()


def moment(
    text: str, notation: DateNotation | None = None, published: datetime.date | None = None
) -> datetime.datetime | None:
    """Return a cell's moment on the clock of Asia/Shanghai, naive, to the second.

    Read: any single date `dates.read_date_cell` reads with one time of day; an offset (Z, +09:00,
    NZDT) is converted. None where there is no time of day, it is a span or in a zone whose name
    means several, or it is 00:00:00 or 23:59:59, which stand for "unknown".
    """
    cell = read_date_cell(text, notation, published)
    at = cell.time
    if at is None or at.time() in _FILLED_IN:
        return None
    if cell.zone:
        if len(cell.zone.offsets) > 1:
            return None
        at += SHANGHAI_AHEAD - datetime.timedelta(minutes=cell.zone.offsets[0])
    return None if at.time() in _FILLED_IN else at


def is_day_or_moment(
    text: str, notation: DateNotation | None = None, published: datetime.date | None = None
) -> bool:
    """Return whether a cell is understood as one day, with or without a time of day.

    Of such a cell an unknown moment needs no warning: nobody said more, or a tool filled it in.
    """
    cell = read_date_cell(text, notation, published)
    return len(cell.days) == 1 and (cell.zone is None or len(cell.zone.offsets) == 1)


def clock(text: str) -> int | None:
    """Return minutes since the midnight before a run's first departure; may pass 24 hours.

    `25:53` is 1553. None where the cell is blank or not wholly a time.
    """
    minutes = clock_minutes(text)
    return minutes if minutes is not None and minutes <= CLOCK_MINUTES_MAXIMUM else None
