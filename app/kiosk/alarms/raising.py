"""Alarms are raised where check-ins and readings are kept, in the same transaction: none is lost.

Called by the intake of check-ins and by the daily log.
"""

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection

from app.kiosk.alarms.fever_message import keep_fever_message
from app.kiosk.alarms.reasons import FEVER, checkin_reasons, measured_reasons
from app.records.encrypted_fields import FieldCipher
from app.records.health.alarms import Alarm, add_alarms
from app.records.health.readings import HealthReading
from app.records.kiosks.checkins import StoredCheckin

ID_BYTES = 16


def raise_for_checkins(
    connection: Connection,
    cipher: FieldCipher,
    checkins: Sequence[StoredCheckin],
    fever_celsius: float,
) -> None:
    """Keep an alarm for each new check-in of one kiosk that calls the officer; ring for fevers.

    Threat: somebody with a fever takes it back at a kiosk that nobody watches, and shows a cold
    wrist. Limit: only the officer resolves an alarm; a kiosk takes none back.
    """
    if not checkins:
        return
    new = []
    for each in checkins:
        reasons = checkin_reasons(each.content, fever_celsius)
        if reasons and not each.content.get("undoes"):
            fields = (each.organisation, each.kiosk, each.id, each.made_at)
            new.append(Alarm(secrets.token_hex(ID_BYTES), *fields, reasons))
    _keep(connection, cipher, new, checkins[0].taken_at)


def raise_for_reading(
    connection: Connection, cipher: FieldCipher, reading: HealthReading, fever_celsius: float
) -> None:
    """Keep an alarm for a new reading of a personal link that calls the officer; ring for fever."""
    reasons = measured_reasons(reading.celsius, reading.symptoms, fever_celsius)
    if reasons:
        fields = (reading.organisation, "", reading.id, reading.taken_at)
        alarm = Alarm(secrets.token_hex(ID_BYTES), *fields, reasons)
        _keep(connection, cipher, [alarm], reading.taken_at)


def _keep(
    connection: Connection, cipher: FieldCipher, alarms: Sequence[Alarm], now_ms: int
) -> None:
    add_alarms(connection, cipher, alarms)
    fevers = sum(FEVER in alarm.reasons for alarm in alarms)
    if fevers:
        keep_fever_message(connection, cipher, alarms[0].organisation, fevers, now_ms // 1_000)
