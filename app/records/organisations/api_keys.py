"""Keys by which programs of an organisation ask: the digest of each, never the key."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)

from app.records.row_deletion import begin_of_day, delete_rows_before, delete_rows_of
from app.records.tables import metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("digest", LargeBinary, nullable=False),
    Column("label", String(80), nullable=False),
    Column("scopes", String(80), nullable=False),  # words between spaces
    Column("issuer", String(48), nullable=False),  # the account that issued it
    Column("issued_on", Date, nullable=False),
    Column("expires_at", BigInteger, nullable=False),  # seconds since 1970
    Column("revoked", Boolean, nullable=False),
    Column("last_used_on", Date),
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as it is kept; digest: 32 bytes; expires_at: seconds since 1970."""

    id: str
    organisation: int
    digest: bytes
    label: str
    scopes: str
    issuer: str
    issued_on: date
    expires_at: int
    revoked: bool
    last_used_on: date | None


def add_key(connection: Connection, row: KeyRow) -> None:
    """Keep a new key."""
    values = {column.name: getattr(row, column.name) for column in api_keys.c}
    connection.execute(insert(api_keys).values(**values))


def key_of_id(connection: Connection, key_id: str) -> KeyRow | None:
    """Return the key of an id, whatever its organisation; None where there is none."""
    row = connection.execute(select(api_keys).where(api_keys.c.id == key_id)).one_or_none()
    return None if row is None else KeyRow(*row)


def keys_of(connection: Connection, organisation_id: int) -> list[KeyRow]:
    """Return the keys of an organisation, those issued last first."""
    query = (
        select(api_keys)
        .where(api_keys.c.organisation == organisation_id)
        .order_by(api_keys.c.issued_on.desc(), api_keys.c.id)
    )
    return [KeyRow(*row) for row in connection.execute(query)]


def note_use(connection: Connection, key_id: str, today: date) -> None:
    """Note the day on which a key was used."""
    mine = api_keys.c.id == key_id
    connection.execute(update(api_keys).where(mine).values(last_used_on=today))


def revoke_key(connection: Connection, organisation_id: int, key_id: str) -> bool:
    """Revoke a key of an organisation; return whether there is one that was not revoked yet."""
    result = connection.execute(
        update(api_keys)
        .where(api_keys.c.organisation == organisation_id)
        .where(api_keys.c.id == key_id)
        .where(api_keys.c.revoked.is_(False))
        .values(revoked=True)
    )
    return result.rowcount == 1


def delete_keys_of(connection: Connection, organisation_id: int) -> int:
    """Delete every key of an organisation; return how many."""
    return delete_rows_of(connection, api_keys, organisation_id)


def purge_keys(connection: Connection, before: date) -> int:
    """Delete the keys that had expired before a day (UTC); a revoked one expires too."""
    moment = begin_of_day(before)
    return delete_rows_before(connection, api_keys.c.expires_at, moment)
