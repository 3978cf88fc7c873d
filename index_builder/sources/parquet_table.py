"""Reads one Parquet file column by column: every page checked, every cell as text."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from index_builder.engines.engine import ROW_NUMBER
from index_builder.sources.cell_texts import (
    CellsUnreadable,
    is_plain,
    loses_leading_zeros,
    text_of,
)
from index_builder.sources.page_checksums import checksums_hold
from tables.csv_rows import BATCH_ROWS
from tables.header import column_names, repeated_columns
from tables.table_faults import TableUnreadable


class ParquetTable:
    """One Parquet file: its header, its number of rows and, through `batches`, its text."""

    def __init__(
        self,
        path: Path,
        naming: Callable[[Sequence[str]], list[str]] = column_names,
        known_columns: Collection[str] = (),
    ) -> None:
        """naming: as HeaderNaming; known_columns: those that may be named in a message."""
        self.path = path
        # Opened for its footer here and for its pages in `batches`, never kept open.
        with pq.ParquetFile(path) as file:
            self._schema = file.schema_arrow
            self.rows: int = file.metadata.num_rows
        self.headings: list[str] = list(self._schema.names)
        self.header = naming(self.headings)
        if twice := repeated_columns(self.header, known_columns):
            message = f"{path.name}: the schema names a column twice: {twice}"
            raise TableUnreadable(message)

    def original(self, name: str) -> str:
        """Return a column's name as the file writes it."""
        return str(self._schema.names[self.header.index(name)])

    def is_plain(self, names: Sequence[str]) -> bool:
        """Return whether the engine may read these columns from the file itself."""
        return ROW_NUMBER not in self.header and all(is_plain(self._kind(name)) for name in names)

    def loses_leading_zeros(self, name: str) -> bool:
        """Return whether a column holds numbers where the standard has text."""
        return loses_leading_zeros(self._kind(name))

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns as text, in batches of rows, with `row` (the first row is 2).

        Raises TableUnreadable naming a column, or an Arrow error or OSError for a damaged page.
        """
        schema = text_schema(names)
        originals = [self.original(name) for name in names]
        row = 2
        with pq.ParquetFile(self.path, page_checksum_verification=True) as file:
            for batch in file.iter_batches(BATCH_ROWS, columns=originals):
                arrays = [pa.array(range(row, row + len(batch)), pa.int64())]
                arrays += [
                    self._text(name, batch.column(original))
                    for name, original in zip(names, originals, strict=True)
                ]
                yield pa.record_batch(arrays, schema=schema)
                row += len(batch)

    def checksums_hold(self, names: Sequence[str]) -> bool:
        """Return whether every page of the columns has its checksum, where it was written with one.

        False says only that the file is not to be trusted before `check` has read it.
        """
        return checksums_hold(self.path, {self.original(name) for name in names})

    def check(self, names: Sequence[str]) -> None:
        """Read every cell of the columns once, and the sum of every page. Raises as `batches`."""
        originals = [self.original(name) for name in names]
        with pq.ParquetFile(self.path, page_checksum_verification=True) as file:
            for batch in file.iter_batches(BATCH_ROWS, columns=originals):
                for name, original in zip(names, originals, strict=True):
                    if not pa.types.is_integer(self._kind(name)):
                        self._text(name, batch.column(original))

    def _text(self, name: str, column: pa.Array) -> pa.Array:
        try:
            return text_of(column)
        except CellsUnreadable as error:
            message = f"{self.path.name}: column {name}: {error}"
            raise TableUnreadable(message) from error

    def _kind(self, name: str) -> pa.DataType:
        kind = self._schema.field(self.header.index(name)).type
        return kind.value_type if pa.types.is_dictionary(kind) else kind


def text_schema(names: Sequence[str]) -> pa.Schema:
    """Return the schema of a table as text: `row` and the columns."""
    return pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
