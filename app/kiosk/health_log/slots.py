"""Mornings and evenings of an observation: which have a reading, and which were missed.

The practice of Haidian, February 2020: temperature and symptoms twice a day for 14 days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from app.settings.local_days import LocalDays

NOON = time(12)


class Slot(StrEnum):
    """Half of a day for which one reading is due."""

    MORNING = "morning"
    EVENING = "evening"


BEGIN = {Slot.MORNING: time(), Slot.EVENING: NOON}
DEADLINE = {Slot.MORNING: NOON, Slot.EVENING: time(22)}


class SlotState(StrEnum):
    """How a slot stands; late: its reading came after the deadline."""

    LATER = "later"
    DUE = "due"
    DONE = "done"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class SlotReading:
    """A reading as slots see it; slot: None where nobody said which, as at a kiosk."""

    taken_at: int
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class DaySlot:
    """One slot of one day."""

    day: date
    slot: Slot
    state: SlotState


@dataclass(frozen=True, slots=True)
class SlotSpan:
    """From when until when readings are due: moments in milliseconds, the last one excluded."""

    begin: int
    end: int


def slot_at(at_ms: int, days: LocalDays) -> Slot:
    """Return the slot of a moment: evenings begin at noon."""
    return Slot.MORNING if days.moment(at_ms).time() < NOON else Slot.EVENING


def day_slots(
    span: SlotSpan, readings: Iterable[SlotReading], days: LocalDays, now: int
) -> list[DaySlot]:
    """Return every slot of an observation up to today, in order.

    A slot counts where its deadline is after the beginning and not after the end of the span.
    """
    earliest: dict[tuple[date, Slot], int] = {}
    for reading in readings:
        slot = reading.slot or slot_at(reading.taken_at, days)
        place = (days.day(reading.taken_at), slot)
        earliest[place] = min(reading.taken_at, earliest.get(place, reading.taken_at))
    found = []
    day, today = days.day(span.begin), days.day(now)
    while day <= today:
        for slot in Slot:
            deadline = days.at(day, DEADLINE[slot])
            if span.begin < deadline <= span.end:
                state = _state(earliest.get((day, slot)), days.at(day, BEGIN[slot]), deadline, now)
                found.append(DaySlot(day, slot, state))
        day += timedelta(days=1)
    return found


def _state(made_at: int | None, begin: int, deadline: int, now: int) -> SlotState:
    if made_at is not None:
        return SlotState.DONE if made_at < deadline else SlotState.LATE
    if now >= deadline:
        return SlotState.MISSED
    return SlotState.DUE if now >= begin else SlotState.LATER
