"""Days in words, made ready: as the library writes them, in every language there is."""

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers

from app.languages import languages
from app.web.day_forms import day_form, short_day_form

DAYS = [date(2020, 1, 1) + timedelta(days=13 * number) for number in range(30)]


BRITISH = Locale("en", "GB")  # whose order of day and month GOV.UK keeps


@pytest.mark.parametrize("tag", languages())
def test_a_day_reads_as_the_library_writes_it(tag):
    locale = Locale.parse(tag, sep="-")
    for day in (*DAYS, date(2019, 12, 31), date(1, 1, 1), date(9999, 12, 31)):
        expected = format_date(day, "long", BRITISH if tag == "en" else locale)
        assert expected == day_form(locale)(day)


def test_so_it_does_in_a_language_that_is_added_later():
    for name in locale_identifiers()[::7]:
        locale = Locale.parse(name)
        for day in DAYS[::9]:
            style = BRITISH if name == "en" else locale
            assert format_date(day, "long", style) == day_form(locale)(day), name


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ja", ["3月4日", "2019年3月4日"]), ("de", ["4. März 2020", "4. März 2019"])],
)
def test_the_year_of_another_day_is_kept(tag, expected):
    form = short_day_form(Locale.parse(tag), 2020)
    assert expected == [form(date(year, 3, 4)) for year in (2020, 2019)]
