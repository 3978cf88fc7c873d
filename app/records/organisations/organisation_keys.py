"""Key pairs of organisations to which kiosks and visitors seal; private keys are encrypted.

A door key that is retired opens nothing any more: its private key is destroyed with it.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import StrEnum

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

from app.records.encrypted_fields import FieldCipher, Place
from app.records.tables import metadata

organisation_keys = Table(
    "organisation_keys",
    metadata,
    Column("organisation", Integer, ForeignKey("organisations.id"), primary_key=True),
    Column("purpose", String(8), primary_key=True),
    Column("id", String(8), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),  # milliseconds since 1970
)


class KeyPurpose(StrEnum):
    """checkin: kiosks seal check-ins and questions to it; door: visitors' phones seal to it."""

    CHECKIN = "checkin"
    DOOR = "door"


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationKey:
    """One key pair of P-256; id: 8 hex letters; public_key: 65 bytes; private_key: 32 bytes."""

    organisation: int
    purpose: KeyPurpose
    id: str
    public_key: bytes
    private_key: bytes
    created_at: int


def add_organisation_key(connection: Connection, cipher: FieldCipher, key: OrganisationKey) -> None:
    """Keep a new key pair."""
    private_key = cipher.encrypt(_place(key), b64encode(key.private_key).decode())
    connection.execute(
        insert(organisation_keys).values(
            organisation=key.organisation,
            purpose=key.purpose.value,
            id=key.id,
            public_key=key.public_key,
            private_key=private_key,
            created_at=key.created_at,
        )
    )


def organisation_keys_of(
    connection: Connection, cipher: FieldCipher, organisation: int, purpose: KeyPurpose
) -> list[OrganisationKey]:
    """Return the key pairs of an organisation for a purpose, the newest first."""
    columns = organisation_keys.c
    query = (
        select(organisation_keys)
        .where(columns.organisation == organisation)
        .where(columns.purpose == purpose.value)
        .order_by(columns.created_at.desc(), columns.id)
    )
    found = []
    for row in connection.execute(query):
        sealed = OrganisationKey(
            row.organisation, purpose, row.id, row.public_key, b"", row.created_at
        )
        private_key = b64decode(cipher.decrypt(_place(sealed), row.private_key))
        found.append(
            OrganisationKey(
                row.organisation, purpose, row.id, row.public_key, private_key, row.created_at
            )
        )
    return found


def delete_organisation_keys(
    connection: Connection, organisation: int, purpose: KeyPurpose | None = None
) -> int:
    """Destroy the key pairs of an organisation, of one purpose or all; return how many."""
    mine = organisation_keys.c.organisation == organisation
    if purpose is not None:
        mine &= organisation_keys.c.purpose == purpose.value
    return connection.execute(delete(organisation_keys).where(mine)).rowcount


def _place(key: OrganisationKey) -> Place:
    # bound to the public key too: another one in its row would have people seal to a stranger
    row = f"{key.organisation}/{key.purpose}/{key.id}/{key.public_key.hex()}"
    return Place("organisation_keys", "private_key", row)
