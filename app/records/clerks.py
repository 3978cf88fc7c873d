"""Clerks of the counter and their sessions. A name here is that of an account, not of a person."""

import re
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
    delete,
    insert,
    or_,
    select,
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.tables import metadata

ACCOUNT = re.compile("[a-z0-9][a-z0-9._-]{1,39}", re.ASCII)

clerks = Table(
    "clerks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("password", LargeBinary, nullable=False),  # argon2 of a keyed digest, encrypted
    Column("totp", LargeBinary, nullable=False),  # the shared secret, encrypted
    Column("last_step", Integer, nullable=False),  # a one-time code is taken once
    Column("disabled", Boolean, nullable=False),
    Column("changed_on", Date, nullable=False),
)
clerk_sessions = Table(
    "clerk_sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("clerk", String(40), ForeignKey("clerks.name"), nullable=False, index=True),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("form", String(24), nullable=False),  # the one form that is open; a sent one is spent
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a clerk proves themselves by; password_hash: argon2; totp: base32."""

    password_hash: str
    totp: str


@dataclass(frozen=True, slots=True)
class Clerk:
    """One account; last_step: the 30-second step of the last one-time code that was taken."""

    name: str
    secrets: Secrets
    last_step: int
    disabled: bool


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts, in seconds: without a request, and at most."""

    idle: int
    whole: int


def put_clerk(
    connection: Connection, cipher: FieldCipher, name: str, secrets: Secrets, today: date
) -> None:
    """Keep a new account, or new secrets of one; whoever was signed in by the old ones is out."""
    values = {
        "password": cipher.encrypt(Place("clerks", "password", name), secrets.password_hash),
        "totp": cipher.encrypt(Place("clerks", "totp", name), secrets.totp),
        "last_step": 0,
        "disabled": False,
        "changed_on": today,
    }
    end_sessions_of(connection, name)
    done = connection.execute(update(clerks).where(clerks.c.name == name).values(**values))
    if not done.rowcount:
        connection.execute(insert(clerks).values(name=name, **values))


def clerk_named(connection: Connection, cipher: FieldCipher, name: str) -> Clerk | None:
    """Return an account, None where there is none. Raises FieldUnreadable for another key."""
    row = connection.execute(select(clerks).where(clerks.c.name == name)).one_or_none()
    if row is None:
        return None
    secrets = Secrets(
        cipher.decrypt(Place("clerks", "password", name), row.password),
        cipher.decrypt(Place("clerks", "totp", name), row.totp),
    )
    return Clerk(row.name, secrets, row.last_step, row.disabled)


def clerk_names(connection: Connection) -> list[tuple[str, bool, date]]:
    """Return name, disabled and day of the last change of every account."""
    chosen = select(clerks.c.name, clerks.c.disabled, clerks.c.changed_on).order_by(clerks.c.name)
    return [(row.name, row.disabled, row.changed_on) for row in connection.execute(chosen)]


def disable_clerk(connection: Connection, name: str) -> bool:
    """Let an account sign in no more, and end its sessions; return whether there is one."""
    end_sessions_of(connection, name)
    done = connection.execute(update(clerks).where(clerks.c.name == name).values(disabled=True))
    return done.rowcount == 1


def take_step(connection: Connection, name: str, step: int) -> bool:
    """Return whether a one-time code's step was not used before, and use it up."""
    done = connection.execute(
        update(clerks)
        .where(clerks.c.name == name)
        .where(clerks.c.last_step < step)
        .where(clerks.c.disabled.is_(False))
        .values(last_step=step)
    )
    return done.rowcount == 1


def begin_session(connection: Connection, digest: bytes, clerk: str, now: int) -> None:
    """Keep a session by the digest of its token."""
    row = {"digest": digest, "clerk": clerk, "began_at": now, "seen_at": now, "form": ""}
    connection.execute(insert(clerk_sessions).values(**row))


def clerk_of_session(
    connection: Connection, digest: bytes, lasting: Lasting, now: int
) -> str | None:
    """Return whose session it is and that it was used now; None where it is over or none."""
    over = or_(
        clerk_sessions.c.seen_at < now - lasting.idle,
        clerk_sessions.c.began_at < now - lasting.whole,
    )
    connection.execute(delete(clerk_sessions).where(over))
    mine = clerk_sessions.c.digest == digest
    connection.execute(update(clerk_sessions).where(mine).values(seen_at=now))
    return connection.execute(select(clerk_sessions.c.clerk).where(mine)).scalar_one_or_none()


def open_form(connection: Connection, digest: bytes, form: str) -> None:
    """Make a form the one that a session may send; every earlier one is spent."""
    mine = clerk_sessions.c.digest == digest
    connection.execute(update(clerk_sessions).where(mine).values(form=form))


def spend_form(connection: Connection, digest: bytes, form: str) -> bool:
    """Return whether a form is the one that a session may send, and spend it."""
    done = connection.execute(
        update(clerk_sessions)
        .where(clerk_sessions.c.digest == digest)
        .where(clerk_sessions.c.form == form)
        .where(clerk_sessions.c.form != "")
        .values(form="")
    )
    return done.rowcount == 1


def end_session(connection: Connection, digest: bytes) -> None:
    """Forget a session."""
    connection.execute(delete(clerk_sessions).where(clerk_sessions.c.digest == digest))


def end_sessions_of(connection: Connection, name: str) -> None:
    """Forget every session of an account."""
    connection.execute(delete(clerk_sessions).where(clerk_sessions.c.clerk == name))
