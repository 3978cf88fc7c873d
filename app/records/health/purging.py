"""How long check-ins and the daily log are kept: as many days as each organisation says."""

from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.records.encrypted_fields import FieldCipher, FieldUnreadable
from app.records.health.alarms import purge_alarms
from app.records.health.observations import purge_observations
from app.records.health.readings import purge_readings
from app.records.kiosks.checkins import purge_checkins
from app.records.kiosks.settings import stored_settings
from app.records.organisations.organisations import organisations
from app.records.row_deletion import begin_of_day

RETENTION_DAYS = 14  # where an organisation says nothing
RETENTION_DAYS_MAX = 90  # where nobody can read what it says: nothing goes before its time


def purge_health(connection: Connection, cipher: FieldCipher | None, today: date) -> dict[str, int]:
    """Delete what is past the retention of its organisation; return how many rows of each kind.

    cipher: None where the key ``records`` is missing.
    """
    deleted = {"checkins": 0, "health_readings": 0, "health_alarms": 0, "observations": 0}
    for organisation in connection.scalars(select(organisations.c.id)).all():
        before = today - timedelta(days=_retention_days(connection, cipher, organisation))
        moment = begin_of_day(before) * 1000
        deleted["checkins"] += purge_checkins(connection, moment, organisation)
        deleted["health_readings"] += purge_readings(connection, organisation, moment)
        deleted["health_alarms"] += purge_alarms(connection, organisation, moment)
        deleted["observations"] += purge_observations(connection, organisation, before, moment)
    return deleted


def _retention_days(connection: Connection, cipher: FieldCipher | None, organisation: int) -> int:
    if cipher is None:
        return RETENTION_DAYS_MAX
    try:
        settings = stored_settings(connection, cipher, organisation)
    except FieldUnreadable:
        return RETENTION_DAYS_MAX
    return int(settings.get("retention_days", RETENTION_DAYS))
