"""Sketches of whom an organisation asked about, some a day: no list, and no digest of anybody.

What a sketch holds, and why it tells of nobody, stands in ``app/organisations/quota.py``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    select,
    tuple_,
    update,
)

from app.records.row_deletion import delete_rows_before, delete_rows_of
from app.records.tables import metadata

QUOTA_DAYS = 14  # today and the thirteen before

quota_sketches = Table(
    "quota_sketches",
    metadata,
    Column("organisation", Integer, ForeignKey("organisations.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("part", Integer, primary_key=True),  # of the day, from 0
    Column("version", Integer, nullable=False),  # of the bits, by which a copy is known to be old
    Column("entries", Integer, nullable=False),  # how many identities the bits took
    Column("people", Integer, nullable=False),  # those of them that no later sketch has seen
    Column("bits", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True, order=True)
class SketchPlace:
    """Which sketch of an organisation: its day, and its part of the day."""

    day: date
    part: int


@dataclass(frozen=True, slots=True)
class SketchState:
    """What is known of a sketch without its bits."""

    place: SketchPlace
    version: int
    entries: int
    people: int


def sketch_states(connection: Connection, organisation_id: int, since: date) -> list[SketchState]:
    """Return the sketches of an organisation from a day on, the newest first."""
    columns = quota_sketches.c
    query = (
        select(columns.day, columns.part, columns.version, columns.entries, columns.people)
        .where(columns.organisation == organisation_id)
        .where(columns.day >= since)
        .order_by(columns.day.desc(), columns.part.desc())
    )
    return [
        SketchState(SketchPlace(row.day, row.part), row.version, row.entries, row.people)
        for row in connection.execute(query)
    ]


def sketch_bits(
    connection: Connection, organisation_id: int, places: Iterable[SketchPlace]
) -> dict[SketchPlace, bytes]:
    """Return the bits of some sketches of an organisation."""
    columns = quota_sketches.c
    wanted = tuple_(columns.day, columns.part).in_([(each.day, each.part) for each in places])
    query = (
        select(columns.day, columns.part, columns.bits)
        .where(columns.organisation == organisation_id)
        .where(wanted)
    )
    return {SketchPlace(row.day, row.part): row.bits for row in connection.execute(query)}


def put_sketch(
    connection: Connection, organisation_id: int, state: SketchState, bits: bytes | None = None
) -> None:
    """Keep a sketch's state, and its bits where they changed; a new one needs them."""
    place = state.place
    columns = quota_sketches.c
    mine = (
        (columns.organisation == organisation_id)
        & (columns.day == place.day)
        & (columns.part == place.part)
    )
    values: dict[str, object] = {
        "version": state.version,
        "entries": state.entries,
        "people": state.people,
    }
    if bits is not None:
        values["bits"] = bits
    if connection.execute(update(quota_sketches).where(mine).values(**values)).rowcount:
        return
    own = {"organisation": organisation_id, "day": place.day, "part": place.part}
    connection.execute(insert(quota_sketches).values(**own, **values))


def people_by_organisation(connection: Connection, since: date) -> dict[int, int]:
    """Return how many distinct people each organisation has asked about from a day on."""
    columns = quota_sketches.c
    query = (
        select(columns.organisation, func.sum(columns.people))
        .where(columns.day >= since)
        .group_by(columns.organisation)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def delete_sketches_of(connection: Connection, organisation_id: int) -> int:
    """Delete every sketch of an organisation; return how many."""
    return delete_rows_of(connection, quota_sketches, organisation_id)


def purge_quota_sketches(connection: Connection, before: date) -> int:
    """Delete the sketches of before a day; return how many."""
    return delete_rows_before(connection, quota_sketches.c.day, before)
