"""Sessions of accounts: the digest of a token, whose it is, and the one form it may send."""

from dataclasses import dataclass

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
    or_,
    select,
    update,
)

from app.records.tables import metadata

account_sessions = Table(
    "account_sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("audience", String(16), nullable=False),  # how long it may last
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("form", String(24), nullable=False),  # the one form that is open; a sent one is spent
)


@dataclass(frozen=True, slots=True)
class SessionLength:
    """How long a session lasts, in seconds: without a request, and at most."""

    idle_seconds: int
    absolute_seconds: int


def begin_session(
    connection: Connection, digest: bytes, audience: str, account: int, now: int
) -> None:
    """Keep a session by the digest of its token; account: its number."""
    row = {"digest": digest, "audience": audience, "account": account, "form": ""}
    connection.execute(insert(account_sessions).values(**row, began_at=now, seen_at=now))


def use_session(
    connection: Connection, digest: bytes, audience: str, length: SessionLength, now: int
) -> int | None:
    """Return the number of the account whose session it is, and note its use.

    None where it is over, or there is none of this audience. Sessions of other audiences last as
    long as theirs may.
    """
    of_audience = account_sessions.c.audience == audience
    over = or_(
        account_sessions.c.seen_at < now - length.idle_seconds,
        account_sessions.c.began_at < now - length.absolute_seconds,
    )
    connection.execute(delete(account_sessions).where(of_audience, over))
    mine = of_audience & (account_sessions.c.digest == digest)
    connection.execute(update(account_sessions).where(mine).values(seen_at=now))
    query = select(account_sessions.c.account).where(mine)
    return connection.execute(query).scalar_one_or_none()


def open_form(connection: Connection, digest: bytes, form: str) -> None:
    """Make a form the one that a session may send; every earlier one is spent."""
    mine = account_sessions.c.digest == digest
    connection.execute(update(account_sessions).where(mine).values(form=form))


def spend_form(connection: Connection, digest: bytes, form: str) -> bool:
    """Return whether a form is the one that a session may send, and spend it."""
    result = connection.execute(
        update(account_sessions)
        .where(account_sessions.c.digest == digest)
        .where(account_sessions.c.form == form)
        .where(account_sessions.c.form != "")
        .values(form="")
    )
    return result.rowcount == 1


def end_session(connection: Connection, digest: bytes) -> None:
    """Forget a session."""
    connection.execute(delete(account_sessions).where(account_sessions.c.digest == digest))


def end_sessions_of(connection: Connection, account: int) -> None:
    """Forget every session of an account; account: its number."""
    connection.execute(delete(account_sessions).where(account_sessions.c.account == account))
