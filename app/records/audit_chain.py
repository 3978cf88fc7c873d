"""A chain of audit lines: each bears an HMAC over itself and the line before; of any audience.

Threat: somebody changes or takes out a line to hide what an account was used for. Limit: the HMAC
is under the key ``records``; a copy of the database does not suffice to make a chain that fits.
Lines cut off at the end show only beside an earlier copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    Row,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)

from app.records.encrypted_fields import FieldCipher
from app.records.row_deletion import begin_of_day
from exposure_index.errors import ExitCode, ForeseenError

BEGINNING = bytes(32)
NOBODY = "-"  # of a sign-in whose account does not exist; what was typed may be anything


class AuditBroken(ForeseenError):
    """A line was changed, put in or taken out; the message names the first that does not fit."""

    exit_code = ExitCode.REFUSED


def chain_columns() -> tuple[Column[Any], ...]:
    """Return the columns that every table of audit lines has, besides what it tells."""
    return (
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("at", BigInteger, nullable=False),  # seconds since 1970
        Column("previous", LargeBinary, nullable=False),
        Column("chain", LargeBinary, nullable=False),
    )


@dataclass(frozen=True, slots=True)
class AuditChain:
    """The chain of one table; purpose: what its digests are for, no other table's.

    fields: the columns that a line tells besides number and time, in the order of the digest.
    """

    table: Table
    purpose: str
    fields: tuple[str, ...]

    def append(
        self, connection: Connection, cipher: FieldCipher, at: int, values: dict[str, Any]
    ) -> None:
        """Append one line; others wait until this transaction ends, so append it last."""
        columns = self.table.c
        if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
            connection.execute(text(f"LOCK TABLE {self.table.name} IN EXCLUSIVE MODE"))
        newest = select(columns.number, columns.chain).order_by(columns.number.desc()).limit(1)
        last = connection.execute(newest).one_or_none()
        number, previous = (1, BEGINNING) if last is None else (last.number + 1, last.chain)
        chain = self._digest(cipher, previous, (number, at, *values.values()))
        row = {"number": number, "at": at, **values, "previous": previous, "chain": chain}
        connection.execute(insert(self.table).values(**row))

    def lines(self, connection: Connection, cipher: FieldCipher) -> Iterator[Row[Any]]:
        """Yield every row that is kept, oldest first. Raises AuditBroken at one that misfits."""
        expected: tuple[int, bytes] | None = None
        for row in connection.execute(select(self.table).order_by(self.table.c.number)):
            if expected is not None and (row.number, row.previous) != expected:
                raise AuditBroken(f"line {row.number}: does not follow the line before")
            content = (row.number, row.at, *(getattr(row, field) for field in self.fields))
            if row.chain != self._digest(cipher, row.previous, content):
                raise AuditBroken(f"line {row.number}: was changed")
            expected = row.number + 1, row.chain
            yield row

    def purge(self, connection: Connection, before: date) -> int:
        """Delete lines of before a day (UTC), but not the newest, from which the chain goes on."""
        moment = begin_of_day(before)
        columns = self.table.c
        newest = select(func.max(columns.number)).scalar_subquery()
        result = connection.execute(
            delete(self.table).where(columns.at < moment).where(columns.number < newest)
        )
        return result.rowcount

    def _digest(self, cipher: FieldCipher, previous: bytes, parts: tuple[object, ...]) -> bytes:
        content = "\x00".join(str(part) for part in parts)
        return cipher.digest(self.purpose, previous + content.encode())
