"""Kiosks of organisations: keys, when each was last seen, and whether it was revoked.

Threat: whoever can write to a copy of the database lends a kiosk other keys. Limit: keys, names and
what a kiosk reports of itself are encrypted fields, bound to its row.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
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

kiosks = Table(
    "kiosks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("name", LargeBinary, nullable=False),
    Column("keys", LargeBinary, nullable=False),  # JSON of both public keys
    Column("report", LargeBinary, nullable=False),  # JSON of its last sync
    Column("enrolled_at", BigInteger, nullable=False),  # milliseconds since 1970, as are all here
    Column("last_seen_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """One kiosk; its public keys are points of P-256 of 65 bytes.

    report: what it last told of itself, empty before its first sync; times in milliseconds.
    """

    id: str
    organisation: int
    name: str
    signing_key: bytes
    sealing_key: bytes
    enrolled_at: int
    last_seen_at: int
    revoked_at: int | None
    report: dict[str, Any]


def add_kiosk(connection: Connection, cipher: FieldCipher, kiosk: Kiosk) -> None:
    """Keep a new kiosk. Raises IntegrityError where its id is in use."""
    keys = {
        name: b64encode(key).decode()
        for name, key in (("signing", kiosk.signing_key), ("sealing", kiosk.sealing_key))
    }
    connection.execute(
        insert(kiosks).values(
            id=kiosk.id,
            organisation=kiosk.organisation,
            name=cipher.encrypt(_place("name", kiosk.id), kiosk.name),
            keys=cipher.encrypt(_place("keys", kiosk.id), json.dumps(keys)),
            report=cipher.encrypt(_place("report", kiosk.id), json.dumps(kiosk.report)),
            enrolled_at=kiosk.enrolled_at,
            last_seen_at=kiosk.last_seen_at,
            revoked_at=kiosk.revoked_at,
        )
    )


def kiosk_of_id(connection: Connection, cipher: FieldCipher, kiosk_id: str) -> Kiosk | None:
    """Return the kiosk of an id, whatever its organisation; None where there is none."""
    row = connection.execute(select(kiosks).where(kiosks.c.id == kiosk_id)).one_or_none()
    return None if row is None else _kiosk(cipher, row)


def lock_kiosk(connection: Connection, kiosk_id: str) -> tuple[bool, int | None]:
    """Let other writers of a kiosk wait; return whether it is there, and when it was revoked."""
    query = select(kiosks.c.revoked_at).where(kiosks.c.id == kiosk_id).with_for_update()
    row = connection.execute(query).one_or_none()
    return (False, None) if row is None else (True, row.revoked_at)


def kiosks_of(connection: Connection, cipher: FieldCipher, organisation: int) -> list[Kiosk]:
    """Return the kiosks of an organisation in the order of enrolment."""
    query = (
        select(kiosks)
        .where(kiosks.c.organisation == organisation)
        .order_by(kiosks.c.enrolled_at, kiosks.c.id)
    )
    return [_kiosk(cipher, row) for row in connection.execute(query)]


def note_report(
    connection: Connection, cipher: FieldCipher, kiosk_id: str, now: int, report: dict[str, Any]
) -> None:
    """Keep what a kiosk tells of itself, and when; now: milliseconds."""
    field = cipher.encrypt(_place("report", kiosk_id), json.dumps(report))
    mine = kiosks.c.id == kiosk_id
    connection.execute(update(kiosks).where(mine).values(report=field, last_seen_at=now))


def note_seen(connection: Connection, kiosk_id: str, now: int) -> None:
    """Keep when a kiosk was last heard of; now: milliseconds."""
    mine = kiosks.c.id == kiosk_id
    connection.execute(update(kiosks).where(mine).values(last_seen_at=now))


def rename_kiosk(
    connection: Connection, cipher: FieldCipher, organisation: int, kiosk_id: str, name: str
) -> bool:
    """Give a kiosk of an organisation another name; return whether there is one."""
    field = cipher.encrypt(_place("name", kiosk_id), name)
    mine = _mine(organisation, kiosk_id)
    return connection.execute(update(kiosks).where(mine).values(name=field)).rowcount == 1


def revoke_kiosk(connection: Connection, organisation: int, kiosk_id: str, now: int) -> bool:
    """Revoke a kiosk of an organisation; return whether there is one that was not revoked yet."""
    mine = _mine(organisation, kiosk_id) & kiosks.c.revoked_at.is_(None)
    return connection.execute(update(kiosks).where(mine).values(revoked_at=now)).rowcount == 1


def delete_kiosks_of(connection: Connection, organisation: int) -> int:
    """Delete every kiosk of an organisation; return how many."""
    return delete_rows_of(connection, kiosks, organisation)


def _mine(organisation: int, kiosk_id: str) -> ColumnElement[bool]:
    return (kiosks.c.organisation == organisation) & (kiosks.c.id == kiosk_id)


def _kiosk(cipher: FieldCipher, row: Any) -> Kiosk:  # noqa: ANN401 - a row of any query
    def text(column: str) -> str:
        return cipher.decrypt(_place(column, row.id), getattr(row, column))

    # `Row.keys` would be a method of older rows; the mapping has the column
    keys = json.loads(cipher.decrypt(_place("keys", row.id), row._mapping["keys"]))
    return Kiosk(
        row.id,
        row.organisation,
        text("name"),
        b64decode(keys["signing"]),
        b64decode(keys["sealing"]),
        row.enrolled_at,
        row.last_seen_at,
        row.revoked_at,
        json.loads(text("report")),
    )


def _place(column: str, kiosk_id: str) -> Place:
    return Place("kiosks", column, kiosk_id)
