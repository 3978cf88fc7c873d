"""The decision table of each organisation, and the lease of who makes the next one.

Threat: a copy of the database tells who waits at which door. Limit: an entry opens with the secret
of its badge alone, which is an encrypted field; dummies stand among the entries.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    insert,
    select,
    update,
)

from app.records.organisations.organisations import lock_organisation
from app.records.row_deletion import delete_rows_of
from app.records.tables import metadata

decision_tables = Table(
    "decision_tables",
    metadata,
    Column("organisation", Integer, ForeignKey("organisations.id"), primary_key=True),
    Column("revision", Integer, nullable=False),  # of the roster, one more at each change
    Column("lease", String(32), nullable=False),  # of who makes a table now
    Column("lease_until", BigInteger, nullable=False),  # milliseconds since 1970, as are all here
    Column("id", String(32), nullable=False),  # of the table, "" while none was made
    Column("source", LargeBinary, nullable=False),  # digest of what the table was made from
    Column("valid_until", BigInteger, nullable=False),
    Column("entries", Integer, nullable=False),  # without dummies
    Column("data", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A decision table without its file; source: 32 bytes; valid_until: milliseconds."""

    id: str
    source: bytes
    valid_until: int
    entries: int


def roster_revision(connection: Connection, organisation: int) -> int:
    """Return the revision of an organisation's roster, 0 where nothing was ever added."""
    query = _column("revision", organisation)
    return int(connection.execute(query).scalar_one_or_none() or 0)


def note_roster_change(connection: Connection, organisation: int) -> None:
    """Raise the revision of a roster, so that a new table is due."""
    _require_row(connection, organisation)
    table = decision_tables.c
    connection.execute(
        update(decision_tables)
        .where(table.organisation == organisation)
        .values(revision=table.revision + 1)
    )


def stored_table(connection: Connection, organisation: int) -> StoredTable | None:
    """Return the table of an organisation without its file, None where none was made."""
    table = decision_tables.c
    query = (
        select(table.id, table.source, table.valid_until, table.entries)
        .where(table.organisation == organisation)
        .where(table.id != "")
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else StoredTable(*row)


def table_data(connection: Connection, organisation: int, table_id: str) -> bytes | None:
    """Return the file of a table, None where another one took its place."""
    query = _column("data", organisation).where(decision_tables.c.id == table_id)
    data: bytes | None = connection.execute(query).scalar_one_or_none()
    return data


def take_lease(connection: Connection, organisation: int, lease: str, now: int, until: int) -> bool:
    """Claim the making of a table; return whether nobody else makes one now.

    lease: 32 letters of this attempt; now, until: milliseconds.
    """
    _require_row(connection, organisation)
    table = decision_tables.c
    free = (table.organisation == organisation) & (table.lease_until <= now)
    claimed = update(decision_tables).where(free).values(lease=lease, lease_until=until)
    return connection.execute(claimed).rowcount == 1


def give_lease_back(connection: Connection, organisation: int, lease: str) -> None:
    """Let others make a table, where the lease is still this one."""
    table = decision_tables.c
    mine = (table.organisation == organisation) & (table.lease == lease)
    connection.execute(update(decision_tables).where(mine).values(lease="", lease_until=0))


def put_table(
    connection: Connection, organisation: int, lease: str, table: StoredTable, data: bytes
) -> bool:
    """Keep a new table and end its lease; return whether the lease was still this one."""
    mine = (decision_tables.c.organisation == organisation) & (decision_tables.c.lease == lease)
    values = {
        "id": table.id,
        "source": table.source,
        "valid_until": table.valid_until,
        "entries": table.entries,
        "data": data,
        "lease": "",
        "lease_until": 0,
    }
    return connection.execute(update(decision_tables).where(mine).values(**values)).rowcount == 1


def delete_table_of(connection: Connection, organisation: int) -> int:
    """Delete the decision table of an organisation; return how many rows."""
    return delete_rows_of(connection, decision_tables, organisation)


def _column(name: str, organisation: int) -> Select[Any]:
    return select(decision_tables.c[name]).where(decision_tables.c.organisation == organisation)


def _require_row(connection: Connection, organisation: int) -> None:
    """Make the row of an organisation where there is none; others of that organisation wait."""
    lock_organisation(connection, organisation)
    if connection.execute(_column("organisation", organisation)).one_or_none() is None:
        empty = {
            "organisation": organisation,
            "revision": 0,
            "lease": "",
            "lease_until": 0,
            "id": "",
            "source": b"",
            "valid_until": 0,
            "entries": 0,
            "data": b"",
        }
        connection.execute(insert(decision_tables).values(**empty))
