"""Accounts of everybody who signs in, each of one audience, and of one organisation or none.

A name here is that of an account, not of a person; it is one within its audience and organisation.
"""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    and_,
    insert,
    select,
    text,
    update,
)

from app.records.accounts.sessions import end_sessions_of
from app.records.encrypted_fields import FieldCipher, Place
from app.records.tables import metadata

NAME = re.compile("[a-z0-9][a-z0-9._-]{1,39}", re.ASCII)
WITHOUT_ORGANISATION = text("organisation IS NULL")

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audience", String(16), nullable=False),
    Column("organisation", Integer),  # null where the audience has none
    Column("name", String(40), nullable=False),
    Column("password", LargeBinary, nullable=False),  # argon2 of a keyed digest, encrypted
    Column("totp", LargeBinary, nullable=False),  # the shared secret, encrypted
    Column("last_step", Integer, nullable=False),  # a one-time code is good once
    Column("disabled", Boolean, nullable=False),
    Column("changed_on", Date, nullable=False),
    Index(
        "uq_accounts_audience_organisation_name", "audience", "organisation", "name", unique=True
    ),
    # a second one, since null equals nothing
    Index(
        "uq_accounts_audience_name",
        "audience",
        "name",
        unique=True,
        sqlite_where=WITHOUT_ORGANISATION,
        postgresql_where=WITHOUT_ORGANISATION,
    ),
    sqlite_autoincrement=True,  # no number is given a second time
)


@dataclass(frozen=True, slots=True)
class AccountName:
    """Names one account; organisation: its number, None where the audience has none."""

    audience: str
    name: str
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Secrets:
    """What somebody proves themselves by; password_hash: argon2; totp: base32."""

    password_hash: str
    totp: str


@dataclass(frozen=True, slots=True)
class AccountState:
    """What a list of accounts tells of one; changed_on: the day of the last change."""

    name: str
    disabled: bool
    changed_on: date


def put_account(
    connection: Connection, cipher: FieldCipher, account: AccountName, secrets: Secrets, today: date
) -> None:
    """Keep a new account, or new secrets of one; whoever was signed in by the old ones is out."""
    values = {
        "password": cipher.encrypt(_place(account, "password"), secrets.password_hash),
        "totp": cipher.encrypt(_place(account, "totp"), secrets.totp),
        "last_step": 0,
        "disabled": False,
        "changed_on": today,
    }
    number = account_number(connection, account)
    if number is None:
        own = {
            "audience": account.audience,
            "organisation": account.organisation,
            "name": account.name,
        }
        connection.execute(insert(accounts).values(**own, **values))
        return
    end_sessions_of(connection, number)
    connection.execute(update(accounts).where(accounts.c.id == number).values(**values))


def account_number(connection: Connection, account: AccountName) -> int | None:
    """Return the number of an account, None where there is none."""
    query = select(accounts.c.id).where(_named(account))
    return connection.execute(query).scalar_one_or_none()


def account_of_number(connection: Connection, number: int, audience: str) -> AccountName | None:
    """Return which account of an audience bears a number; None of another, or a disabled one."""
    row = connection.execute(
        select(accounts.c.name, accounts.c.organisation)
        .where(accounts.c.id == number)
        .where(accounts.c.audience == audience)
        .where(accounts.c.disabled.is_(False))
    ).one_or_none()
    return None if row is None else AccountName(audience, row.name, row.organisation)


def secrets_of(connection: Connection, cipher: FieldCipher, account: AccountName) -> Secrets | None:
    """Return the secrets of an account, None where there is none.

    Raises FieldUnreadable where they were encrypted under another key.
    """
    query = select(accounts.c.password, accounts.c.totp).where(_named(account))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Secrets(
        cipher.decrypt(_place(account, "password"), row.password),
        cipher.decrypt(_place(account, "totp"), row.totp),
    )


def list_accounts(
    connection: Connection, audience: str, organisation: int | None = None
) -> list[AccountState]:
    """Return the accounts of an audience, or of one organisation in it, in order of their names."""
    query = (
        select(accounts.c.name, accounts.c.disabled, accounts.c.changed_on)
        .where(_among(audience, organisation))
        .order_by(accounts.c.name)
    )
    return [AccountState(*row) for row in connection.execute(query)]


def disable_account(connection: Connection, account: AccountName) -> bool:
    """Let an account sign in no more, and end its sessions; return whether there is one."""
    number = account_number(connection, account)
    if number is None:
        return False
    end_sessions_of(connection, number)
    connection.execute(update(accounts).where(accounts.c.id == number).values(disabled=True))
    return True


def claim_step(connection: Connection, account: AccountName, step: int) -> bool:
    """Return True on the first use of a one-time code's step, later than any before."""
    result = connection.execute(
        update(accounts)
        .where(_named(account))
        .where(accounts.c.last_step < step)
        .where(accounts.c.disabled.is_(False))
        .values(last_step=step)
    )
    return result.rowcount == 1


def _named(account: AccountName) -> ColumnElement[bool]:
    return and_(_among(account.audience, account.organisation), accounts.c.name == account.name)


def _among(audience: str, organisation: int | None) -> ColumnElement[bool]:
    of_organisation = (
        accounts.c.organisation.is_(None)
        if organisation is None
        else accounts.c.organisation == organisation
    )
    return and_(accounts.c.audience == audience, of_organisation)


def _place(account: AccountName, column: str) -> Place:
    """Return the place that a secret is bound to, so that it opens for no other account."""
    if account.audience == "counter":  # as the first accounts were encrypted, in a table of clerks
        return Place("clerks", column, account.name)
    organisation = "" if account.organisation is None else str(account.organisation)
    return Place("accounts", column, f"{account.audience}/{organisation}/{account.name}")
