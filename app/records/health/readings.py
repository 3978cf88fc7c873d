"""Readings of the daily health log that came by a personal link: temperature and symptoms.

Threat: a copy of the database tells who had a fever. Limit: in clear stand the observation and the
time; temperature, symptoms and slot are one encrypted field.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

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
    func,
    insert,
    select,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import delete_rows_before, delete_rows_of
from app.records.tables import metadata

health_readings = Table(
    "health_readings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("observation", String(32), nullable=False),
    Column("taken_at", BigInteger, nullable=False),  # milliseconds since 1970
    Column("content", LargeBinary, nullable=False),
    Index("ix_health_readings_observation_taken_at", "observation", "taken_at"),
    Index("ix_health_readings_organisation_taken_at", "organisation", "taken_at"),
)
column = health_readings.c


@dataclass(frozen=True, slots=True)
class HealthReading:
    """One temperature that somebody recorded of themself; taken_at: milliseconds since 1970.

    slot: morning or evening; symptoms: codes of the organisation's questions.
    """

    id: str
    organisation: int
    observation: str
    taken_at: int
    celsius: float
    symptoms: tuple[str, ...]
    slot: str


def add_reading(connection: Connection, cipher: FieldCipher, new: HealthReading) -> None:
    """Keep a reading. Raises IntegrityError for a second of one id."""
    content = json.dumps({"celsius": new.celsius, "symptoms": new.symptoms, "slot": new.slot})
    connection.execute(
        insert(health_readings).values(
            id=new.id,
            organisation=new.organisation,
            observation=new.observation,
            taken_at=new.taken_at,
            content=cipher.encrypt(_place(new.id), content),
        )
    )


def readings_of(
    connection: Connection, cipher: FieldCipher, organisation: int, observation_ids: Iterable[str]
) -> list[HealthReading]:
    """Return the readings of some observations of an organisation, the earliest first."""
    theirs = column.observation.in_(tuple(observation_ids))
    return _readings(connection, cipher, organisation, theirs)


def readings_of_ids(
    connection: Connection, cipher: FieldCipher, organisation: int, ids: Iterable[str]
) -> list[HealthReading]:
    """Return some readings of an organisation by their ids, the earliest first."""
    return _readings(connection, cipher, organisation, column.id.in_(tuple(ids)))


def count_readings_since(connection: Connection, observation_id: str, since_ms: int) -> int:
    """Return how many readings of an observation were taken at a moment or after it."""
    mine = (column.observation == observation_id) & (column.taken_at >= since_ms)
    query = select(func.count()).select_from(health_readings).where(mine)
    return connection.scalar(query) or 0


def purge_readings(connection: Connection, organisation: int, before_ms: int) -> int:
    """Delete what was taken before a moment, of one organisation; return how many."""
    return delete_rows_before(connection, health_readings.c.taken_at, before_ms, organisation)


def delete_readings_of(connection: Connection, organisation: int) -> int:
    """Delete every reading of an organisation; return how many."""
    return delete_rows_of(connection, health_readings, organisation)


def _readings(
    connection: Connection, cipher: FieldCipher, organisation: int, condition: ColumnElement[bool]
) -> list[HealthReading]:
    query = (
        select(health_readings)
        .where((column.organisation == organisation) & condition)
        .order_by(column.taken_at, column.id)
    )
    readings = []
    for row in connection.execute(query):
        content = json.loads(cipher.decrypt(_place(row.id), row.content))
        celsius, symptoms = content["celsius"], tuple(content["symptoms"])
        fields = (row.id, row.organisation, row.observation, row.taken_at)
        readings.append(HealthReading(*fields, celsius, symptoms, content["slot"]))
    return readings


def _place(reading_id: str) -> Place:
    return Place("health_readings", "content", reading_id)
