"""Calendar dates as departments write them."""

from __future__ import annotations

import datetime
import re

from exposure_index.trip_text.folding import spaced

# Outside these years a date is a placeholder (0001-01-01, 9999-12-31), not a day of travel.
YEAR_FIRST, YEAR_LAST = 1900, 2199
_TIME = r"(?:[T ].*|\(.*)?"
_SEPARATED = re.compile(rf"([0-9]{{4}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{1,2}}){_TIME}")
_HAN = re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?(?:[^0-9].*)?")
_RUN = re.compile(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_TIME}")


def date(text: str) -> datetime.date | None:
    """Return the date of a cell, any time of day ignored; None where it holds no possible date.

    Read: YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYYMMDD, 2020年1月9日.
    """
    folded = spaced(text)
    if separated := _SEPARATED.fullmatch(folded):
        return _possible(separated[1], separated[3], separated[4])
    match = _HAN.fullmatch(folded) or _RUN.fullmatch(folded)
    return _possible(match[1], match[2], match[3]) if match else None


_MONTH_DAY = re.compile(
    r"(?P<month>[0-9]{1,2}|[元一二三四五六七八九十]{1,2}) ?月份? ?"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<rest> ?[日号].*|[^0-9].*)?"
)
_MORE_DAYS = re.compile(r" ?[日号]? ?[-~—至到、,和及/]|[0-9]{1,2} ?[日号]")
PUBLISHED_WITHIN_DAYS = 183
"""A date without a year lies this many days before its publication at most: else it is a slip."""


def date_without_year(text: str, published: datetime.date) -> datetime.date | None:
    """Return the date of `1月12日`, `1月12`, `元月12日` or `十二月三十日`, as published on a day.

    A trip cannot lie after its publication: 12月30日 published on 2020-01-05 is of 2019. None
    where there is no such date, or only one longer ago than PUBLISHED_WITHIN_DAYS.
    """
    month, day = _month_and_day(text)
    for year in (published.year, published.year - 1):
        day_then = _possible(str(year), str(month), str(day))
        if day_then and day_then <= published:
            return day_then if (published - day_then).days <= PUBLISHED_WITHIN_DAYS else None
    return None


def has_no_year(text: str) -> bool:
    """Return whether a cell names one month and day and no year."""
    return _month_and_day(text) != (0, 0)


def _month_and_day(text: str) -> tuple[int, int]:
    """Return month and day, (0, 0) where the text names none, or several days."""
    match = _MONTH_DAY.fullmatch(spaced(text))
    rest = (match["rest"] or "") if match else ""
    if match is None or _MORE_DAYS.match(rest) or _MORE_DAYS.search(rest, 1):
        return 0, 0
    return _small_number(match["month"]), _small_number(match["day"])


def _small_number(text: str) -> int:
    """Return 1 to 31 of digits or Han digits, 0 for no such number."""
    if text.isascii():
        return int(text)
    return _HAN_NUMBERS.get(text, 0)


_ONES = "一二三四五六七八九"
_TENS = ("", "十", "二十", "三十")
_HAN_NUMBERS = {
    "元": 1,
    **{
        tens + ones: 10 * ten + one
        for ten, tens in enumerate(_TENS)
        for one, ones in enumerate(("", *_ONES))
        if tens + ones
    },
}


def _possible(year: str, month: str, day: str) -> datetime.date | None:
    if not YEAR_FIRST <= int(year) <= YEAR_LAST:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


FIRST_EXPOSURE_DATE = datetime.date(2019, 1, 1)
LAST_EXPOSURE_DATE = datetime.date(2099, 12, 31)
"""What the index can hold begins on 2019-01-01; a date of the next century is a slip."""


def exposure_date(text: str) -> datetime.date | None:
    """Return the date of an exposure, None where it is no date or none that the index can hold."""
    day = date(text)
    return day if day and FIRST_EXPOSURE_DATE <= day <= LAST_EXPOSURE_DATE else None
