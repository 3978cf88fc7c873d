from dataclasses import replace

from app.kiosk.dashboard.day_numbers import DayNumbers, DayState, day_numbers
from app.kiosk.dashboard.presence import ASSUMED_MS
from app.records.health.alarms import Alarm
from tests.fixtures.kiosk_checkins import HOUR, NOON, counted_of

BEGIN = NOON - 12 * HOUR
STATE = DayState(
    begin=BEGIN,
    now=NOON,
    records_leaving=True,
    alarms=(),
    mistakes=0,
    unconfirmed=0,
)


def numbers(*counted, **changes) -> DayNumbers:
    return day_numbers(counted, replace(STATE, **changes))


def alarm(one, **changes):
    made = Alarm("01" * 16, 1, one.kiosk, one.id, one.made_at, ("fever",))
    return replace(made, **changes)


def test_somebody_who_comes_twice_is_one_person():
    found = numbers(counted_of("p", NOON - 2 * HOUR), counted_of("p", NOON - HOUR))
    assert 1 == found.came_in


def test_whoever_left_is_not_in_any_more():
    left = counted_of("p", NOON - HOUR, direction="out")
    found = numbers(counted_of("p", NOON - 2 * HOUR), left, counted_of("q", NOON - HOUR))
    assert (2, 1, 1) == (found.came_in, found.went_out, found.still_in)


def test_a_night_shift_of_yesterday_is_still_in_and_did_not_come_today():
    found = numbers(counted_of("p", BEGIN - HOUR))
    assert (0, 1) == (found.came_in, found.still_in)


def test_nobody_is_in_for_longer_than_two_shifts():
    assert 0 == numbers(counted_of("p", NOON - ASSUMED_MS)).still_in


def test_where_nobody_is_recorded_leaving_nobody_is_said_to_be_in():
    assert numbers(counted_of("p"), records_leaving=False).still_in is None


def test_whoever_has_to_wait_waits_until_they_are_let_in():
    wait = counted_of("p", NOON - HOUR, word="wait")
    assert 1 == numbers(wait).waiting
    assert 0 == numbers(wait, counted_of("p", NOON)).waiting


def test_whoever_the_officer_has_seen_to_does_not_wait():
    wait = counted_of("p", word="wait")
    assert 0 == numbers(wait, alarms=[alarm(wait, resolved_at=NOON)]).waiting


def test_whoever_the_guard_let_in_does_not_wait():
    found = numbers(counted_of("p", word="come_in", kiosk_word="wait"))
    assert (0, 1, 1) == (found.waiting, found.overrides, found.came_in)


def test_fevers_are_people_at_kiosks_and_those_by_links():
    hot = [counted_of("p", NOON + minute, word="wait") for minute in (1, 2)]
    by_links = [alarm(hot[0], kiosk="", entry=name) for name in ("a", "b")]
    assert 3 == numbers(*hot, alarms=[*map(alarm, hot), *by_links]).fevers


def test_those_without_a_name_are_each_somebody():
    found = numbers(counted_of("", NOON, word="not_checked"), counted_of("", NOON + 1))
    assert (2, 1, 1) == (found.nameless, found.not_checked, found.came_in)


def test_readings_of_the_daily_log_let_nobody_in():
    found = numbers(counted_of("p", purpose="log", word="wait"))
    assert (0, 0) == (found.came_in, found.waiting)
