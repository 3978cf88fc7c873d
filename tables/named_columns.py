"""Batches of rows by the names of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tables.header import HeaderNaming, repeated_columns
from tables.table_faults import TableUnreadable


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, by column; `rows` are numbers of lines, 1 being the first."""

    rows: list[int]
    columns: dict[str, list[str]]


def checked_header(path: Path, headings: Sequence[str], naming: HeaderNaming) -> list[str]:
    """Return the column of each heading. Raises TableUnreadable where two name the same."""
    header = naming(headings)
    if twice := repeated_columns(header, naming.known_columns):
        message = f"{path.name}: the header names a column twice: {twice}"
        raise TableUnreadable(message)
    return header


def batch_of(header: Sequence[str], rows: list[int], records: Sequence[Sequence[str]]) -> Batch:
    """Return records of the header's width as columns."""
    columns = [list(column) for column in zip(*records, strict=True)]
    return Batch(rows, dict(zip(header, columns, strict=True)))
