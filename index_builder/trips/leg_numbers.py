"""Numbers of legs: each tells the table and the row that it was read from.

A leg of a manifest bears the number of its row. Legs that are read from elsewhere bear numbers
that no row has: one for each driver, vehicle and day. Where a row is a leg of a case, its number is
negative.
"""

from datetime import date
from typing import Any

_SHIFTS_FROM = 1 << 56
_FIRST_DAY = date(2019, 1, 1)
_DAYS = 1 << 16
_MODES = 1 << 3

Column = Any  # an ibis column, or a whole number


def shift_leg(row: Column, day: Column, mode_code: Column) -> Column:
    """Return the number of a driver's leg: one a row, day and kind of vehicle.

    row: of `drivers`; day: an ibis column of dates; mode_code: below 8.
    """
    days = day.delta(_FIRST_DAY, unit="day")
    return (row * _DAYS + days) * _MODES + mode_code + _SHIFTS_FROM
