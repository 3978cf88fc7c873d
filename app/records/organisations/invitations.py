"""Invitations that nobody has used yet: the digest of each token, whose and for what role."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from app.records.row_deletion import begin_of_day, delete_rows_before
from app.records.tables import metadata

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("account", String(40)),  # whose secrets it renews; null: of a new account
    Column("inviter", String(48), nullable=False),
    Column("expires_at", BigInteger, nullable=False),  # seconds since 1970
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as it is kept; account: whose secrets it renews, None of a new account."""

    id: int
    digest: bytes
    organisation: int
    role: str
    account: str | None
    inviter: str
    expires_at: int


def add_invitation(connection: Connection, row: InvitationRow) -> None:
    """Keep a new invitation; its number is given here."""
    columns = [column.name for column in invitations.c if column.name != "id"]
    values = {column: getattr(row, column) for column in columns}
    connection.execute(insert(invitations).values(**values))


def invitation_of_digest(connection: Connection, digest: bytes, now: int) -> InvitationRow | None:
    """Return the invitation of a token's digest that has not expired, None where there is none."""
    query = (
        select(invitations)
        .where(invitations.c.digest == digest)
        .where(invitations.c.expires_at > now)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else InvitationRow(*row)


def invitations_of(connection: Connection, organisation_id: int, now: int) -> list[InvitationRow]:
    """Return the unused invitations of an organisation, the first to expire first."""
    query = (
        select(invitations)
        .where(invitations.c.organisation == organisation_id)
        .where(invitations.c.expires_at > now)
        .order_by(invitations.c.expires_at, invitations.c.id)
    )
    return [InvitationRow(*row) for row in connection.execute(query)]


def spend_invitation(connection: Connection, digest: bytes, now: int) -> bool:
    """Return True on the first use of an invitation that has not expired, and delete it."""
    result = connection.execute(
        delete(invitations)
        .where(invitations.c.digest == digest)
        .where(invitations.c.expires_at > now)
    )
    return result.rowcount == 1


def delete_invitation(connection: Connection, organisation_id: int, invitation_id: int) -> bool:
    """Withdraw an invitation of an organisation; return whether there was one."""
    result = connection.execute(
        delete(invitations)
        .where(invitations.c.organisation == organisation_id)
        .where(invitations.c.id == invitation_id)
    )
    return result.rowcount == 1


def delete_invitations_of(
    connection: Connection, organisation_id: int, account: str | None = None
) -> int:
    """Withdraw the invitations of an organisation, or those that renew one account's secrets."""
    statement = delete(invitations).where(invitations.c.organisation == organisation_id)
    if account is not None:
        statement = statement.where(invitations.c.account == account)
    return connection.execute(statement).rowcount


def purge_invitations(connection: Connection, today: date) -> int:
    """Delete the invitations that had expired before a day (UTC); return how many."""
    moment = begin_of_day(today)
    return delete_rows_before(connection, invitations.c.expires_at, moment)
