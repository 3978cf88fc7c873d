"""The dates of one cell in the order of its text, with what stands beside and between them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from enum import Enum

from exposure_index.trip_text.calendar_words import WEEKDAY, weekday_number
from exposure_index.trip_text.clocks import PART_OF_DAY, Clock, clock_at
from exposure_index.trip_text.day_forms import DateNotation, DayForm, day_form_at, possible_date
from exposure_index.trip_text.time_zones import Zone, zone_at

DAYS_MAXIMUM = 7
"""A span over a week is a stay, or a time that was looked into, and no boarding of one trip."""
PUBLISHED_WITHIN_DAYS = 183
"""A date without a year lies this many days before its publication at most: else it is a slip."""


class Join(Enum):
    """What a sign between two dates says: every day between, both, or either of the two."""

    SPAN = "span"
    LIST = "list"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class DateItem:
    """One date of a cell with what stands beside it, and the sign before it."""

    form: DayForm
    join: Join | None = None
    weekday: int | None = None
    clock: Clock | None = None
    until: Clock | None = None
    zone: Zone | None = None


_FROM = re.compile(r"(?:FROM |自|从|從|由)")
_BEFORE = re.compile(rf"(?P<weekday>{WEEKDAY})(?:, ?| )?")
_BESIDE = re.compile(
    rf"[ ,]*(?:(?P<weekday>{WEEKDAY})|(?P<word>\( ?(?:{PART_OF_DAY}) ?\)|(?:{PART_OF_DAY})"
    r"|[AP]M\b|MORNING\b|AFTERNOON\b|EVENING\b|NIGHT\b|每日|每天|DAILY\b|E(?:ACH|VERY) DAY\b))"
)
_TO_CLOCK = re.compile(r"T| ?,? ?(?:AT )?\(? ?")
_CLOCK_SPAN = re.compile(r" ?(?:-|~|至|到|TO) ?")
_JOINS = re.compile(
    r" ?(?:(?P<span>-+|~|至|到|TO\b|UNTIL\b|TILL\b|THROUGH\b)"
    r"|(?P<list>、|;|,? ?(?:AND|OR)\b|,|&|\+|和|及|与|與|以及|或者|或)|(?P<either>/)) ?| "
)


def date_items(text: str, notation: DateNotation) -> list[DateItem]:
    """Return the dates of folded text; none where any of it is not understood."""
    start = _FROM.match(text)
    position = start.end() if start else 0
    items: list[DateItem] = []
    joined = ""
    while position < len(text) and len(items) <= DAYS_MAXIMUM:
        found = _item_at(text, position, notation, items[-1].form if items else None)
        if found is None:
            return []
        item, position = found
        if items and not _may_join(items[-1].form, joined, item.form):
            return []
        items.append(replace(item, join=_join_of(joined) if items else None))
        if position == len(text):
            return items if not start or len(items) > 1 else []
        join = _JOINS.match(text, position)
        if join is None:
            return []
        joined, position = join[0], join.end()
    return []


def _join_of(sign: str) -> Join:
    match = _JOINS.fullmatch(sign)
    return Join((match.lastgroup if match else None) or Join.EITHER.value)


def _may_join(before: DayForm, joined: str, form: DayForm) -> bool:
    """Return whether a date that leaves out its year or month is one behind a sign, and no number.

    2020-01-20-21 may be a number that is written on, and so may 2020-01-20, 21.
    """
    if form.year is not None:
        return True
    if form.bare and not (before.named or _join_of(joined) is Join.SPAN or "、" in joined):
        return False
    return joined not in {" ", before.separator} or before.separator is None


def _item_at(
    text: str, position: int, notation: DateNotation, before: DayForm | None
) -> tuple[DateItem, int] | None:
    weekday = None
    if ahead := _BEFORE.match(text, position):
        weekday, position = weekday_number(ahead["weekday"]), ahead.end()
    found = day_form_at(text, position, notation, before)
    if found is None:
        return None
    item, position = DateItem(found[0], weekday=weekday), found[1]
    while True:
        clock = _clock_after(text, position) if item.clock is None else None
        if clock:
            item = replace(item, clock=clock[0], until=clock[1], zone=clock[2])
            position = clock[3]
            continue
        match = _BESIDE.match(text, position)
        if match is None:
            return item, position
        if match["weekday"]:
            number = weekday_number(match["weekday"])
            if item.weekday not in {None, number}:
                return None
            item = replace(item, weekday=number)
        position = match.end()


def _clock_after(text: str, position: int) -> tuple[Clock, Clock | None, Zone | None, int] | None:
    """Return a time of day, the end of a span of times, the zone, and where they end."""
    to_clock = _TO_CLOCK.match(text, position)
    if to_clock is None:
        return None
    found = clock_at(text, to_clock.end(), beside_date=True)
    if found is None:
        return None
    clock, position = found
    exactly = to_clock[0] == "T" or clock.has_seconds
    until = None
    zone = zone_at(text, position, after_seconds=exactly)
    if zone:
        position = zone[1]
    elif span := _CLOCK_SPAN.match(text, position):
        end = clock_at(text, span.end(), beside_date=True)
        if end:
            until, position = end
    if "(" in to_clock[0]:
        if text[position : position + 1] != ")":
            return None
        position += 1
    return clock, until, zone[0] if zone else None, position


def whole_forms(items: list[DateItem]) -> list[DayForm]:
    """Return each date with the month and year that its neighbours give it; none without month."""
    forms = [item.form for item in items]
    for place in range(len(forms) - 2, -1, -1):
        form, after = forms[place], forms[place + 1]
        # 28-29 March 2020, and 28 March to 2 April 2020; a day stands before no month of digits.
        if form.named and after.named:
            if form.month is None and after.month is not None:
                forms[place] = replace(form, month=after.month, year=form.year or after.year)
            elif form.year is None and form.month is not None and after.year is not None:
                later = form.month > (after.month or form.month)
                forms[place] = replace(form, year=after.year - later)
    for place in range(1, len(forms)):
        form, before = forms[place], forms[place - 1]
        if form.month is None:
            form = replace(form, month=before.month, year=form.year or before.year)
        elif form.year is None and before.year is not None and before.month is not None:
            form = replace(form, year=before.year + (form.month < before.month))
        forms[place] = form
    return [] if any(form.month is None for form in forms) else forms


def forms_by_publication(forms: list[DayForm], published: datetime.date) -> list[DayForm]:
    """Return dates in the year in which the last of them lies before their publication.

    A trip cannot lie after its publication: 12月30日 published on 2020-01-05 is of 2019. None where
    there is no such day, only one longer ago than PUBLISHED_WITHIN_DAYS, or a year is written.
    """
    if any(form.year for form in forms):
        return []
    last = forms[-1]
    for year in (published.year, published.year - 1):
        day = possible_date(year, last.month or 0, last.day)
        if day and day <= published:
            in_time = (published - day).days <= PUBLISHED_WITHIN_DAYS
            return [_in_year(form, last, year) for form in forms] if in_time else []
    return []


def _in_year(form: DayForm, last: DayForm, year: int) -> DayForm:
    return replace(form, year=year - ((form.month or 0) > (last.month or 0)))
