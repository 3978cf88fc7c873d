"""Enrolments of kiosks: one code each, kept as a digest, good once and for a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import begin_of_day, delete_rows_of
from app.records.tables import metadata

kiosk_enrolments = Table(
    "kiosk_enrolments",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("kiosk", String(32), nullable=False, unique=True),  # the id that the kiosk will have
    Column("name", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),  # milliseconds since 1970
    Column("used_at", BigInteger),
)


@dataclass(frozen=True, slots=True)
class KioskEnrolment:
    """One code; digest: 32 bytes; kiosk: the id of the kiosk that it makes; times in ms."""

    digest: bytes
    organisation: int
    kiosk: str
    name: str
    expires_at: int
    used_at: int | None = None


def add_enrolment(connection: Connection, cipher: FieldCipher, one: KioskEnrolment) -> None:
    """Keep a new code."""
    connection.execute(
        insert(kiosk_enrolments).values(
            digest=one.digest,
            organisation=one.organisation,
            kiosk=one.kiosk,
            name=cipher.encrypt(_place(one.kiosk), one.name),
            expires_at=one.expires_at,
            used_at=one.used_at,
        )
    )


def enrolment_of(
    connection: Connection, cipher: FieldCipher, digest: bytes
) -> KioskEnrolment | None:
    """Return the enrolment of a code, used ones too; None where there is none."""
    query = select(kiosk_enrolments).where(kiosk_enrolments.c.digest == digest)
    row = connection.execute(query).one_or_none()
    return None if row is None else _enrolment(cipher, row)


def use_enrolment(connection: Connection, digest: bytes, now: int) -> bool:
    """Note the use of a code; return whether it was unused and good. Of two at once, one wins."""
    columns = kiosk_enrolments.c
    good = (columns.digest == digest) & columns.used_at.is_(None) & (columns.expires_at > now)
    result = connection.execute(update(kiosk_enrolments).where(good).values(used_at=now))
    return result.rowcount == 1


def open_enrolments_of(
    connection: Connection, cipher: FieldCipher, organisation: int, now: int
) -> list[KioskEnrolment]:
    """Return the codes of an organisation that are good now, those that end first, first."""
    columns = kiosk_enrolments.c
    query = (
        select(kiosk_enrolments)
        .where(columns.organisation == organisation)
        .where(columns.used_at.is_(None))
        .where(columns.expires_at > now)
        .order_by(columns.expires_at, columns.kiosk)
    )
    return [_enrolment(cipher, row) for row in connection.execute(query)]


def withdraw_enrolment(connection: Connection, organisation: int, kiosk_id: str) -> bool:
    """Delete the unused code of a kiosk to be; return whether there was one."""
    columns = kiosk_enrolments.c
    mine = (columns.organisation == organisation) & (columns.kiosk == kiosk_id)
    unused = mine & columns.used_at.is_(None)
    return connection.execute(delete(kiosk_enrolments).where(unused)).rowcount == 1


def delete_enrolments_of(connection: Connection, organisation: int) -> int:
    """Delete every code of an organisation; return how many."""
    return delete_rows_of(connection, kiosk_enrolments, organisation)


def purge_enrolments(connection: Connection, before: date) -> int:
    """Delete the codes that had ended before a day (UTC); return how many."""
    moment = begin_of_day(before) * 1_000
    ended = kiosk_enrolments.c.expires_at < moment
    return connection.execute(delete(kiosk_enrolments).where(ended)).rowcount


def _enrolment(cipher: FieldCipher, row: Any) -> KioskEnrolment:  # noqa: ANN401 - a row of any query
    name = cipher.decrypt(_place(row.kiosk), row.name)
    return KioskEnrolment(
        row.digest, row.organisation, row.kiosk, name, row.expires_at, row.used_at
    )


def _place(kiosk_id: str) -> Place:
    return Place("kiosk_enrolments", "name", kiosk_id)
