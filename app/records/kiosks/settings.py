"""What an organisation sets for its kiosks, and the public code by which badges name it."""

import json
import secrets
from string import ascii_uppercase, digits
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import delete_rows_of
from app.records.tables import metadata

# base 32 of Crockford
CROCKFORD = "".join(c for c in digits + ascii_uppercase if c not in "ILOU")
CODE_LETTERS = 8

kiosk_settings = Table(
    "kiosk_settings",
    metadata,
    Column("organisation", Integer, ForeignKey("organisations.id"), primary_key=True),
    Column("code", String(CODE_LETTERS), nullable=False, unique=True),
    Column("settings", LargeBinary, nullable=False),  # JSON, encrypted
)


def known_code(connection: Connection, organisation: int) -> str | None:
    """Return the public code of an organisation, None where none was made yet."""
    query = select(kiosk_settings.c.code).where(kiosk_settings.c.organisation == organisation)
    code: str | None = connection.execute(query).scalar_one_or_none()
    return code


def organisation_code(connection: Connection, cipher: FieldCipher, organisation: int) -> str:
    """Return the public code of an organisation, 8 letters of 40 random bits, made when first read.

    The connection is one that writes; callers of one organisation wait for each other.
    """
    code = known_code(connection, organisation)
    if code is None:
        code = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LETTERS))
        field = cipher.encrypt(_place(organisation), "{}")
        row = {"organisation": organisation, "code": code, "settings": field}
        connection.execute(insert(kiosk_settings).values(**row))
    return code


def stored_settings(
    connection: Connection, cipher: FieldCipher, organisation: int
) -> dict[str, Any]:
    """Return what an organisation has set, without what it has left as it was."""
    query = select(kiosk_settings.c.settings).where(kiosk_settings.c.organisation == organisation)
    field = connection.execute(query).scalar_one_or_none()
    if field is None:
        return {}
    content: dict[str, Any] = json.loads(cipher.decrypt(_place(organisation), field))
    return content


def put_settings(
    connection: Connection, cipher: FieldCipher, organisation: int, values: dict[str, Any]
) -> None:
    """Keep what an organisation sets, in the place of what it had set."""
    organisation_code(connection, cipher, organisation)
    field = cipher.encrypt(_place(organisation), json.dumps(values))
    mine = kiosk_settings.c.organisation == organisation
    connection.execute(update(kiosk_settings).where(mine).values(settings=field))


def delete_settings_of(connection: Connection, organisation: int) -> int:
    """Delete what an organisation has set, and its public code; return how many rows."""
    return delete_rows_of(connection, kiosk_settings, organisation)


def _place(organisation: int) -> Place:
    return Place("kiosk_settings", "settings", str(organisation))
