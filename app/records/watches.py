"""Watches of trips: sealed content, and in clear only the day on which each is deleted."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Column, Connection, Date, LargeBinary, Table, delete, func, insert, select

from app.records.tables import metadata

ROWS_AT_ONCE = 1_000

watches = Table(
    "watches",
    metadata,
    Column("receipt_digest", LargeBinary, primary_key=True),
    Column("delete_on", Date, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)


def add_watch(
    connection: Connection, receipt_digest: bytes, sealed: bytes, delete_on: date
) -> None:
    """Keep one watch; one that was kept before is kept beside it, for nobody can compare them."""
    connection.execute(
        insert(watches).values(receipt_digest=receipt_digest, delete_on=delete_on, sealed=sealed)
    )


def stop_watch(connection: Connection, receipt_digest: bytes) -> None:
    """Delete the watch of a receipt, where there is one."""
    connection.execute(delete(watches).where(watches.c.receipt_digest == receipt_digest))


def sealed_watches(connection: Connection) -> Iterator[bytes]:
    """Yield every sealed watch, in the order of its random digest: the order tells no time."""
    last = b""
    while True:
        rows = connection.execute(
            select(watches.c.receipt_digest, watches.c.sealed)
            .where(watches.c.receipt_digest > last)
            .order_by(watches.c.receipt_digest)
            .limit(ROWS_AT_ONCE)
        ).all()
        yield from (row.sealed for row in rows)
        if len(rows) < ROWS_AT_ONCE:
            return
        last = rows[-1].receipt_digest


def count_watches(connection: Connection) -> tuple[int, date | None]:
    """Return how many there are, and the day on which the first of them is deleted."""
    row = connection.execute(select(func.count(), func.min(watches.c.delete_on))).one()
    return row[0], row[1]


def purge_watches(connection: Connection, today: date) -> int:
    """Delete what is due; return how many."""
    return connection.execute(delete(watches).where(watches.c.delete_on <= today)).rowcount
