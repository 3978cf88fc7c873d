"""Why health data of single people was looked at or taken out: the reason beside who and when.

The audit log of the organisation has the same event with a count; a reason is free text and may
hold a name, so it stands here, encrypted, and is deleted with the lines of the log.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import begin_of_day, delete_rows_before, delete_rows_of
from app.records.tables import metadata

health_accesses = Table(
    "health_accesses",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),  # seconds since 1970, as the audit log has it
    Column("actor", String(48), nullable=False),
    Column("event", String(24), nullable=False),
    Column("count", Integer, nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Index("ix_health_accesses_organisation_at", "organisation", "at"),
)
column = health_accesses.c


@dataclass(frozen=True, slots=True)
class HealthAccess:
    """One look; at: seconds since 1970; count: of how many people or check-ins."""

    id: str
    organisation: int
    at: int
    actor: str
    event: str
    count: int
    reason: str


def add_access(connection: Connection, cipher: FieldCipher, new: HealthAccess) -> None:
    """Keep a look with its reason."""
    connection.execute(
        insert(health_accesses).values(
            id=new.id,
            organisation=new.organisation,
            at=new.at,
            actor=new.actor,
            event=new.event,
            count=new.count,
            reason=cipher.encrypt(_place(new.id), new.reason),
        )
    )


def newest_accesses(
    connection: Connection, cipher: FieldCipher, organisation: int, limit: int
) -> list[HealthAccess]:
    """Return the looks of an organisation, the newest first."""
    query = (
        select(health_accesses)
        .where(column.organisation == organisation)
        .order_by(column.at.desc(), column.id)
        .limit(limit)
    )
    return [
        HealthAccess(
            row.id,
            row.organisation,
            row.at,
            row.actor,
            row.event,
            row._mapping["count"],
            cipher.decrypt(_place(row.id), row.reason),
        )
        for row in connection.execute(query)
    ]


def purge_accesses(connection: Connection, before: date) -> int:
    """Delete looks of before a day (UTC); return how many."""
    moment = begin_of_day(before)
    return delete_rows_before(connection, health_accesses.c.at, moment)


def delete_accesses_of(connection: Connection, organisation: int) -> int:
    """Delete every look of an organisation; return how many."""
    return delete_rows_of(connection, health_accesses, organisation)


def _place(access_id: str) -> Place:
    return Place("health_accesses", "reason", access_id)
