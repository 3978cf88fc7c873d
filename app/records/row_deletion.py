"""Deletes rows that are past their time, or of an organisation that goes."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, delete


def begin_of_day(day: date) -> int:
    """Return when a day begins by UTC, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def delete_rows_before(
    connection: Connection, time: Column[Any], moment: int | date, organisation: int | None = None
) -> int:
    """Delete the rows of a table whose time is before a moment; return how many.

    time: the column, of the same unit as the moment; organisation: of which alone; None: of all.
    """
    past = time < moment
    if organisation is not None:
        past &= time.table.c.organisation == organisation
    return connection.execute(delete(time.table).where(past)).rowcount


def delete_rows_of(connection: Connection, table: Table, organisation: int) -> int:
    """Delete every row of an organisation; return how many."""
    mine = table.c.organisation == organisation
    return connection.execute(delete(table).where(mine)).rowcount
