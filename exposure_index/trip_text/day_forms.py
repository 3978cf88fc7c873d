"""The forms in which one calendar date is written, alone or beside others."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exposure_index.trip_text.calendar_words import (
    MONTH,
    NUMBER,
    month_number,
    small_number,
    year_number,
)

# Outside these years a date is a placeholder (0001-01-01, 9999-12-31), not a day of travel.
YEAR_FIRST, YEAR_LAST = 1900, 2199
_SHORT_YEAR_FIRST = 2019  # what the index can hold begins there
_MINGUO = range(100, 200)
_MINGUO_BEGAN, _REIWA_BEGAN, _HEISEI_BEGAN = 1911, 2018, 1988

YEAR_MONTH_DAY, DAY_MONTH_YEAR, MONTH_DAY_YEAR = "YMD", "DMY", "MDY"
_ORDERS = frozenset((YEAR_MONTH_DAY, DAY_MONTH_YEAR, MONTH_DAY_YEAR))


@dataclass(frozen=True, slots=True)
class DateNotation:
    """How a column writes dates that can be read in several orders.

    orders: those in which every such date of the column is possible; minguo: whether years of three
    digits count from 1912, as in Taiwan.
    """

    orders: frozenset[str] = _ORDERS
    minguo: bool = False


@dataclass(frozen=True, slots=True)
class DayForm:
    """One date as written. None: left to the dates beside it.

    separator: between the parts of a date of digits alone; named: it may stand with an English
    month; bare: it is a number and nothing else.
    """

    day: int
    month: int | None = None
    year: int | None = None
    separator: str | None = None
    named: bool = False
    bare: bool = False


class DayAmbiguous(Exception):
    """A date with several readings, of which its column proves none."""


def possible_date(year: int, month: int, day: int) -> datetime.date | None:
    """Return a date, None where the calendar has none or the year is a placeholder."""
    if not YEAR_FIRST <= year <= YEAR_LAST:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


_DIGITS = r" ?(?P<sep>[-/.]) ?(?P<month>[0-9]{1,2}) ?(?P=sep) ?(?P<day>[0-9]{1,2})(?![0-9])"
_STOP = r"(?:\.(?![0-9]))?"  # 2020. 1. 20. in Korea
_YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}}){_DIGITS}{_STOP}")
_RUN = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")
_MINGUO_WORD = "(?:中[華华])?民[國国]"
_MINGUO_DIGITS = re.compile(rf"{_MINGUO_WORD} ?(?P<year>[0-9]{{2,3}}){_DIGITS}")
_HAN_MONTH_DAY = rf"(?P<month>{NUMBER}) ?[月월]份? ?(?P<day>{NUMBER})(?: ?[日号號일]|(?![0-9]))"
_HAN = re.compile(
    rf"(?:(?P<era>{_MINGUO_WORD}|令和|平成) ?)?"
    rf"(?P<year>[0-9]{{1,4}}|元|[〇零○一二三四五六七八九]{{4}}) ?[年년] ?{_HAN_MONTH_DAY}"
)
_ORDINAL = r"(?P<day>[0-9]{1,2})(?:ST|ND|RD|TH)?"
_NOT_A_TIME = r"(?![0-9:]| ?[AP]\.? ?M\b|[时時点點시])"
_NAMED_DAY_FIRST = re.compile(
    rf"{_ORDINAL}(?:[./-]| OF | )?(?P<month>{MONTH})[ ,./-]{{0,2}}"
    rf"(?P<year>[0-9]{{4}}|'?[0-9]{{2}}){_NOT_A_TIME}"
)
_NAMED_MONTH_FIRST = re.compile(
    rf"(?P<month>{MONTH})[ ./-]?{_ORDINAL}(?:, ?|[ ./-])(?P<year>[0-9]{{4}}){_NOT_A_TIME}"
)
_NAMED_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}})[ ./-]?(?P<month>{MONTH})[ ./-]?(?P<day>[0-9]{{1,2}})(?![0-9])"
)
_ANY_ORDER = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<gap> ?)(?P<sep>[-/.]) ?(?P<second>[0-9]{1,2}) ?(?P=sep) ?"
    r"(?P<third>[0-9]{4}|[0-9]{2})(?![0-9])"
)
_SAYS_MINGUO = re.compile(rf"{_MINGUO_WORD}|(?<![0-9])1[0-9]{{2}} ?年")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9:])|[0-9]{8}|[0-9][-/.][0-9]{1,2}[-/.][0-9]")
_MINGUO_SHORT = re.compile(rf"(?P<year>1[0-9]{{2}}){_DIGITS}")
_HAN_SHORT = re.compile(_HAN_MONTH_DAY)
_NAMED_SHORT = re.compile(
    rf"{_ORDINAL}(?:[./-]| OF | )?(?P<month>{MONTH})|(?P<month_before>{MONTH})[ ./-]?"
    r"(?P<day_after>[0-9]{1,2})(?:ST|ND|RD|TH)?(?![0-9:])"
)
_DIGITS_SHORT = re.compile(r"(?P<month>[0-9]{1,2})(?P<sep>[-/.])(?P<day>[0-9]{1,2})(?![0-9:.])")
_NAMED_DAY_YEAR = re.compile(rf"{_ORDINAL},? (?P<year>[0-9]{{4}}){_NOT_A_TIME}")
_DAY = re.compile(
    rf"(?P<day>{NUMBER})(?: ?(?P<mark>[日号號일])"
    r"|(?:ST|ND|RD|TH)?(?![0-9:/.A-Z月월年년时時点點시]))"
)


def day_form_at(
    text: str, position: int, notation: DateNotation, before: DayForm | None
) -> tuple[DayForm, int] | None:
    """Return the date that stands at a position of folded text, and where it ends.

    before: the date before it in the same cell, from which it may leave out its year and month.
    Raises DayAmbiguous where it has several readings.
    """
    for pattern, meaning in _WHOLE:
        match = pattern.match(text, position)
        form = meaning(match, notation) if match else None
        if match and form:
            return form, match.end()
    for pattern, meaning in _SHORT:
        match = pattern.match(text, position)
        form = meaning(match, notation) if match else None
        if match and form and _may_follow(form, before):
            return form, match.end()
    return None


def notation_of(cells: Iterable[str]) -> DateNotation:
    """Return how a column, of folded cells, writes its dates: what it proves, and no guess.

    Where no order makes every date possible, the column contradicts itself and proves none.
    """
    orders, explicit, digits_alone, others = _ORDERS, False, 0, 0
    for cell in cells:
        for match in _ANY_ORDER.finditer(cell):
            readings = _readings(match, _ORDERS)
            if readings and not _is_tail(match):
                orders &= readings.keys() | _untouched(match)
        explicit = explicit or bool(_SAYS_MINGUO.search(cell))
        if _MINGUO_SHORT.match(cell):
            digits_alone += 1
        else:
            others += bool(_YEAR.search(cell))
    return DateNotation(orders, minguo=explicit or (digits_alone > 0 and not others))


def _is_tail(match: re.Match[str]) -> bool:
    """Return whether a match is but the end of another number or date, as of 2020-01-20-22."""
    ahead = match.string[: match.start()]
    return bool(re.search(rf"[0-9]$|[0-9]{{4}}\{match['sep']}$", ahead))


def _untouched(match: re.Match[str]) -> frozenset[str]:
    """Return the orders of which a date says nothing: none has a year of four digits first."""
    return frozenset((YEAR_MONTH_DAY,)) if len(match["third"]) > 2 else frozenset()


def _readings(match: re.Match[str], orders: frozenset[str]) -> dict[str, datetime.date]:
    first, second, third = (match[name] for name in ("first", "second", "third"))
    by_order = {
        DAY_MONTH_YEAR: (third, second, first),
        MONTH_DAY_YEAR: (third, first, second),
        YEAR_MONTH_DAY: (first, second, third),
    }
    return {
        order: date
        for order, (year, month, day) in by_order.items()
        if order in orders
        and len(day) <= 2
        and (of_year := _full_year(year))
        and (date := possible_date(of_year, int(month), int(day)))
    }


def _full_year(text: str) -> int | None:
    """Return the year of four digits, or of two where no trip of that year lies ahead."""
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    last = datetime.datetime.now(datetime.UTC).year + 1
    return year if len(digits) == 2 and _SHORT_YEAR_FIRST <= year <= last else None


def _in_any_order(match: re.Match[str], notation: DateNotation) -> DayForm | None:
    dates = set(_readings(match, notation.orders).values())
    if len(dates) == 1:
        (date,) = dates
        return DayForm(date.day, date.month, date.year, match["sep"])
    if dates or _readings(match, _ORDERS):
        raise DayAmbiguous
    return None


def _of_digits(match: re.Match[str], _notation: DateNotation) -> DayForm:
    separator = match.groupdict().get("sep") or ""
    return DayForm(int(match["day"]), int(match["month"]), int(match["year"]), separator)


def _of_minguo(match: re.Match[str], _notation: DateNotation) -> DayForm:
    year = int(match["year"]) + _MINGUO_BEGAN
    return DayForm(int(match["day"]), int(match["month"]), year, match["sep"])


def _of_minguo_short(match: re.Match[str], notation: DateNotation) -> DayForm | None:
    return _of_minguo(match, notation) if notation.minguo else None


def _of_han(match: re.Match[str], _notation: DateNotation) -> DayForm | None:
    year, era = year_number(match["year"]), match["era"]
    month, day = small_number(match["month"]), small_number(match["day"])
    if era:
        year += {"令和": _REIWA_BEGAN, "平成": _HEISEI_BEGAN}.get(era, _MINGUO_BEGAN)
    elif year in _MINGUO:
        year += _MINGUO_BEGAN
    elif len(match["year"]) <= 2:
        year = _full_year(match["year"]) or 0
    return DayForm(day, month, year)


def _of_name(match: re.Match[str], _notation: DateNotation) -> DayForm | None:
    year = _full_year(match["year"])
    if year is None:
        return None
    return DayForm(int(match["day"]), month_number(match["month"]), year, named=True)


_Meaning = Callable[[re.Match[str], DateNotation], DayForm | None]
_WHOLE: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (_YEAR_FIRST, _of_digits),
    (_HAN, _of_han),
    (_RUN, _of_digits),
    (_MINGUO_DIGITS, _of_minguo),
    (_MINGUO_SHORT, _of_minguo_short),
    (_NAMED_DAY_FIRST, _of_name),
    (_NAMED_MONTH_FIRST, _of_name),
    (_NAMED_YEAR_FIRST, _of_name),
    (_ANY_ORDER, _in_any_order),
)


def _of_han_short(match: re.Match[str], _notation: DateNotation) -> DayForm:
    return DayForm(small_number(match["day"]), small_number(match["month"]))


def _of_name_short(match: re.Match[str], _notation: DateNotation) -> DayForm:
    month = month_number(match["month"] or match["month_before"])
    return DayForm(int(match["day"] or match["day_after"]), month, named=True)


def _of_digits_short(match: re.Match[str], _notation: DateNotation) -> DayForm:
    return DayForm(int(match["day"]), int(match["month"]), separator=match["sep"])


def _of_day_and_year(match: re.Match[str], _notation: DateNotation) -> DayForm:
    return DayForm(int(match["day"]), None, int(match["year"]), named=True)


def _of_day(match: re.Match[str], _notation: DateNotation) -> DayForm:
    bare = match["mark"] is None
    return DayForm(small_number(match["day"]), named=bare, bare=bare)


_SHORT: tuple[tuple[re.Pattern[str], _Meaning], ...] = (
    (_HAN_SHORT, _of_han_short),
    (_NAMED_SHORT, _of_name_short),
    (_DIGITS_SHORT, _of_digits_short),
    (_NAMED_DAY_YEAR, _of_day_and_year),
    (_DAY, _of_day),
)


def _may_follow(form: DayForm, before: DayForm | None) -> bool:
    """A month and day of digits stand only behind a date of digits, written with the same sign.

    A day with a year alone stands behind an English month: March 28-29, 2020.
    """
    if form.month is None and form.year is not None:
        return before is not None and before.named and before.month is not None
    if form.separator is None:
        return True
    return before is not None and before.separator == form.separator
