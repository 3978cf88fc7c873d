"""How long each kind of record is kept, and the thread that deletes it every six hours."""

import threading
import time
from collections.abc import Mapping
from datetime import datetime

import structlog
from babel.dates import get_timezone

from app.records.database import Records, RecordsUnavailable
from app.records.purging import purge
from app.settings import Settings

EVERY_SECONDS = 6 * 3_600  # four times a day, so that a restart at night skips none


def kept_days(settings: Settings) -> Mapping[str, int]:
    """Return the days of retention of each kind of record."""
    return {
        "corrections": settings.corrections_days,
        "counter_audit": settings.counter_audit_days,
        "watches": 0,  # each bears the day on which it is deleted itself
    }


class DailyPurge:
    """Purges when started and then every few hours; a purge of several processes at once is one."""

    def __init__(self, records: Records, settings: Settings) -> None:
        self._records = records
        self._settings = settings

    def start(self) -> None:
        """Begin in a thread that ends with the process."""
        threading.Thread(target=self._run, name="purge", daemon=True).start()

    def purge_now(self) -> None:
        """Delete what is past its retention; while records are unavailable, do nothing."""
        today = datetime.now(get_timezone(self._settings.timezone)).date()
        try:
            purge(self._records, kept_days(self._settings), today)
        except RecordsUnavailable:
            return

    def _run(self) -> None:
        while True:
            try:
                self.purge_now()
            except Exception as error:  # the next one may succeed
                structlog.get_logger().error("purge_failed", exc_info=error)
            time.sleep(EVERY_SECONDS)
