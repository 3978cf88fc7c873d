"""Who did what in an organisation, when and how many: never for whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, func, select

from app.records.audit_chain import AuditChain, chain_columns
from app.records.encrypted_fields import FieldCipher
from app.records.tables import metadata

ACTOR_MAX_CHARACTERS = 48

organisation_audit = Table(
    "organisation_audit",
    metadata,
    *chain_columns(),
    Column("organisation", Integer, nullable=False),  # 0: of no organisation that there is
    Column("actor", String(ACTOR_MAX_CHARACTERS), nullable=False),
    Column("event", String(24), nullable=False),
    Column("count", BigInteger, nullable=False),
    Index("ix_organisation_audit_organisation_number", "organisation", "number"),
)
CHAIN = AuditChain(
    organisation_audit, "organisation audit", ("organisation", "actor", "event", "count")
)


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One line; at: seconds since 1970; actor: an account, a key or the authority."""

    number: int
    at: int
    organisation: int
    actor: str
    event: str
    count: int


def append_organisation_line(
    connection: Connection, cipher: FieldCipher, at: int, values: dict[str, str | int]
) -> None:
    """Append one line; values: organisation, actor, event and count, in this order."""
    CHAIN.append(connection, cipher, at, values)


def organisation_lines(connection: Connection, cipher: FieldCipher) -> Iterator[OrganisationLine]:
    """Yield every line of all organisations, oldest first. Raises AuditBroken."""
    for row in CHAIN.lines(connection, cipher):
        yield OrganisationLine(
            row.number, row.at, row.organisation, row.actor, row.event, row._mapping["count"]
        )


def newest_lines_of(
    connection: Connection, organisation_id: int, limit: int
) -> list[OrganisationLine]:
    """Return the lines of one organisation, the newest first; the chain is not proven by them."""
    columns = organisation_audit.c
    query = (
        select(
            columns.number,
            columns.at,
            columns.organisation,
            columns.actor,
            columns.event,
            columns["count"],
        )
        .where(columns.organisation == organisation_id)
        .order_by(columns.number.desc())
        .limit(limit)
    )
    return [OrganisationLine(*row) for row in connection.execute(query)]


def newest_number_of(connection: Connection, organisation_id: int, actor: str, event: str) -> int:
    """Return the number of the newest line of one kind by one account, 0 where there is none."""
    columns = organisation_audit.c
    query = (
        select(func.max(columns.number))
        .where(columns.organisation == organisation_id)
        .where(columns.actor == actor)
        .where(columns.event == event)
    )
    return connection.execute(query).scalar() or 0


def purge_organisation_audit(connection: Connection, before: date) -> int:
    """Delete lines of before a day (UTC), but not the newest, from which the chain goes on."""
    return CHAIN.purge(connection, before)
