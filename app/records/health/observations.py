"""Observations of the daily health log: who records temperatures, from when until when.

Threat: a copy of the database tells who is observed, or lets somebody record in their name. Limit:
names are encrypted fields; of a personal link only its digest is here; a person of the roster is
found by the digest that check-ins have too.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
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
from app.records.row_deletion import delete_rows_of
from app.records.tables import metadata

LINK_PURPOSE = "health/link"

observations = Table(
    "observations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", Integer, nullable=False),
    Column("link", LargeBinary, nullable=False, unique=True),  # digest of its token
    Column("person", LargeBinary),  # digest, as of check-ins; null: not on the roster
    Column("begun_at", BigInteger, nullable=False),  # milliseconds since 1970
    Column("last_day", Date, nullable=False),
    Column("closed_at", BigInteger),  # milliseconds; null: not closed before its last day
    Column("content", LargeBinary, nullable=False),
    Index("ix_observations_organisation", "organisation"),
)
column = observations.c


@dataclass(frozen=True, slots=True)
class Observation:
    """Somebody who is observed; roster: their id on the roster, "" where they are not on it.

    Times in milliseconds since 1970; last_day: in the zone of the service; person: digest under
    which their check-ins are found.
    """

    id: str
    organisation: int
    name: str
    roster: str
    person: bytes | None
    begun_at: int
    last_day: date
    closed_at: int | None = None


def link_digest(cipher: FieldCipher, token: str) -> bytes:
    """Return what is kept of the token of a personal link, 32 bytes."""
    return cipher.digest(LINK_PURPOSE, token.encode(errors="replace"))


def add_observation(
    connection: Connection, cipher: FieldCipher, new: Observation, link: bytes
) -> None:
    """Keep an observation; link: the digest of its token."""
    content = json.dumps({"name": new.name, "roster": new.roster}, ensure_ascii=False)
    connection.execute(
        insert(observations).values(
            id=new.id,
            organisation=new.organisation,
            link=link,
            person=new.person,
            begun_at=new.begun_at,
            last_day=new.last_day,
            closed_at=new.closed_at,
            content=cipher.encrypt(_place(new.id), content),
        )
    )


def observations_of(
    connection: Connection, cipher: FieldCipher, organisation: int
) -> list[Observation]:
    """Return the observations of an organisation, the last to end first."""
    query = (
        select(observations)
        .where(column.organisation == organisation)
        .order_by(column.last_day.desc(), column.begun_at.desc(), column.id)
    )
    return [_observation(cipher, row) for row in connection.execute(query)]


def observation_of_id(
    connection: Connection, cipher: FieldCipher, organisation: int, observation_id: str
) -> Observation | None:
    """Return an observation of an organisation, None where it has none of that id."""
    return _one(connection, cipher, _mine(organisation, observation_id))


def observation_of_link(
    connection: Connection, cipher: FieldCipher, link: bytes
) -> Observation | None:
    """Return the observation of a personal link, None where there is none; link: its digest."""
    return _one(connection, cipher, column.link == link)


def renew_link(connection: Connection, organisation: int, observation_id: str, link: bytes) -> bool:
    """Put another link in the place of the present one; return whether there is an observation."""
    return _change(connection, organisation, observation_id, link=link)


def set_closed(
    connection: Connection, organisation: int, observation_id: str, closed_at: int | None
) -> bool:
    """Close an observation before its last day, or open it again; return whether there is one."""
    return _change(connection, organisation, observation_id, closed_at=closed_at)


def purge_observations(
    connection: Connection, organisation: int, before_day: date, before_ms: int
) -> int:
    """Delete what ended or was closed before a day or moment, of one organisation; return how many.

    Their readings are deleted by purge_readings, which goes by when they were taken.
    """
    ended = or_(column.last_day < before_day, column.closed_at < before_ms)
    mine = column.organisation == organisation
    return connection.execute(delete(observations).where(mine & ended)).rowcount


def delete_observations_of(connection: Connection, organisation: int) -> int:
    """Delete every observation of an organisation; return how many."""
    return delete_rows_of(connection, observations, organisation)


def _change(
    connection: Connection, organisation: int, observation_id: str, **values: object
) -> bool:
    mine = _mine(organisation, observation_id)
    return connection.execute(update(observations).where(mine).values(**values)).rowcount == 1


def _one(
    connection: Connection, cipher: FieldCipher, condition: ColumnElement[bool]
) -> Observation | None:
    row = connection.execute(select(observations).where(condition)).one_or_none()
    return None if row is None else _observation(cipher, row)


def _observation(cipher: FieldCipher, row: Any) -> Observation:  # noqa: ANN401 - a row of any query
    content = json.loads(cipher.decrypt(_place(row.id), row.content))
    return Observation(
        row.id,
        row.organisation,
        content["name"],
        content["roster"],
        row.person,
        row.begun_at,
        row.last_day,
        row.closed_at,
    )


def _mine(organisation: int, observation_id: str) -> ColumnElement[bool]:
    return (column.organisation == organisation) & (column.id == observation_id)


def _place(observation_id: str) -> Place:
    return Place("observations", "content", observation_id)
