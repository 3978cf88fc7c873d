"""Trip alerts: sealed content, and in clear only the day on which each is deleted."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Column, Connection, Date, LargeBinary, Table, delete, func, insert, select

from app.records.tables import metadata

ROWS_AT_ONCE = 1_000

trip_alerts = Table(
    "watches",
    metadata,
    Column("receipt_digest", LargeBinary, primary_key=True),
    Column("delete_on", Date, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)


def add_trip_alert(
    connection: Connection, receipt_digest: bytes, sealed: bytes, delete_on: date
) -> None:
    """Keep one trip alert, beside any like it: nobody can compare what is sealed."""
    connection.execute(
        insert(trip_alerts).values(
            receipt_digest=receipt_digest, delete_on=delete_on, sealed=sealed
        )
    )


def stop_trip_alert(connection: Connection, receipt_digest: bytes) -> None:
    """Delete the trip alert of a receipt, where there is one."""
    connection.execute(delete(trip_alerts).where(trip_alerts.c.receipt_digest == receipt_digest))


def sealed_trip_alerts(connection: Connection) -> Iterator[bytes]:
    """Yield every sealed trip alert, in the order of its random digest: the order tells no time."""
    last = b""
    while True:
        rows = connection.execute(
            select(trip_alerts.c.receipt_digest, trip_alerts.c.sealed)
            .where(trip_alerts.c.receipt_digest > last)
            .order_by(trip_alerts.c.receipt_digest)
            .limit(ROWS_AT_ONCE)
        ).all()
        yield from (row.sealed for row in rows)
        if len(rows) < ROWS_AT_ONCE:
            return
        last = rows[-1].receipt_digest


def count_trip_alerts(connection: Connection) -> tuple[int, date | None]:
    """Return how many there are, and the day on which the first of them is deleted."""
    row = connection.execute(select(func.count(), func.min(trip_alerts.c.delete_on))).one()
    return row[0], row[1]


def purge_trip_alerts(connection: Connection, today: date) -> int:
    """Delete what is due; return how many."""
    return connection.execute(delete(trip_alerts).where(trip_alerts.c.delete_on <= today)).rowcount
