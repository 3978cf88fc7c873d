"""Numbers of legs: each tells the table and the row that it was read from.

A leg of a passenger list bears the number of its row. Legs that are read from elsewhere bear
numbers that no row has: those of replies, and one for each driver, vehicle and day. Where a row
names several days, or may be one of several flights, each is a leg of its own, and bears the number
of the row and of its place there. Where a row is a leg of a case, its number is negative.
"""

from datetime import date
from typing import Any

_REPLIES_FROM = 1 << 54  # above the rows of 1.8 million files of passenger lists
_SHIFTS_FROM = 1 << 55
_PLACE = 1 << 56  # times the place of a leg among those of its row, below 64
_DAYS_OF_ROW = 8
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


def leg_of_day(row: Column, day_place: Column, flight_place: Column = 0) -> Column:
    """Return the number of a leg on a day of its row.

    day_place: of the day among those that the row names, flight_place: of the flight among those
    that it may be, both from 0 and below 8.
    """
    return row + (day_place.cast("int64") + flight_place * _DAYS_OF_ROW) * _PLACE


def leg_row(leg: Column) -> Column:
    """Return the number of the first leg of the same row; nearly every row has but it."""
    return leg.abs() % _PLACE


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
    number = abs(leg) % _PLACE
    if number >= _SHIFTS_FROM:
        row = (number - _SHIFTS_FROM) // (_DAYS * _MODES)
        replied = row >= _REPLIED_SHIFTS_FROM
        return ("replies", row - _REPLIED_SHIFTS_FROM) if replied else ("drivers", row)
    if number >= _REPLIES_FROM:
        return "replies", number - _REPLIES_FROM
    return "legs", number
