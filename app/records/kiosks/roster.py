"""The roster of an organisation: who agreed to carry a badge, and the secret of each badge.

Threat: a copy of the database tells who works where, or its reader prints badges. Limit: names,
numbers and secrets are encrypted fields bound to their row; documents are keyed digests.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
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
    func,
    insert,
    select,
    update,
)

from app.records.encrypted_fields import FieldCipher, Place
from app.records.row_deletion import begin_of_day, delete_rows_before, delete_rows_of
from app.records.tables import metadata

REMOVED_DAYS = 1  # for which a removal can be undone
Item = TypeVar("Item")
ROWS_AT_A_TIME = 500  # of one statement: neither engine takes any number of values

roster = Table(
    "roster",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),  # JSON, encrypted
    Column("agreed_on", Date, nullable=False),
    Column("added_at", BigInteger, nullable=False),  # milliseconds since 1970, as are all here
    Column("printed_at", BigInteger),
    Column("removed_at", BigInteger),
)
roster_documents = Table(
    "roster_documents",
    metadata,
    Column("organisation", Integer, ForeignKey("organisations.id"), primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("person", String(32), ForeignKey("roster.id"), nullable=False, index=True),
)


@dataclass(frozen=True, slots=True, repr=False)
class RosterPerson:
    """One person of a roster, as written in the list; id: 32 hex letters, on each check-in.

    secret: the 20 bytes of the badge; printed_at: None where that badge never was; removed_at:
    None while the person is on the roster. passport_number: of a list that has a column for it
    beside another number's.
    """

    id: str
    organisation: int
    name: str
    id_type: str
    id_number: str
    name_latin: str
    department: str
    secret: bytes
    agreed_on: date
    added_at: int
    printed_at: int | None = None
    removed_at: int | None = None
    passport_number: str = ""

    def __repr__(self) -> str:
        """Return the id alone."""
        return f"RosterPerson({self.id})"


def add_people(
    connection: Connection,
    cipher: FieldCipher,
    people: Mapping[RosterPerson, Sequence[bytes]],
) -> None:
    """Keep new people, each with the digests of their documents.

    Raises IntegrityError where one of those is on the roster of the organisation already.
    """
    for chunk in _chunks(people):
        connection.execute(insert(roster), [_row(cipher, person) for person in chunk])
        put_documents(connection, {person: people[person] for person in chunk})


def put_documents(connection: Connection, people: Mapping[RosterPerson, Sequence[bytes]]) -> None:
    """Keep the digests of documents of people. Raises IntegrityError for one that is there."""
    rows = [
        {"organisation": person.organisation, "digest": digest, "person": person.id}
        for person, digests in people.items()
        for digest in digests
    ]
    for chunk in _chunks(rows):
        connection.execute(insert(roster_documents), chunk)


def known_documents(
    connection: Connection, organisation: int, digests: Iterable[bytes]
) -> dict[bytes, str]:
    """Return which digests of documents are on the roster, with the person's id of each."""
    columns = roster_documents.c
    known: dict[bytes, str] = {}
    for chunk in _chunks(digests):
        query = (
            select(columns.digest, columns.person)
            .where(columns.organisation == organisation)
            .where(columns.digest.in_(chunk))
        )
        known |= {row.digest: row.person for row in connection.execute(query)}
    return known


def roster_people(
    connection: Connection, cipher: FieldCipher, organisation: int
) -> list[RosterPerson]:
    """Return who is on the roster of an organisation, in the order of adding."""
    query = select(roster).where(_present(organisation)).order_by(roster.c.added_at, roster.c.id)
    return [_person(cipher, row) for row in connection.execute(query)]


def roster_person(
    connection: Connection, cipher: FieldCipher, organisation: int, person_id: str
) -> RosterPerson | None:
    """Return a person of an organisation, a removed one too while that can be undone; else None."""
    mine = (roster.c.organisation == organisation) & (roster.c.id == person_id)
    row = connection.execute(select(roster).where(mine)).one_or_none()
    return None if row is None else _person(cipher, row)


def roster_size(connection: Connection, organisation: int) -> int:
    """Return how many people are on the roster of an organisation."""
    query = select(func.count()).select_from(roster).where(_present(organisation))
    return int(connection.execute(query).scalar_one())


def remove_person(connection: Connection, organisation: int, person_id: str, now: int) -> bool:
    """Take a person from the roster; return whether there was one. now: milliseconds."""
    mine = _present(organisation) & (roster.c.id == person_id)
    if not connection.execute(update(roster).where(mine).values(removed_at=now)).rowcount:
        return False
    theirs = roster_documents.c.person == person_id
    connection.execute(delete(roster_documents).where(theirs))
    return True


def restore_person(connection: Connection, person: RosterPerson, digests: Sequence[bytes]) -> bool:
    """Put a removed person back; return whether they were removed.

    Raises IntegrityError where one of the documents is on the roster again.
    """
    removed = (roster.c.id == person.id) & roster.c.removed_at.is_not(None)
    if not connection.execute(update(roster).where(removed).values(removed_at=None)).rowcount:
        return False
    put_documents(connection, {person: digests})
    return True


def replace_content(connection: Connection, cipher: FieldCipher, person: RosterPerson) -> bool:
    """Keep what changed of a person, as a badge's new secret; return whether they are there."""
    values = {"content": _content(cipher, person), "printed_at": person.printed_at}
    mine = _present(person.organisation) & (roster.c.id == person.id)
    return connection.execute(update(roster).where(mine).values(**values)).rowcount == 1


def note_printed(
    connection: Connection, organisation: int, person_ids: Sequence[str], now: int
) -> None:
    """Keep when badges were printed. now: milliseconds."""
    for chunk in _chunks(person_ids):
        mine = _present(organisation) & roster.c.id.in_(chunk)
        connection.execute(update(roster).where(mine).values(printed_at=now))


def delete_roster_of(connection: Connection, organisation: int) -> int:
    """Delete everybody of an organisation, removed people too; return how many."""
    documents = roster_documents.c.organisation == organisation
    connection.execute(delete(roster_documents).where(documents))
    return delete_rows_of(connection, roster, organisation)


def purge_removed_people(connection: Connection, before: date) -> int:
    """Delete people who were removed before a day (UTC); return how many."""
    moment = begin_of_day(before) * 1_000
    return delete_rows_before(connection, roster.c.removed_at, moment)


def _present(organisation: int) -> ColumnElement[bool]:
    return (roster.c.organisation == organisation) & roster.c.removed_at.is_(None)


def _row(cipher: FieldCipher, person: RosterPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "organisation": person.organisation,
        "content": _content(cipher, person),
        "agreed_on": person.agreed_on,
        "added_at": person.added_at,
        "printed_at": person.printed_at,
        "removed_at": person.removed_at,
    }


def _content(cipher: FieldCipher, person: RosterPerson) -> bytes:
    content = {
        "name": person.name,
        "id_type": person.id_type,
        "id_number": person.id_number,
        "name_latin": person.name_latin,
        "passport_number": person.passport_number,
        "department": person.department,
        "secret": b64encode(person.secret).decode(),
    }
    return cipher.encrypt(_place(person.id), json.dumps(content, ensure_ascii=False))


def _person(cipher: FieldCipher, row: Any) -> RosterPerson:  # noqa: ANN401 - a row of a query
    content = json.loads(cipher.decrypt(_place(row.id), row.content))
    content["secret"] = b64decode(content["secret"])
    return RosterPerson(
        id=row.id,
        organisation=row.organisation,
        agreed_on=row.agreed_on,
        added_at=row.added_at,
        printed_at=row.printed_at,
        removed_at=row.removed_at,
        **content,
    )


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, ROWS_AT_A_TIME)):
        yield chunk


def _place(person_id: str) -> Place:
    return Place("roster", "content", person_id)
