"""Check-ins at kiosks, each kept once by its kiosk and id.

Threat: a copy of the database tells who came when, with which temperature. Limit: in clear stand
organisation, kiosk, ids, times, direction and word; all else is an encrypted field, and a person's
rows are found by a digest under the key ``records``.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    tuple_,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import delete_rows_before, delete_rows_of
from app.records.tables import metadata

ROSTER_PERSON = b"roster\x00"
IDENTITY_PERSON = b"identity\x00"
IDS_AT_A_TIME = 200  # of one statement: neither engine takes any number of values

checkins = Table(
    "checkins",
    metadata,
    Column("kiosk", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),  # milliseconds since 1970, by the kiosk's clock
    Column("taken_at", BigInteger, nullable=False),  # … by the server's
    Column("direction", String(3), nullable=False),
    Column("word", String(11), nullable=False),
    Column("unconfirmed", Boolean, nullable=False),
    Column("person", LargeBinary),  # digest; null: nobody was named
    Column("body", LargeBinary, nullable=False),  # SHA-256 of what was sealed
    Column("content", LargeBinary, nullable=False),
    Index("ix_checkins_organisation_made_at", "organisation", "made_at"),
    Index("ix_checkins_organisation_person", "organisation", "person"),
    Index("ix_checkins_organisation_body", "organisation", "body"),
)


@dataclass(frozen=True, slots=True)
class StoredCheckin:
    """One check-in as it is kept; times in milliseconds since 1970.

    unconfirmed: it came from a kiosk that was revoked since; content: what the kiosk sealed.
    """

    kiosk: str
    id: str
    organisation: int
    sequence: int
    made_at: int
    taken_at: int
    direction: str
    word: str
    unconfirmed: bool
    content: dict[str, Any]
    # their digest, once read; None: nobody was named
    person: bytes | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NewCheckin:
    """One to be kept; person: digest of whom it is about, None: nobody; body: SHA-256."""

    stored: StoredCheckin
    person: bytes | None
    body: bytes


def roster_digest(cipher: FieldCipher, organisation: int, roster_id: str) -> bytes:
    """Return under what the rows of a person of the roster are found; roster_id: 32 hex letters."""
    return _digest(cipher, organisation, ROSTER_PERSON + bytes.fromhex(roster_id))


def identity_digest(cipher: FieldCipher, organisation: int, identity: bytes) -> bytes:
    """Return under what the rows of a visitor are found; identity: its canonical bytes."""
    return _digest(cipher, organisation, IDENTITY_PERSON + identity)


def _digest(cipher: FieldCipher, organisation: int, person: bytes) -> bytes:
    return cipher.digest("kiosk/person", organisation.to_bytes(8, "big") + person)


def add_checkins(connection: Connection, cipher: FieldCipher, new: Sequence[NewCheckin]) -> None:
    """Keep check-ins. Raises IntegrityError where one of them is kept already."""
    if not new:
        return
    connection.execute(
        insert(checkins),
        [
            {
                "kiosk": one.stored.kiosk,
                "id": one.stored.id,
                "organisation": one.stored.organisation,
                "sequence": one.stored.sequence,
                "made_at": one.stored.made_at,
                "taken_at": one.stored.taken_at,
                "direction": one.stored.direction,
                "word": one.stored.word,
                "unconfirmed": one.stored.unconfirmed,
                "person": one.person,
                "body": one.body,
                "content": cipher.encrypt(
                    _place(one.stored.kiosk, one.stored.id),
                    json.dumps(one.stored.content, ensure_ascii=False),
                ),
            }
            for one in new
        ],
    )


def bodies_of(connection: Connection, kiosk: str, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the SHA-256 of those check-ins of a kiosk that are kept already, by id."""
    query = (
        select(checkins.c.id, checkins.c.body)
        .where(checkins.c.kiosk == kiosk)
        .where(checkins.c.id.in_(tuple(ids)))
    )
    return {row.id: row.body for row in connection.execute(query)}


def copied_bodies(
    connection: Connection, organisation: int, kiosk: str, bodies: Sequence[bytes]
) -> set[bytes]:
    """Return which sealed bytes were kept of another kiosk of the organisation, as SHA-256."""
    query = (
        select(checkins.c.body)
        .where(checkins.c.organisation == organisation)
        .where(checkins.c.body.in_(bodies))
        .where(checkins.c.kiosk != kiosk)
    )
    return set(connection.execute(query).scalars())


def checkins_between(
    connection: Connection, cipher: FieldCipher, organisation: int, from_ms: int, to_ms: int
) -> Iterator[StoredCheckin]:
    """Yield the check-ins of an organisation made from one moment to before another, in order.

    Raises FieldUnreadable.
    """
    mine = checkins.c.organisation == organisation
    made = (checkins.c.made_at >= from_ms) & (checkins.c.made_at < to_ms)
    return _stored(connection, cipher, mine & made)


def checkins_of(
    connection: Connection, cipher: FieldCipher, organisation: int, person: bytes
) -> Iterator[StoredCheckin]:
    """Yield the check-ins of one person at an organisation, in order; person: their digest.

    Raises FieldUnreadable.
    """
    mine = checkins.c.organisation == organisation
    return _stored(connection, cipher, mine & (checkins.c.person == person))


def checkins_of_ids(
    connection: Connection, cipher: FieldCipher, organisation: int, ids: Iterable[tuple[str, str]]
) -> Iterator[StoredCheckin]:
    """Yield some check-ins of an organisation; ids: kiosk and id each. Raises FieldUnreadable."""
    rest = iter(ids)
    while chunk := list(islice(rest, IDS_AT_A_TIME)):
        found = tuple_(checkins.c.kiosk, checkins.c.id).in_(chunk)
        yield from _stored(connection, cipher, (checkins.c.organisation == organisation) & found)


def purge_checkins(connection: Connection, before_ms: int, organisation: int | None = None) -> int:
    """Delete what was made before a moment, of one organisation or all; return how many."""
    return delete_rows_before(connection, checkins.c.made_at, before_ms, organisation)


def delete_checkins_of(connection: Connection, organisation: int) -> int:
    """Delete every check-in of an organisation; return how many."""
    return delete_rows_of(connection, checkins, organisation)


def _stored(
    connection: Connection, cipher: FieldCipher, condition: ColumnElement[bool]
) -> Iterator[StoredCheckin]:
    columns = checkins.c
    query = (
        select(checkins)
        .where(condition)
        .order_by(columns.made_at, columns.kiosk, columns.sequence, columns.id)
    )
    for row in connection.execute(query):
        content = json.loads(cipher.decrypt(_place(row.kiosk, row.id), row.content))
        yield StoredCheckin(
            row.kiosk,
            row.id,
            row.organisation,
            row.sequence,
            row.made_at,
            row.taken_at,
            row.direction,
            row.word,
            row.unconfirmed,
            content,
            row.person,
        )


def _place(kiosk: str, checkin_id: str) -> Place:
    return Place("checkins", "content", f"{kiosk}/{checkin_id}")
