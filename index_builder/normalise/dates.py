"""Calendar dates as departments write them."""

from __future__ import annotations

import datetime
import re

from index_builder.normalise.folding import spaced

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
    written = _HAN.fullmatch(folded) or _RUN.fullmatch(folded)
    return _possible(written[1], written[2], written[3]) if written else None


def _possible(year: str, month: str, day: str) -> datetime.date | None:
    if not YEAR_FIRST <= int(year) <= YEAR_LAST:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


FIRST_DATE_TOLD = datetime.date(2019, 1, 1)
LAST_DATE_TOLD = datetime.date(2099, 12, 31)
"""What the index can hold begins on 2019-01-01; a date of the next century is a slip."""


def date_told(text: str) -> datetime.date | None:
    """Return the date of an exposure, None where it is no date or none that an answer can tell."""
    found = date(text)
    return found if found and FIRST_DATE_TOLD <= found <= LAST_DATE_TOLD else None
