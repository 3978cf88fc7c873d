"""Alarms: check-ins and readings that call the health officer, until one resolves them.

Threat: a copy of the database tells who was sent away and why. Limit: in clear stand ids and times;
reasons, who resolved it and their note are one encrypted field.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import delete_rows_before, delete_rows_of
from app.records.tables import metadata

health_alarms = Table(
    "health_alarms",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("kiosk", String(32), nullable=False),  # "" of a reading by a personal link
    Column("entry", String(32), nullable=False),  # id of the check-in or reading
    Column("raised_at", BigInteger, nullable=False),  # when it was made; milliseconds since 1970
    Column("resolved_at", BigInteger),
    Column("content", LargeBinary, nullable=False),
    Index("uq_health_alarms_entry", "organisation", "kiosk", "entry", unique=True),
    Index("ix_health_alarms_organisation_raised_at", "organisation", "raised_at"),
)
column = health_alarms.c


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; kiosk: "" where entry is a reading by a personal link, not a check-in.

    Times in milliseconds since 1970; resolver: an account's name.
    """

    id: str
    organisation: int
    kiosk: str
    entry: str
    raised_at: int
    reasons: tuple[str, ...]
    resolved_at: int | None = None
    resolver: str = ""
    note: str = ""


def add_alarms(connection: Connection, cipher: FieldCipher, new: Sequence[Alarm]) -> None:
    """Keep alarms. Raises IntegrityError for a second one of one check-in or reading."""
    if new:
        rows = [
            {
                "id": one.id,
                "organisation": one.organisation,
                "kiosk": one.kiosk,
                "entry": one.entry,
                "raised_at": one.raised_at,
                "resolved_at": one.resolved_at,
                "content": _content(cipher, one),
            }
            for one in new
        ]
        connection.execute(insert(health_alarms), rows)


def open_alarms(connection: Connection, cipher: FieldCipher, organisation: int) -> list[Alarm]:
    """Return what nobody has resolved, the latest first."""
    return _alarms(connection, cipher, organisation, column.resolved_at.is_(None))


def alarms_since(
    connection: Connection, cipher: FieldCipher, organisation: int, since_ms: int
) -> list[Alarm]:
    """Return what was raised at a moment or after it, resolved or not, the latest first."""
    return _alarms(connection, cipher, organisation, column.raised_at >= since_ms)


def alarm_of_id(
    connection: Connection, cipher: FieldCipher, organisation: int, alarm_id: str
) -> Alarm | None:
    """Return an alarm of an organisation, None where it has none of that id."""
    found = _alarms(connection, cipher, organisation, column.id == alarm_id)
    return found[0] if found else None


def put_resolution(connection: Connection, cipher: FieldCipher, alarm: Alarm) -> bool:
    """Keep by whom an alarm is resolved, with which note, or that it is open; was it there?"""
    mine = (column.organisation == alarm.organisation) & (column.id == alarm.id)
    values = {"resolved_at": alarm.resolved_at, "content": _content(cipher, alarm)}
    return connection.execute(update(health_alarms).where(mine).values(**values)).rowcount == 1


def purge_alarms(connection: Connection, organisation: int, before_ms: int) -> int:
    """Delete what was raised before a moment, of one organisation; return how many."""
    return delete_rows_before(connection, health_alarms.c.raised_at, before_ms, organisation)


def delete_alarms_of(connection: Connection, organisation: int) -> int:
    """Delete every alarm of an organisation; return how many."""
    return delete_rows_of(connection, health_alarms, organisation)


def _alarms(
    connection: Connection, cipher: FieldCipher, organisation: int, condition: ColumnElement[bool]
) -> list[Alarm]:
    query = (
        select(health_alarms)
        .where((column.organisation == organisation) & condition)
        .order_by(column.raised_at.desc(), column.id)
    )
    return [_alarm(cipher, row) for row in connection.execute(query)]


def _alarm(cipher: FieldCipher, row: Any) -> Alarm:  # noqa: ANN401 - a row of any query
    content = json.loads(cipher.decrypt(_place(row.id), row.content))
    return Alarm(
        row.id,
        row.organisation,
        row.kiosk,
        row.entry,
        row.raised_at,
        tuple(content["reasons"]),
        row.resolved_at,
        content["resolver"],
        content["note"],
    )


def _content(cipher: FieldCipher, alarm: Alarm) -> bytes:
    content = {"reasons": alarm.reasons, "resolver": alarm.resolver, "note": alarm.note}
    return cipher.encrypt(_place(alarm.id), json.dumps(content, ensure_ascii=False))


def _place(alarm_id: str) -> Place:
    return Place("health_alarms", "content", alarm_id)
