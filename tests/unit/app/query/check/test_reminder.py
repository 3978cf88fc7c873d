"""The calendar file: RFC 5545, tomorrow, the same for everybody."""

import re
from datetime import date, timedelta

import pytest

from app.answer_pages.reminder import LINE_MAX_BYTES, calendar_file, calendar_form
from app.languages import languages

NEW_YEARS_EVE = date(2020, 12, 31)


@pytest.fixture(params=languages())
def reminder(app_of, published, request):
    return app_of(published).test_client().get(f"/reminder.ics?lang={request.param}")


def lines(text):
    """Return the lines of a calendar, unfolded."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_it_is_a_calendar_of_one_day_with_an_alarm(reminder):
    found = lines(reminder.data.decode())
    assert ("BEGIN:VCALENDAR", "END:VCALENDAR") == (found[0], found[-1])
    opened = [line.partition(":")[2] for line in found if line.startswith("BEGIN:")]
    closed = [line.partition(":")[2] for line in found if line.startswith("END:")]
    assert ["VCALENDAR", "VEVENT", "VALARM"] == opened == closed[::-1]
    assert all(re.fullmatch(r"[A-Z][A-Z-]*(;[A-Z]+=[A-Z]+)?:[^{}\r\n]+", line) for line in found)


def test_it_is_a_file_that_a_browser_hands_to_the_calendar(reminder):
    assert "text/calendar; charset=utf-8" == reminder.content_type
    assert 'attachment; filename="contact-gauge.ics"' == reminder.headers["Content-Disposition"]


def test_no_line_is_longer_than_the_format_allows(reminder):
    assert all(len(line) <= LINE_MAX_BYTES for line in reminder.data.split(b"\r\n"))


def test_it_is_for_tomorrow_by_the_service_s_clock(app_of, published):
    app = app_of(published)
    today = app.extensions["gauge"].settings.today()
    text = app.test_client().get("/reminder.ics").data.decode()
    assert f"DTSTART;VALUE=DATE:{today + timedelta(days=1):%Y%m%d}" in lines(text)


def test_the_day_after_the_last_of_a_year_is_the_first_of_the_next(app_of, published):
    with app_of(published).test_request_context("/reminder.ics"):
        text, form = calendar_file(NEW_YEARS_EVE), calendar_form()
    assert "DTSTART;VALUE=DATE:20210101" in lines(text)
    assert form == text.replace("20210101", "{day}")
