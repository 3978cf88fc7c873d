"""Reads one CSV table in batches of named columns."""

from collections.abc import Iterator
from pathlib import Path

from tables.csv_rows import CsvRows
from tables.header import HeaderNaming
from tables.named_columns import Batch, batch_of, checked_header
from tables.table_faults import RejectsRows


class CsvTable:
    """One CSV file: its encoding, header and, on iteration, its rows in batches."""

    def __init__(
        self,
        path: Path,
        rejects: RejectsRows,
        table: str,
        naming: HeaderNaming | None = None,
    ) -> None:
        """Raises TableUnreadable, EncodingRefused."""
        naming = naming or HeaderNaming()
        self.path = path
        self._rows = CsvRows(path, rejects, table, naming)
        self.encoding = self._rows.encoding
        self.headings = self._rows.headings
        self.header = checked_header(path, self.headings, naming)

    @property
    def remarks(self) -> list[str]:
        """What is odd in the file, as far as it has been read."""
        return self._rows.remarks()

    @property
    def rows_read(self) -> int:
        """How many rows there were so far, with those that were rejected."""
        return self._rows.rows_read

    def __iter__(self) -> Iterator[Batch]:
        for rows, records in self._rows:
            yield batch_of(self.header, rows, records)
