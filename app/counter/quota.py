"""How many people one clerk may check in a day."""

import time
from datetime import datetime

from babel.dates import get_timezone

from app.limits.outcomes import LimitKind, LimitReached
from app.records.accounts.counter_audit import Event, append_line, checks_since
from app.records.database import Records

DAY_SECONDS = 86_400


def count_check(records: Records, clerk: str, per_day: int, timezone: str) -> int:
    """Audit one check and return how many the clerk has made today, this one included.

    Counted and audited in one step, before the answer is looked up. Raises LimitReached past the
    quota, and RecordsUnavailable: what cannot be audited is not answered.
    """
    now = datetime.fromtimestamp(time.time(), get_timezone(timezone))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    cipher = records.cipher
    with records.writing() as connection:
        checks = checks_since(connection, clerk, int(midnight.timestamp()))
        event = Event.CHECKED if checks < per_day else Event.OVER_QUOTA
        append_line(connection, cipher, clerk, event, int(now.timestamp()))
    if event is Event.OVER_QUOTA:
        raise LimitReached(midnight.timestamp() + DAY_SECONDS - now.timestamp(), LimitKind.CLERK)
    return checks + 1
