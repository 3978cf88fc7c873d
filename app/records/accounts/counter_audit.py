"""Who did what at the counter and when: never for whom, and never with what result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Column, Connection, Index, String, Table, func, select

from app.records.audit_chain import AuditChain, chain_columns
from app.records.encrypted_fields import FieldCipher
from app.records.tables import metadata

counter_audit = Table(
    "counter_audit",
    metadata,
    *chain_columns(),
    Column("clerk", String(40), nullable=False),
    Column("event", String(16), nullable=False),
    Index("ix_counter_audit_clerk_at", "clerk", "at"),
)
CHAIN = AuditChain(counter_audit, "counter audit", ("clerk", "event"))


class Event(StrEnum):
    """What is audited."""

    ADDED = "added"
    RESET = "reset"
    DISABLED = "disabled"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"  # a wrong sign-in
    CHECKED = "checked"
    OVER_QUOTA = "over_quota"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line; at: seconds since 1970."""

    number: int
    at: int
    clerk: str
    event: str


def append_line(
    connection: Connection, cipher: FieldCipher, clerk: str, event: Event, now: int
) -> None:
    """Append one line; others wait until this transaction ends."""
    CHAIN.append(connection, cipher, now, {"clerk": clerk, "event": str(event)})


def checks_since(connection: Connection, clerk: str, since: int) -> int:
    """Return how many checks an account made from a moment on."""
    query = (
        select(func.count())
        .where(counter_audit.c.clerk == clerk)
        .where(counter_audit.c.at >= since)
        .where(counter_audit.c.event == Event.CHECKED)
    )
    return int(connection.execute(query).scalar_one())


def audit_lines(connection: Connection, cipher: FieldCipher) -> Iterator[AuditLine]:
    """Yield every line that is kept, oldest first. Raises AuditBroken at one that does not fit."""
    for row in CHAIN.lines(connection, cipher):
        yield AuditLine(row.number, row.at, row.clerk, row.event)


def purge_counter_audit(connection: Connection, before: date) -> int:
    """Delete lines of before a day (UTC), but not the newest, from which the chain goes on."""
    return CHAIN.purge(connection, before)
