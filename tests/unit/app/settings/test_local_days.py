from datetime import date, time

import pytest

from app.settings import read_settings
from app.settings.local_days import LocalDays
from tests.fixtures.kiosk_checkins import HOUR, at

SHANGHAI = LocalDays.of(read_settings(timezone="Asia/Shanghai"))
BERLIN = LocalDays.of(read_settings(timezone="Europe/Berlin"))


def test_a_day_begins_at_midnight_of_the_zone():
    assert at("2020-02-02T16:00") == SHANGHAI.start(date(2020, 2, 3))
    assert at("2020-02-03T16:00") == SHANGHAI.end(date(2020, 2, 3))


@pytest.mark.parametrize(("moment", "day"), [("15:59", 2), ("16:00", 3)])
def test_a_moment_is_of_the_day_of_the_zone(moment, day):
    assert date(2020, 2, day) == SHANGHAI.day(at(f"2020-02-02T{moment}"))


def test_a_day_on_which_clocks_change_is_as_long_as_it_is():
    day = date(2020, 3, 29)
    assert 23 * HOUR == BERLIN.end(day) - BERLIN.start(day)


def test_a_clock_time_is_of_the_zone():
    assert at("2020-02-03T04:00") == SHANGHAI.at(date(2020, 2, 3), time(12))
