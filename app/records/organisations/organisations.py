"""Organisations and the roles of their members. Every statement names one organisation.

Titles are those of institutions, not of people. What gives access (where a webhook leads, its
secret, the key of the quota) is encrypted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from app.records.accounts.accounts import accounts
from app.records.accounts.sessions import account_sessions
from app.records.tables import metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(40), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("quota", Integer, nullable=False),
    Column("policy", String(16), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("webhook", LargeBinary),  # JSON, encrypted; null: none
    Column("quota_key", LargeBinary),  # encrypted; null: nothing was counted, or it was destroyed
    Column("purged_at", BigInteger),  # seconds since 1970; null: something may be held of it
    sqlite_autoincrement=True,  # no number is given a second time
)
organisation_members = Table(
    "organisation_members",
    metadata,
    Column("account", Integer, ForeignKey("accounts.id"), primary_key=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
)
SHOWN_COLUMNS = tuple(
    organisations.c[name]
    for name in (
        "id",
        "slug",
        "title",
        "headcount",
        "quota",
        "policy",
        "disabled",
        "created_on",
        "purged_at",
    )
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation; quota: distinct identities in 14 days; policy: a word of ``Policy``.

    purged_at: seconds since 1970, when all that was held of it was destroyed; it is disabled for
    good then.
    """

    id: int
    slug: str
    title: str
    headcount: int
    quota: int
    policy: str
    disabled: bool
    created_on: date
    purged_at: int | None = None


def add_organisation(connection: Connection, values: dict[str, Any]) -> int:
    """Keep a new organisation; return its number. Raises IntegrityError for a slug in use."""
    result = connection.execute(insert(organisations).values(**values, disabled=False))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # one row was inserted


def organisation_where(connection: Connection, found: ColumnElement[bool]) -> Organisation | None:
    """Return the one organisation that a condition finds, None where there is none."""
    row = connection.execute(select(*SHOWN_COLUMNS).where(found)).one_or_none()
    return None if row is None else Organisation(*row)


def all_organisations(connection: Connection) -> list[Organisation]:
    """Return every organisation in the order of their slugs."""
    rows = connection.execute(select(*SHOWN_COLUMNS).order_by(organisations.c.slug))
    return [Organisation(*row) for row in rows]


def update_organisation(connection: Connection, organisation_id: int, **values: object) -> bool:
    """Change columns of one organisation; return whether there is one."""
    mine = organisations.c.id == organisation_id
    return connection.execute(update(organisations).where(mine).values(**values)).rowcount == 1


def lock_organisation(connection: Connection, organisation_id: int) -> bool:
    """Let other writers of this organisation wait for this transaction; return whether it is there.

    SQLite has one writer anyway.
    """
    query = select(organisations.c.id).where(organisations.c.id == organisation_id)
    return connection.execute(query.with_for_update()).scalar_one_or_none() is not None


def encrypted_column(connection: Connection, organisation_id: int, column: str) -> bytes | None:
    """Return an encrypted field of one organisation: ``webhook`` or ``quota_key``."""
    query = select(organisations.c[column]).where(organisations.c.id == organisation_id)
    field: bytes | None = connection.execute(query).scalar_one_or_none()
    return field


def end_sessions_of_organisation(connection: Connection, organisation_id: int) -> int:
    """Sign every member of an organisation out; return how many sessions there were."""
    members = select(organisation_members.c.account).where(
        organisation_members.c.organisation == organisation_id
    )
    theirs = account_sessions.c.account.in_(members)
    return connection.execute(delete(account_sessions).where(theirs)).rowcount


def put_role(connection: Connection, organisation_id: int, account: int, role: str) -> None:
    """Give an account of an organisation a role, its first or another; account: its number."""
    mine = (organisation_members.c.account == account) & (
        organisation_members.c.organisation == organisation_id
    )
    if connection.execute(update(organisation_members).where(mine).values(role=role)).rowcount:
        return
    row = {"account": account, "organisation": organisation_id, "role": role}
    connection.execute(insert(organisation_members).values(**row))


@dataclass(frozen=True, slots=True)
class MemberState:
    """What a list of members tells of one; changed_on: the day of the last change."""

    name: str
    role: str
    disabled: bool
    changed_on: date


def members_of(connection: Connection, organisation_id: int) -> list[MemberState]:
    """Return the members of an organisation in the order of their names."""
    query = (
        select(
            accounts.c.name,
            organisation_members.c.role,
            accounts.c.disabled,
            accounts.c.changed_on,
        )
        .join(organisation_members, organisation_members.c.account == accounts.c.id)
        .where(organisation_members.c.organisation == organisation_id)
        .where(accounts.c.organisation == organisation_id)
        .order_by(accounts.c.name)
    )
    return [MemberState(*row) for row in connection.execute(query)]


def delete_members_of(connection: Connection, organisation_id: int, audience: str) -> int:
    """Delete the accounts of an organisation, with sessions and roles; return how many."""
    end_sessions_of_organisation(connection, organisation_id)
    roles = organisation_members.c.organisation == organisation_id
    connection.execute(delete(organisation_members).where(roles))
    theirs = (accounts.c.organisation == organisation_id) & (accounts.c.audience == audience)
    return connection.execute(delete(accounts).where(theirs)).rowcount
