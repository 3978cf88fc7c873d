"""The dashboard: what the health officer sees at one glance, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.kiosk.alarms.reasons import FEVER
from app.kiosk.dashboard.alarm_lines import AlarmLine, AlarmLines
from app.kiosk.dashboard.charts import ColumnChart, days_chart, hours_chart
from app.kiosk.dashboard.counted_checkins import read_counted
from app.kiosk.dashboard.day_numbers import DayNumbers, DayState, day_numbers
from app.kiosk.dashboard.kiosk_states import KioskState, kiosk_states
from app.kiosk.dashboard.presence import ASSUMED_MS
from app.kiosk.health_log.log_lines import LogReader, LogSummary
from app.kiosk.settings.kiosk_settings import KioskSettings
from app.records.database import Records
from app.records.health.alarms import alarms_since, open_alarms
from app.records.kiosks.checkin_counts import count_unconfirmed, counts_by_quarter, sequence_spans
from app.records.kiosks.checkins import checkins_between
from app.records.kiosks.kiosks import kiosks_of
from app.records.kiosks.settings import stored_settings
from app.settings.local_days import LocalDays

CHART_DAYS = 14
ALARMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Board:
    """What the dashboard shows; now, newest_fever: milliseconds, 0 where there is no fever today.

    alarms: the latest that nobody has resolved, hidden: how many more; resolved: those of today.
    """

    now: int
    settings: KioskSettings
    numbers: DayNumbers
    alarms: Sequence[AlarmLine]
    hidden: int
    resolved: Sequence[AlarmLine]
    newest_fever: int
    kiosks: Sequence[KioskState]
    log: LogSummary
    hours: ColumnChart
    days: ColumnChart


class BoardReader:
    """Reads the dashboards of organisations."""

    def __init__(self, records: Records, days: LocalDays) -> None:
        self._records = records
        self._days = days

    def read(self, organisation: int, now: int) -> Board:
        """Return the dashboard as it stands; now: milliseconds. Raises RecordsUnavailable."""
        with self._records.reading() as connection:
            return self._read(connection, organisation, now)

    def _read(self, connection: Connection, organisation: int, now: int) -> Board:
        scope = (connection, self._records.cipher, organisation)
        settings = KioskSettings.model_validate(stored_settings(*scope))
        kiosks = kiosks_of(*scope)
        today = self._days.day(now)
        begin, end = self._days.start(today), self._days.end(today)
        since = min(begin, now - ASSUMED_MS)
        counted = read_counted(checkins_between(*scope, since, end))
        of_today = [each for each in counted.each if each.made_at >= begin]
        raised, unresolved = alarms_since(*scope, begin), open_alarms(*scope)
        lines = AlarmLines(*scope, {kiosk.id: kiosk.name for kiosk in kiosks})
        state = DayState(
            begin=begin,
            now=now,
            records_leaving=settings.direction == "both",
            alarms=raised,
            mistakes=counted.mistakes,
            unconfirmed=count_unconfirmed(connection, organisation),
        )
        first_day = self._days.start(today - timedelta(days=CHART_DAYS - 1))
        counts = counts_by_quarter(connection, organisation, first_day, end)
        return Board(
            now=now,
            settings=settings,
            numbers=day_numbers(counted.each, state),
            alarms=lines.lines(unresolved[:ALARMS_SHOWN]),
            hidden=max(0, len(unresolved) - ALARMS_SHOWN),
            resolved=lines.lines([one for one in raised if one.resolved_at is not None]),
            newest_fever=max((one.raised_at for one in raised if FEVER in one.reasons), default=0),
            kiosks=kiosk_states(kiosks, sequence_spans(connection, organisation), now),
            log=LogReader(*scope, self._days, settings.retention_days).summary(now),
            hours=hours_chart(of_today, self._days),
            days=days_chart(counts, self._days, today, CHART_DAYS),
        )
