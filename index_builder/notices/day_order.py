"""The one day of a row, dated by its cell, its column and the day of its publication."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from exposure_index.trip_text.dates import DateFault, read_date_cell
from exposure_index.trip_text.day_forms import DateNotation
from index_builder.notices.notice_rejects import RowRejected

_CODES = {
    DateFault.UNREADABLE: "date_unreadable",
    DateFault.AMBIGUOUS: "date_ambiguous",
    DateFault.TOO_MANY_DAYS: "several_days",
    DateFault.YEAR_MISSING: "year_missing",
    DateFault.NO_SUCH_DAY: "date_after_publication",
}


@dataclass(frozen=True, slots=True)
class Dating:
    """How to date a row where its cells leave it open.

    notation: of dates such as 03/04/2020, as the column proves it.
    published: the day of publication, for dates without a year; None where nobody says it.
    """

    notation: DateNotation
    published: datetime.date | None = None


def date_of(cell: str, heading: str, dating: Dating) -> datetime.date:
    """Return a cell's date. Raises RowRejected where there is none, several, or two readings."""
    if not cell.strip():
        raise RowRejected(heading, "date_missing")
    read = read_date_cell(cell, dating.notation, dating.published)
    if read.fault:
        raise RowRejected(heading, _CODES[read.fault])
    if len(read.days) > 1:
        raise RowRejected(heading, "several_days")
    return read.days[0]
