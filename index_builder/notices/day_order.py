"""Dates with the year last: whether a file writes the day or the month first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from index_builder.normalise import date
from index_builder.normalise.folding import spaced
from index_builder.notices.rejects import RowRejected

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


def date_of(cell: str, heading: str, *, day_comes_first: bool | None) -> datetime.date:
    """Return a cell's date. Raises RowRejected where there is none, or two readings of it."""
    match = _YEAR_LAST.fullmatch(spaced(cell))
    if match and match[1] != match[2]:
        if day_comes_first is None:
            raise RowRejected(heading, "date_ambiguous")
        day, month = match.group(1, 2) if day_comes_first else match.group(2, 1)
        cell = f"{match[3]}-{month}-{day}"
    elif match:
        cell = f"{match[3]}-{match[2]}-{match[1]}"
    found = date(cell)
    if found is None:
        raise RowRejected(heading, "date_unreadable" if cell.strip() else "date_missing")
    return found
