"""Numbers of check-ins, from what stands in clear: nothing is decrypted for a chart."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select

from app.records.kiosks.checkins import checkins

QUARTER_MS = 900_000  # fine enough for every zone's midnight
column = checkins.c


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """How many check-ins of a word were made in a quarter of an hour; begin: milliseconds."""

    begin: int
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class SequenceSpan:
    """The sequence numbers of a kiosk's check-ins: the first, the last, and how many there are."""

    first: int
    last: int
    number: int

    @property
    def missing(self) -> int:
        """How many between the first and the last are not there: refused, or still to come."""
        return self.last - self.first + 1 - self.number


def counts_by_quarter(
    connection: Connection, organisation: int, from_ms: int, to_ms: int
) -> list[QuarterCount]:
    """Return the check-ins made from one moment to before another, by quarter and word."""
    quarter: ColumnElement[int] = cast(column.made_at // QUARTER_MS, Integer)
    query = (
        select(quarter, column.word, func.count())
        .where(column.organisation == organisation)
        .where((column.made_at >= from_ms) & (column.made_at < to_ms))
        .group_by(quarter, column.word)
    )
    return [
        QuarterCount(begin * QUARTER_MS, word, number)
        for begin, word, number in connection.execute(query)
    ]


def sequence_spans(connection: Connection, organisation: int) -> dict[str, SequenceSpan]:
    """Return the span of each kiosk of an organisation that has check-ins, by its id."""
    query = (
        select(column.kiosk, func.min(column.sequence), func.max(column.sequence), func.count())
        .where(column.organisation == organisation)
        .group_by(column.kiosk)
    )
    return {kiosk: SequenceSpan(*numbers) for kiosk, *numbers in connection.execute(query)}


def count_unconfirmed(connection: Connection, organisation: int) -> int:
    """Return how many check-ins came from kiosks that had been revoked."""
    mine = (column.organisation == organisation) & column.unconfirmed
    return connection.scalar(select(func.count()).select_from(checkins).where(mine)) or 0


def latest_of_each_person(
    connection: Connection, organisation: int, since_ms: int
) -> dict[bytes, tuple[str, str]]:
    """Return kiosk and id of the last check-in of everybody who was named since a moment."""
    mine = (column.organisation == organisation) & (column.made_at >= since_ms)
    last = (
        select(column.person, func.max(column.made_at).label("made_at"))
        .where(mine & column.person.is_not(None))
        .group_by(column.person)
        .subquery()
    )
    same = (column.person == last.c.person) & (column.made_at == last.c.made_at)
    query = select(column.person, column.kiosk, column.id).join(last, same).where(mine)
    return {person: (kiosk, checkin) for person, kiosk, checkin in connection.execute(query)}
