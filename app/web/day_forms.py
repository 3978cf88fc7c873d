"""How a language writes a day, made ready once: a page has a hundred days, each of the same work.

The library looks its patterns up for each day anew; that takes forty times as long. Every day that
a label of these years may hold is written beforehand, so that reading one tells nothing of it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_month_names, parse_pattern

FIELDS = frozenset({"y", "M", "MM", "MMMM", "d", "dd"})  # of the patterns of most languages
YEAR_FIRST = frozenset({"zh", "ja", "ko"})
"""Languages whose official style leaves out the year of a day of this year."""
FIRST_DAY = date(2019, 1, 1)  # of labels
YEARS_AHEAD = 1
_BRITISH = Locale("en", "GB")


def long_pattern(locale: Locale) -> str:
    """Return Unicode's pattern of a day with its year; English is the one of GOV.UK: d MMMM y."""
    return str(_spoken(locale).date_formats["long"].pattern)


def short_pattern(locale: Locale) -> str:
    """Return the pattern of a day of this year, with the year where the language keeps it."""
    if locale.language in YEAR_FIRST:
        return str(locale.datetime_skeletons["MMMMd"].pattern)
    return long_pattern(locale)


def weekday_names(locale: Locale) -> tuple[str, ...]:
    """Return the names of the days of the week, Monday first."""
    names = _spoken(locale).days["format"]["wide"]
    return tuple(str(names[number]) for number in range(7))


class WrittenDays(dict[date, str]):
    """Days in words, from FIRST_DAY to the end of the next year; others are written when read."""

    def __init__(self, write: Callable[[date], str], this_year: int) -> None:
        """write: puts a day into words."""
        self._write = write
        days = (date(this_year + YEARS_AHEAD, 12, 31) - FIRST_DAY).days + 1
        super().__init__(
            (day, write(day)) for day in (FIRST_DAY + timedelta(number) for number in range(days))
        )

    def __missing__(self, day: date) -> str:
        """Return a day of other years in words."""
        return self._write(day)


@lru_cache(maxsize=64)  # languages are offered by the dozen at most
def written_days(
    locale: Locale, this_year: int, weekday_form: str
) -> dict[str, Callable[[date], str]]:
    """Return what reads a day in words: with its year, without it, and with its weekday.

    weekday_form: where {weekday} and {day} stand in the last of them.
    """
    short, names = short_day_form(locale, this_year), weekday_names(locale)

    def with_weekday(day: date) -> str:
        return weekday_form.format(weekday=names[day.weekday()], day=short(day))

    forms = {"day": day_form(locale), "short_day": short, "weekday": with_weekday}
    return {name: WrittenDays(form, this_year).__getitem__ for name, form in forms.items()}


@lru_cache(maxsize=64)
def day_form(locale: Locale) -> Callable[[date], str]:
    """Return what puts a day into the words of a language, with the month by its name."""
    return _form(long_pattern(locale), _spoken(locale))


def short_day_form(locale: Locale, this_year: int) -> Callable[[date], str]:
    """Return what writes a day without its year where that is this one and the language does so."""
    either = day_form(locale), _short_form(locale)

    def words(day: date) -> str:
        written = either[0](day), either[1](day)  # both: which one is kept takes no time
        return written[day.year == this_year]

    return words


@lru_cache(maxsize=64)
def _short_form(locale: Locale) -> Callable[[date], str]:
    return _form(short_pattern(locale), _spoken(locale))


def _spoken(locale: Locale) -> Locale:
    """Return the locale whose style is used: plain "en" is America's to the library."""
    return _BRITISH if (locale.language, locale.territory) == ("en", None) else locale


def _form(pattern: str, locale: Locale) -> Callable[[date], str]:
    form = str(parse_pattern(pattern).format)
    months = {number: str(name) for number, name in get_month_names("wide", locale=locale).items()}
    if not _is_known(form):
        return lambda day: format_date(day, pattern, locale)

    def words(day: date) -> str:
        year, month, number = day.year, day.month, day.day
        fields = {
            "y": year,
            "M": month,
            "MM": f"{month:02}",
            "MMMM": months[month],
            "d": number,
            "dd": f"{number:02}",
        }
        return form % fields

    return words


def _is_known(form: str) -> bool:
    """Return whether a pattern has no field but those that are filled in here."""
    try:
        return bool(form % dict.fromkeys(FIELDS, ""))
    except (KeyError, ValueError, TypeError):
        return False
