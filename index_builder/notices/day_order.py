"""Dates with the year last: whether a file writes the day or the month first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from exposure_index.trip_text.folding import spaced
from index_builder.normalise import date, date_without_year, has_no_year
from index_builder.notices.notice_rejects import RowRejected

_YEAR_LAST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?: .*)?")


def day_first(cells: Iterable[str]) -> bool | None:
    """Return whether a column writes 31/01/2020 (True) or 01/31/2020 (False).

    None where no cell shows it, or cells contradict each other: then no such date is guessed.
    """
    firsts = seconds = False
    for match in filter(None, (_YEAR_LAST.fullmatch(spaced(cell)) for cell in cells)):
        firsts |= int(match[1]) > 12
        seconds |= int(match[2]) > 12
    return None if firsts == seconds else firsts


@dataclass(frozen=True, slots=True)
class Dating:
    """How to date a row where its cells leave it open.

    day_comes_first: of dates with the year last, None where the file does not show it.
    published: the day of publication, for dates without a year; None where nobody says it.
    """

    day_comes_first: bool | None
    published: datetime.date | None = None


def date_of(cell: str, heading: str, dating: Dating) -> datetime.date:
    """Return a cell's date. Raises RowRejected where there is none, or two readings of it."""
    match = _YEAR_LAST.fullmatch(spaced(cell))
    if match and match[1] != match[2]:
        if dating.day_comes_first is None:
            raise RowRejected(heading, "date_ambiguous")
        day, month = match.group(1, 2) if dating.day_comes_first else match.group(2, 1)
        cell = f"{match[3]}-{month}-{day}"
    elif match:
        cell = f"{match[3]}-{match[2]}-{match[1]}"
    day = date(cell)
    if day is None and has_no_year(cell):
        return _date_by_publication(cell, heading, dating.published)
    if day is None:
        raise RowRejected(heading, "date_unreadable" if cell.strip() else "date_missing")
    return day


def _date_by_publication(cell: str, heading: str, published: datetime.date | None) -> datetime.date:
    if published is None:
        raise RowRejected(heading, "year_missing")
    day = date_without_year(cell, published)
    if day is None:
        raise RowRejected(heading, "date_after_publication")
    return day
