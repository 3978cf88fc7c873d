from datetime import date

import pytest

from app.kiosk.health_log.slots import (
    DaySlot,
    Slot,
    SlotReading,
    SlotSpan,
    SlotState,
    day_slots,
    slot_at,
)
from tests.fixtures.kiosk_checkins import DAYS, at

DAY = date(2020, 2, 3)
SPAN = SlotSpan(at("2020-02-03T00:00"), at("2020-02-17T00:00"))


def states(now, *readings, span=SPAN):
    found = day_slots(span, readings, DAYS, at(now))
    return [(each.slot, each.state) for each in found if each.day == DAY]


@pytest.mark.parametrize(
    ("now", "morning", "evening"),
    [
        ("2020-02-03T06:00", "due", "later"),
        ("2020-02-03T11:59", "due", "later"),
        ("2020-02-03T12:00", "missed", "due"),
        ("2020-02-03T21:59", "missed", "due"),
        ("2020-02-03T22:00", "missed", "missed"),
    ],
)
def test_a_slot_is_missed_at_noon_and_at_ten(now, morning, evening):
    assert [(Slot.MORNING, morning), (Slot.EVENING, evening)] == states(now)


def test_a_reading_before_the_deadline_is_done():
    assert (Slot.MORNING, "done") == states(
        "2020-02-03T13:00", SlotReading(at("2020-02-03T08:00"))
    )[0]


def test_a_reading_after_the_deadline_is_late():
    reading = SlotReading(at("2020-02-03T13:00"), Slot.MORNING)
    assert (Slot.MORNING, "late") == states("2020-02-03T14:00", reading)[0]


def test_a_reading_at_night_is_a_late_one_of_the_evening():
    reading = SlotReading(at("2020-02-03T23:00"))
    assert (Slot.EVENING, "late") == states("2020-02-03T23:30", reading)[1]


def test_a_later_reading_takes_no_earlier_one_back():
    readings = [SlotReading(at(f"2020-02-03T{hour}:00"), Slot.MORNING) for hour in ("13", "08")]
    assert (Slot.MORNING, "done") == states("2020-02-03T14:00", *readings)[0]


def test_one_reading_is_of_one_slot():
    reading = SlotReading(at("2020-02-03T08:00"))
    assert (Slot.EVENING, "missed") == states("2020-02-03T22:00", reading)[1]


def test_whoever_is_observed_from_the_afternoon_missed_no_morning():
    span = SlotSpan(at("2020-02-03T15:00"), SPAN.end)
    assert [(Slot.EVENING, "missed")] == states("2020-02-03T22:00", span=span)


def test_nothing_is_due_after_the_end():
    span = SlotSpan(SPAN.begin, at("2020-02-03T15:00"))
    assert [(Slot.MORNING, "missed")] == states("2020-02-04T08:00", span=span)


def test_fourteen_days_have_twenty_eight_slots():
    found = day_slots(SPAN, [], DAYS, at("2020-03-01T00:00"))
    assert (28, {SlotState.MISSED}) == (len(found), {each.state for each in found})
    assert DaySlot(DAY, Slot.MORNING, SlotState.MISSED) == found[0]


@pytest.mark.parametrize(("clock", "slot"), [("11:59", "morning"), ("12:00", "evening")])
def test_evenings_begin_at_noon(clock, slot):
    assert slot == slot_at(at(f"2020-02-03T{clock}"), DAYS)
