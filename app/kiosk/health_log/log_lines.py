"""The daily log as the officer reads it: whose readings are there, whose were missed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.kiosk.alarms.reasons import last_celsius
from app.kiosk.health_log.slots import DaySlot, Slot, SlotReading, SlotSpan, SlotState, day_slots
from app.records.encrypted_fields import FieldCipher
from app.records.health.observations import Observation, observations_of
from app.records.health.readings import readings_of
from app.records.kiosks.checkins import checkins_of
from app.settings.local_days import LocalDays


@dataclass(frozen=True, slots=True)
class LogReading:
    """One temperature of somebody in observation, wherever it was taken; at: milliseconds.

    kiosk: "" where it came by the personal link; slot: None where nobody said which.
    """

    at: int
    celsius: float | None
    symptoms: tuple[str, ...]
    kiosk: str
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One observation; slots: those of today; missed: all, as far back as readings are kept.

    day: which day it is, from 1; last: the latest reading.
    """

    observation: Observation
    over: bool
    day: int
    days: int
    slots: Sequence[DaySlot]
    missed: Sequence[DaySlot]
    last: LogReading | None


@dataclass(frozen=True, slots=True)
class LogSummary:
    """How many people are observed, and of how many a reading of today is missed."""

    observed: int
    missed: int


class LogReader:
    """Reads the daily log of one organisation; kept_days: for how long readings are kept."""

    def __init__(
        self,
        connection: Connection,
        cipher: FieldCipher,
        organisation: int,
        days: LocalDays,
        kept_days: int,
    ) -> None:
        self._connection = connection
        self._cipher = cipher
        self._organisation = organisation
        self._days = days
        self._kept_days = kept_days

    def summary(self, now: int) -> LogSummary:
        """Return how many are observed, and how many missed a reading of today; now: in ms."""
        going = [line for line in self.lines(now) if not line.over]
        missed = [line for line in going if any(s.state is SlotState.MISSED for s in line.slots)]
        return LogSummary(len(going), len(missed))

    def lines(self, now: int) -> list[LogLine]:
        """Return every observation, those that go on and have missed readings first."""
        observations = observations_of(self._connection, self._cipher, self._organisation)
        readings = self.readings(observations)
        oldest = self._days.day(now) - timedelta(days=self._kept_days - 1)
        since = self._days.start(oldest)  # what is older was deleted, which is not missed
        lines = [log_line(one, readings[one.id], self._days, now, since) for one in observations]
        return sorted(
            lines, key=lambda line: (line.over, -len(line.missed), line.observation.last_day)
        )

    def readings(self, observations: Sequence[Observation]) -> dict[str, list[LogReading]]:
        """Return the readings of some observations, of links and kiosks, the earliest first."""
        found = {one.id: self._at_kiosks(one) for one in observations}
        by_links = readings_of(self._connection, self._cipher, self._organisation, found)
        for each in by_links:
            reading = LogReading(each.taken_at, each.celsius, each.symptoms, "", Slot(each.slot))
            found[each.observation].append(reading)
        return {key: sorted(theirs, key=lambda one: one.at) for key, theirs in found.items()}

    def _at_kiosks(self, observation: Observation) -> list[LogReading]:
        """Return what kiosks measured of an observed person since it began, without mistakes."""
        if observation.person is None:
            return []
        found: dict[tuple[str, str], LogReading] = {}
        undone: set[tuple[str, str]] = set()
        scope = (self._connection, self._cipher, self._organisation)
        for each in checkins_of(*scope, observation.person):
            if undoes := each.content.get("undoes"):
                undone.add((each.kiosk, undoes))
            elif each.made_at >= observation.begun_at:
                found[each.kiosk, each.id] = LogReading(
                    at=each.made_at,
                    celsius=last_celsius(each.content),
                    symptoms=tuple(each.content.get("symptoms", ())),
                    kiosk=each.kiosk,
                    slot=None,
                )
        return [one for place, one in found.items() if place not in undone]


def log_line(
    observation: Observation,
    readings: Sequence[LogReading],
    days: LocalDays,
    now: int,
    since: int = 0,
) -> LogLine:
    """Return an observation as a line; since: nothing before is called missed."""
    first, today = days.day(observation.begun_at), days.day(now)
    end = days.end(observation.last_day)
    over = observation.closed_at is not None or now >= end
    span = SlotSpan(
        max(observation.begun_at, since),
        end if observation.closed_at is None else min(end, observation.closed_at),
    )
    slots = day_slots(span, _slot_readings(readings), days, now)
    return LogLine(
        observation=observation,
        over=over,
        day=(min(today, observation.last_day) - first).days + 1,
        days=(observation.last_day - first).days + 1,
        slots=[slot for slot in slots if slot.day == today],
        missed=[slot for slot in slots if slot.state is SlotState.MISSED],
        last=readings[-1] if readings else None,
    )


def _slot_readings(readings: Iterable[LogReading]) -> list[SlotReading]:
    return [SlotReading(one.at, one.slot) for one in readings if one.celsius is not None]
