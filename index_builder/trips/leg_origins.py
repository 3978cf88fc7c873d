"""Numbers of legs: each tells the table and the row that it was read from.

A leg of a passenger list bears the number of its row. Legs that are read from elsewhere bear
numbers that no row has: those of replies, and one for each driver, vehicle and day. Where a row
names several days, each is a leg of its own, and bears the number of the row and of the day. Where
a row is a leg of a case, its number is negative.
"""

from datetime import date
from typing import Any

_REPLIES_FROM = 1 << 57  # above the rows of 140,000 files of passenger lists
_SHIFTS_FROM = 1 << 58
_LATER_DAY = 1 << 59  # times the place of a day among those of its row, below 8
_REPLIED_SHIFTS_FROM = 1 << 32
_FIRST_DAY = date(2019, 1, 1)
_DAYS = 1 << 16
_MODES = 1 << 3

Column = Any  # an ibis column, or a whole number


def replied_leg(row: Column) -> Column:
    """Return the number of a leg that stands in a row of `replies`."""
    return row + _REPLIES_FROM


def replied_driver(row: Column) -> Column:
    """Return the row under which a driver named in a row of `replies` stands among `drivers`."""
    return row + _REPLIED_SHIFTS_FROM


def leg_of_day(row: Column, place: Column) -> Column:
    """Return the number of a leg on a day of its row; place: of the day, 0 is the first."""
    return row + place.cast("int64") * _LATER_DAY


def leg_row(leg: Column) -> Column:
    """Return the number of the first leg of the same row; a row that names one day has but it."""
    return leg.abs() % _LATER_DAY


def shift_leg(row: Column, day: Column, mode_code: Column) -> Column:
    """Return the number of a driver's leg: one a row, day and kind of vehicle.

    row: of `drivers`; day: an ibis column of dates; mode_code: below 8.
    """
    days = day.delta(_FIRST_DAY, unit="day")
    return (row * _DAYS + days) * _MODES + mode_code + _SHIFTS_FROM


def leg_source(leg: int) -> tuple[str, int]:
    """Return (table, row) from which a leg was read; of a leg of a case by the positive number.

    A positive number of a leg of a case is a row of case_legs, which only the caller knows.
    """
    number = abs(leg) % _LATER_DAY
    if number >= _SHIFTS_FROM:
        row = (number - _SHIFTS_FROM) // (_DAYS * _MODES)
        replied = row >= _REPLIED_SHIFTS_FROM
        return ("replies", row - _REPLIED_SHIFTS_FROM) if replied else ("drivers", row)
    if number >= _REPLIES_FROM:
        return "replies", number - _REPLIES_FROM
    return "legs", number
