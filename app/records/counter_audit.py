"""Who did what at the counter and when: never for whom, and never with what result.

Threat: somebody changes or takes out a line to hide what an account was used for. Limit: each
line carries an HMAC over itself and the line before, under the key ``records``; a copy of the
database does not suffice to make a chain that fits. Lines cut off at the end show only beside an
earlier copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)

from app.records.encrypted_fields import FieldCipher
from app.records.tables import metadata
from exposure_index.errors import ExitCode, ForeseenError

PURPOSE = "counter audit"
BEGINNING = bytes(32)
NOBODY = "-"  # of a sign-in whose account does not exist; what was typed may be anything
LOCK = text("LOCK TABLE counter_audit IN EXCLUSIVE MODE")

counter_audit = Table(
    "counter_audit",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),  # seconds since 1970
    Column("clerk", String(40), nullable=False),
    Column("event", String(16), nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Index("ix_counter_audit_clerk_at", "clerk", "at"),
)


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

    def chain_digest(self, cipher: FieldCipher, previous: bytes) -> bytes:
        """Return its place in the chain, 32 bytes."""
        content = f"{self.number}\x00{self.at}\x00{self.clerk}\x00{self.event}"
        return cipher.digest(PURPOSE, previous + content.encode())


class AuditBroken(ForeseenError):
    """A line was changed, put in or taken out; the message names the first that does not fit."""

    exit_code = ExitCode.REFUSED


def append_line(
    connection: Connection, cipher: FieldCipher, clerk: str, event: Event, now: int
) -> None:
    """Append one line; others wait until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK)  # SQLite has one writer anyway
    newest = select(counter_audit).order_by(counter_audit.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    number, previous = (1, BEGINNING) if last is None else (last.number + 1, last.chain)
    line = AuditLine(number, now, clerk, event)
    connection.execute(
        insert(counter_audit).values(
            number=number,
            at=now,
            clerk=clerk,
            event=event,
            previous=previous,
            chain=line.chain_digest(cipher, previous),
        )
    )


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
    expected: tuple[int, bytes] | None = None
    for row in connection.execute(select(counter_audit).order_by(counter_audit.c.number)):
        line = AuditLine(row.number, row.at, row.clerk, row.event)
        if expected is not None and (row.number, row.previous) != expected:
            raise AuditBroken(f"line {row.number}: does not follow the line before")
        if row.chain != line.chain_digest(cipher, row.previous):
            raise AuditBroken(f"line {row.number}: was changed")
        expected = row.number + 1, row.chain
        yield line


def purge_counter_audit(connection: Connection, before: date) -> int:
    """Delete lines of before a day (UTC), but not the newest, from which the chain goes on."""
    moment = int(datetime(before.year, before.month, before.day, tzinfo=UTC).timestamp())
    newest = select(func.max(counter_audit.c.number)).scalar_subquery()
    result = connection.execute(
        delete(counter_audit)
        .where(counter_audit.c.at < moment)
        .where(counter_audit.c.number < newest)
    )
    return result.rowcount
