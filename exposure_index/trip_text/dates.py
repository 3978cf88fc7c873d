"""Calendar dates as departments write them: a cell is read whole, or it holds no date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from exposure_index.trip_text.clocks import Clock
from exposure_index.trip_text.date_items import (
    DAYS_MAXIMUM,
    DateItem,
    Join,
    date_items,
    forms_by_publication,
    whole_forms,
)
from exposure_index.trip_text.day_forms import (
    DateNotation,
    DayAmbiguous,
    DayForm,
    notation_of,
    possible_date,
)
from exposure_index.trip_text.folding import plain_marks, spaced
from exposure_index.trip_text.time_zones import Zone

FIRST_EXPOSURE_DATE = datetime.date(2019, 1, 1)
LAST_EXPOSURE_DATE = datetime.date(2099, 12, 31)
"""What the index can hold begins on 2019-01-01; a date of the next century is a slip."""
SHANGHAI_AHEAD = datetime.timedelta(hours=8)
"""China keeps one clock, UTC+8, without summer time since 1991."""


class DateFault(Enum):
    """Why a cell gives no dates."""

    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    TOO_MANY_DAYS = "too_many_days"
    YEAR_MISSING = "year_missing"
    NO_SUCH_DAY = "no_such_day"  # before the publication and within PUBLISHED_WITHIN_DAYS


@dataclass(frozen=True, slots=True)
class DateCell:
    """What a cell says: its days in order, or why it has none.

    time: the moment as written, of a single day with one time of day; zone: the one beside it.
    """

    days: tuple[datetime.date, ...] = ()
    fault: DateFault | None = None
    time: datetime.datetime | None = None
    zone: Zone | None = None


def read_date_cell(
    text: str, notation: DateNotation | None = None, published: datetime.date | None = None
) -> DateCell:
    """Read a cell whole: one day, or several (a list, or a span of DAYS_MAXIMUM at most).

    notation: of the column, see date_notation; without it a cell proves for itself in which order
    it is written. published: the day of publication, which gives dates without a year theirs. A
    time of day with an offset is told as the day on the clock of Asia/Shanghai; a zone of another
    name only where every offset that the name may mean leaves the day as it is written.
    """
    if plain := _PLAIN.fullmatch(text):
        return _plain(plain)
    folded = _folded(text)
    notation = notation or replace(notation_of((folded,)), minguo=False)
    try:
        items = date_items(folded, notation)
        return _cell(items, _with_years(whole_forms(items), published))
    except DayAmbiguous:
        return DateCell(fault=DateFault.AMBIGUOUS)
    except _NoDates as reason:
        return DateCell(fault=reason.fault)


class _NoDates(Exception):
    """A cell that gives no dates; fault says why."""

    def __init__(self, fault: DateFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def _with_years(forms: list[DayForm], published: datetime.date | None) -> list[DayForm]:
    if not forms:
        raise _NoDates(DateFault.UNREADABLE)
    if all(form.year for form in forms):
        return forms
    if published is None:
        raise _NoDates(DateFault.YEAR_MISSING)
    dated = forms_by_publication(forms, published)
    if not dated:
        raise _NoDates(DateFault.NO_SUCH_DAY)
    return dated


# Nearly every cell is one of these, and some columns hold millions: they are read at once.
_PLAIN = re.compile(
    r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"(?:[T ](?P<hour>2[0-3]|[01]?[0-9]):(?P<minute>[0-5][0-9])"
    r"(?::(?P<second>[0-5][0-9])(?:[.,][0-9]{1,9})?)?)?"
)


def _plain(match: re.Match[str]) -> DateCell:
    day = possible_date(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return DateCell(fault=DateFault.UNREADABLE)
    if match["hour"] is None:
        return DateCell((day,))
    clock = Clock(int(match["hour"]) * 60 + int(match["minute"]), int(match["second"] or 0))
    return DateCell((day,), time=_at(day, clock))


def date_notation(cells: Iterable[str]) -> DateNotation:
    """Return in which order a column writes dates such as 03/04/2020, as far as it proves one.

    Each distinct cell is read once: how often one stands there proves nothing.
    """
    return notation_of(_folded(cell) for cell in set(cells))


# What spreadsheets leave around a date: '2020-01-20 as text, 20200120.0 as a number.
_WRAPPED = re.compile("[\"'‘’“”]?(?P<date>[^\"'‘’“”]+)[\"'‘’“”]?")
_DECIMAL_ZERO = re.compile(r"^([0-9]{8})\.0$")


def _folded(text: str) -> str:
    folded = spaced(plain_marks(text))
    wrapped = _WRAPPED.fullmatch(folded)
    return _DECIMAL_ZERO.sub(r"\1", wrapped["date"].strip()) if wrapped else folded


def days(text: str, notation: DateNotation | None = None) -> tuple[datetime.date, ...]:
    """Return every day that a cell names, in order; none where it is not wholly understood."""
    return read_date_cell(text, notation).days


def date(text: str, notation: DateNotation | None = None) -> datetime.date | None:
    """Return the one date of a cell; None where it holds none, several, or anything else too.

    Read: YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYYMMDD, 2020年1月9日, 民國109年1月9日, 2020년 1월 9일,
    28 March 2020, Mar 28, 2020, 28-Mar-20, 28/03/2020, each with weekday, time of day and offset.
    """
    found = days(text, notation)
    return found[0] if len(found) == 1 else None


def exposure_date(text: str) -> datetime.date | None:
    """Return the date of an exposure, None where it is no date or none that the index can hold."""
    found = exposure_days(text)
    return found[0] if len(found) == 1 else None


def exposure_days(text: str) -> tuple[datetime.date, ...]:
    """Return every day of an exposure; none where the index cannot hold one of them."""
    found = days(text)
    in_range = all(FIRST_EXPOSURE_DATE <= day <= LAST_EXPOSURE_DATE for day in found)
    return found if in_range else ()


def _cell(items: list[DateItem], forms: list[DayForm]) -> DateCell:
    written = [possible_date(form.year or 0, form.month or 0, form.day) for form in forms]
    local = [
        _local_day(day, item) if day else None for day, item in zip(written, items, strict=True)
    ]
    named = [day for day in local if day]
    if len(named) < len(items):
        raise _NoDates(DateFault.UNREADABLE)
    every = {named[0]}
    for item, form, before, day in zip(items[1:], forms[1:], named, named[1:], strict=False):
        has_own_year = item.form.year == form.year
        every |= _joined_days(before, day, item.join, in_order=not has_own_year)
    if len(every) > DAYS_MAXIMUM:
        raise _NoDates(DateFault.TOO_MANY_DAYS)
    only, first = items[0], written[0]
    if len(items) > 1 or first is None or only.clock is None or only.until is not None:
        return DateCell(tuple(sorted(every)))
    return DateCell(tuple(every), time=_at(first, only.clock), zone=only.zone)


def _joined_days(
    first: datetime.date, last: datetime.date, join: Join | None, *, in_order: bool
) -> set[datetime.date]:
    """Return the days that two dates with a sign between them name. Raises _NoDates."""
    gap = (last - first).days
    if gap < 0 and (join is not Join.LIST or in_order):
        raise _NoDates(DateFault.UNREADABLE)
    if join is Join.EITHER and gap > 1:
        raise _NoDates(DateFault.AMBIGUOUS)
    if join is not Join.SPAN:
        return {last}
    if gap >= DAYS_MAXIMUM:
        raise _NoDates(DateFault.TOO_MANY_DAYS)
    return {first + datetime.timedelta(days=n) for n in range(gap + 1)}


def _at(day: datetime.date, clock: Clock) -> datetime.datetime:
    midnight = datetime.datetime.combine(day, datetime.time())
    return midnight + datetime.timedelta(minutes=clock.minutes, seconds=clock.seconds)


def _local_day(written: datetime.date, item: DateItem) -> datetime.date | None:
    """Return the day on the clock of Asia/Shanghai; None where weekday, zone or hour gainsay it."""
    if item.weekday not in {None, written.weekday()}:
        return None
    if item.clock is None:
        return written
    at = _at(written, item.clock)
    if at.date() != written:
        return None  # 24:00 is the end of the day written, or the beginning of it
    if item.zone is None:
        return written
    local_days = {
        (at - datetime.timedelta(minutes=offset) + SHANGHAI_AHEAD).date()
        for offset in item.zone.offsets
    }
    if item.zone.exact:
        return local_days.pop()
    return written if local_days == {written} else None
