"""What a build asks of an engine; everything else is written as Ibis expressions."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa

from exposure_index.errors import ExitCode, ForeseenError

ROW_NUMBER = "file_row_number"
"""The column that `Engine.numbered` adds to a Parquet file: 0 for its first row."""


class EngineUnavailable(ForeseenError, RuntimeError):
    """The engine could not start or ran out of memory or disk; the message says what to do."""

    exit_code = ExitCode.UNAVAILABLE


class RowsLost(RuntimeError):
    """Not as many rows came out of the engine as it counted; whoever is missing is not listed."""


class Engine(ABC):
    """One engine over the private folder of a build: what it stores or spills lies in there."""

    @abstractmethod
    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        """Compute a table once and return the stored result."""

    @abstractmethod
    def store(self, name: str, rows: pa.Table) -> ibis.Table:
        """Store a small table made in Python."""

    @abstractmethod
    def parquet(self, name: str, path: Path) -> ibis.Table:
        """Return a lazy table over a Parquet file of the private folder."""

    @abstractmethod
    def numbered(self, path: Path) -> ibis.Table:
        """Return a lazy table over any Parquet file, with each row's number as ROW_NUMBER."""

    def proves_text(self, table: ibis.Table) -> bool:
        """Return whether the engine has read every cell of a table and vouches for their UTF-8.

        False says nothing against them: an engine that takes other bytes for text cannot vouch.
        """
        return False

    def refuses(self, error: Exception) -> bool:
        """Return whether an error says that the engine cannot read what stands in a file."""
        return False

    @abstractmethod
    def table(self, name: str) -> ibis.Table:
        """Return what was kept or stored under a name."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Return whether anything was kept or stored under a name."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything but the folder."""

    def stream(self, table: ibis.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield a stored table in batches of at most so many rows.

        Close one stream before the next is opened: two of one connection end each other early.
        Raises RowsLost where the stream ends before all that the engine counted have come.
        """
        expected, rows_read = int(table.count().execute()), 0
        for batch in table.to_pyarrow_batches(chunk_size=rows):
            rows_read += batch.num_rows
            yield batch
        if rows_read != expected:
            message = f"{rows_read} of {expected} rows came out of the engine"
            raise RowsLost(message)
