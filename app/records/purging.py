"""Deletes what is past its retention, from every table that keeps anything of anybody."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from app.records.corrections import purge_corrections
from app.records.counter_audit import purge_counter_audit
from app.records.database import Records
from app.records.watches import purge_watches

# what is kept → deletes what is older than a day, and returns how many rows
PURGES: Mapping[str, Callable[[Connection, date], int]] = {
    "corrections": purge_corrections,
    "counter_audit": purge_counter_audit,
    "watches": purge_watches,
}


def purge(records: Records, kept_days: Mapping[str, int], today: date) -> dict[str, int]:
    """Return how many rows of each kind were deleted.

    kept_days: for each name of PURGES the days of its retention. Raises RecordsUnavailable.
    """
    with records.writing() as connection:
        return {
            name: forget(connection, today - timedelta(days=kept_days[name]))
            for name, forget in PURGES.items()
        }
