"""The text of one spreadsheet cell, as the same program would have saved it in a CSV file."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

EXACT_BELOW = 10**15  # a spreadsheet keeps 15 digits of a number and puts zeros for the rest
_DAY_ZERO = datetime.datetime(1899, 12, 31)  # noqa: DTZ001 - a spreadsheet's clock has no zone
_LAST_YEAR_OF_CLOCKS = 1900
"""Times past 24:00 without the format for it are stored as moments of the first days of 1900."""

Cell = (
    str
    | bool
    | int
    | float
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
)


class DigitsLost(ValueError):
    """A whole number so long that the spreadsheet has replaced its last digits."""


def cell_text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a point, dates and times in ISO 8601.

    Times past 24:00 are `25:10:00`, truth values yes and no. Raises DigitsLost.
    """
    for kind, read in _READERS:
        if isinstance(cell, kind):
            return str(read(cell))
    return str(cell)


def cell_word(cell: Cell) -> str:
    """Return a cell as text, a number that has lost its last digits as what is left of it."""
    try:
        return cell_text(cell)
    except DigitsLost:
        return str(cell)


def cell_words(cells: Sequence[Cell]) -> list[str]:
    """Return each cell as cell_word does."""
    return [cell if isinstance(cell, str) else cell_word(cell) for cell in cells]


def column_number(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _number_text(number: float) -> str:
    if abs(number) >= EXACT_BELOW:
        raise DigitsLost
    return str(int(number)) if number == int(number) else repr(number)


def _moment_text(moment: datetime.datetime) -> str:
    # Stored as a fraction of a day: 09:35 may come back as 09:34:59.999.
    rounded = (moment + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
    if rounded.year <= _LAST_YEAR_OF_CLOCKS:
        return _clock_text(rounded - _DAY_ZERO)
    return rounded.isoformat(" ")


def _date_text(day: datetime.date) -> str:
    if day.year <= _LAST_YEAR_OF_CLOCKS:
        return _clock_text(_at_midnight(day) - _DAY_ZERO)
    return day.isoformat()


def _time_text(time: datetime.time) -> str:
    return _clock_text(datetime.datetime.combine(_DAY_ZERO, time) - _DAY_ZERO)


def _at_midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def _clock_text(since_midnight: datetime.timedelta) -> str:
    seconds = round(since_midnight.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_READERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (bool, lambda truth: "yes" if truth else "no"),
    (float, _number_text),
    (int, _number_text),
    (datetime.timedelta, _clock_text),
    (datetime.datetime, _moment_text),
    (datetime.date, _date_text),
    (datetime.time, _time_text),
)
"""In this order: a truth value is an integer too, and a moment a date."""
