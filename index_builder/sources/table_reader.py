"""Reads one file of a source directory as a table of the data dictionary, every cell as text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial, reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from index_builder.data_dictionary.table_definitions import ALL_COLUMNS, TableDefinition
from index_builder.data_dictionary.words import USUAL_WORDS
from index_builder.engines.engine import ROW_NUMBER
from index_builder.runtime.workspace import Workspace
from index_builder.sources.parquet_table import ParquetTable, text_schema
from index_builder.sources.reject_list import RejectList
from tables.column_mapping import (
    MAPPING_FILE,
    MappingRefused,
    TableMapping,
)
from tables.csv_rows import BATCH_ROWS
from tables.csv_table import CsvTable
from tables.header import HeaderNaming, unknown_columns, unknown_places
from tables.table_faults import TableUnreadable
from tables.xlsx_table import XlsxTable

_BLANKS = (" ", "\t", "\n", "\r", "\v", "\f")
_FIRST_PRINTED = "!"  # every blank stands before it, and so does nothing that is no control
_READ_LATER = {
    "legs": frozenset(("mode", "number", "service_date", "role", "operator", "id_number"))
}
"""Columns of which trips_of_cases reads every cell: nothing needs to read them before."""
_GLOB_CHARACTERS = frozenset("*?[]")  # the engine would look for files of other names


@dataclass(frozen=True)
class SourceTable:
    """One table: every column of the dictionary as text, and `row`, the line in the file.

    raw: cells as delivered, null where the column is not. Millions of rows are joined by a few of
    their values, and only what is found is trimmed. check: reads every cell for which nobody has
    vouched yet, and raises what is wrong with one; see source.first_reading.
    """

    name: str
    path: Path
    raw: ibis.Table
    mapping: TableMapping
    rows: int
    modified_at: datetime
    check: Callable[[], None] = lambda: None

    @cached_property
    def data(self) -> ibis.Table:
        """The table with trimmed cells, blank as null."""
        names = [name for name in self.raw.columns if name != "row"]
        return self.raw.select("row", **self.trim(self.raw, names))

    def trim(self, table: ibis.Table, names: Iterable[str]) -> dict[str, ibis.Value]:
        """Trim columns of a table that holds raw cells of this one; blank becomes null."""
        return {name: _trim(table[name], name, self.mapping) for name in names}

    def clean(self, name: str, cell: str) -> str:
        """Return one cell as `trim` would, "" where blank."""
        if name in self.mapping.fixed:
            return cell
        text = cell.strip()
        return _words(name, self.mapping).get(text, text)


@dataclass(frozen=True, slots=True)
class RowsTable:
    """A table of the data dictionary made of rows that no file holds as they are."""

    raw: ibis.Table
    rows: int


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a file, the columns that it has, how many rows, and how they are checked."""

    raw: ibis.Table
    names: list[str]
    rows: int
    check: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads files into the workspace; rows left out go to `rejects`, the rest to `remarks`."""

    work: Workspace
    rejects: RejectList
    remarks: list[str]
    mapping: Mapping[str, TableMapping] = field(default_factory=dict)

    def read(self, definition: TableDefinition, path: Path) -> SourceTable:
        """Return one table. Raises TableUnreadable, EncodingRefused, MappingRefused, OSError."""
        mapping = self.mapping.get(definition.name, TableMapping())
        naming = HeaderNaming(definition.columns, mapping, definition.required, ALL_COLUMNS)
        if path.suffix.lower() == ".parquet":
            cells = self._parquet(definition, path, naming)
        else:
            cells = self._text(definition, path, naming)
        raw, names = cells.raw, cells.names
        columns = {name: _raw_cell(raw, name, names, mapping) for name in definition.columns}
        return SourceTable(
            name=definition.name,
            path=path,
            raw=raw.select(row=raw["row"].cast("int64"), **columns),
            mapping=mapping,
            rows=cells.rows,
            modified_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            check=cells.check,
        )

    def from_rows(
        self,
        definition: TableDefinition,
        columns: Sequence[str],
        rows: Iterable[tuple[int, tuple[str, ...]]],
    ) -> RowsTable:
        """Return rows made in Python, written out batch by batch, as a table."""
        names = list(columns)
        counter = _RowCounter(rows)
        raw = self._stored(f"{definition.name}_made", names, _batches_of_rows(counter, names))
        nothing = TableMapping()
        cells = {name: _raw_cell(raw, name, names, nothing) for name in definition.columns}
        return RowsTable(raw.select(row=raw["row"].cast("int64"), **cells), counter.count)

    def _text(self, definition: TableDefinition, path: Path, naming: HeaderNaming) -> _Cells:
        kind = XlsxTable if path.suffix.lower() == ".xlsx" else CsvTable
        table = kind(path, self.rejects, definition.name, naming)
        names = self._checked_columns(definition, path, table.headings, naming)
        raw = self._stored(definition.name, names, _batches_of_text(table, names))
        self.remarks.extend(table.remarks)
        if isinstance(table, XlsxTable) and "id_number" in table.numeric_columns:
            self._zeros_lost(path)
        return _Cells(raw, names, table.rows_read)

    def _parquet(self, definition: TableDefinition, path: Path, naming: HeaderNaming) -> _Cells:
        table = ParquetTable(path, naming, naming.known_columns)
        names = self._checked_columns(definition, path, table.headings, naming)
        if "id_number" in names and table.loses_leading_zeros("id_number"):
            self._zeros_lost(path)
        raw = self._parquet_text(definition.name, table, names)
        return _Cells(raw, names, table.rows, partial(table.check, names))

    def _zeros_lost(self, path: Path) -> None:
        self.remarks.append(f"{path.name}: id_number holds numbers: leading zeros would be lost")

    def _checked_columns(
        self,
        definition: TableDefinition,
        path: Path,
        headings: list[str],
        naming: HeaderNaming,
    ) -> list[str]:
        """Return the columns that are delivered and known; headings: the header as it stands."""
        header = naming(headings)
        try:
            self.remarks.extend(f"{path.name}: {remark}" for remark in naming.remarks(headings))
        except MappingRefused as error:
            message = f"{path.name}: {error}"
            raise MappingRefused(message) from error
        delivered = {*header, *naming.mapping.fixed}
        missing = [name for name in definition.required if name not in delivered]
        if missing:
            others = unknown_places(header, definition.columns)
            message = (
                f"{path.name}: column missing: {', '.join(missing)}; where a column has another "
                f"name, say so in {MAPPING_FILE}" + (f" (not known: {others})" if others else "")
            )
            raise TableUnreadable(message)
        if unknown := unknown_columns(header, definition.columns):
            self.remarks.append(f"{path.name}: columns not in the data dictionary: {unknown}")
        absent = [name for name in definition.columns if name not in delivered]
        if absent:
            self.remarks.append(f"{path.name}: columns not delivered: {', '.join(absent)}")
        return [name for name in definition.columns if name in header]

    def _parquet_text(self, name: str, table: ParquetTable, names: list[str]) -> ibis.Table:
        """Return a lazy table: over the file itself where it is plain, else over its text."""
        if not table.is_plain(names) or _GLOB_CHARACTERS & set(str(table.path)):
            return self._stored(name, names, table.batches(names))
        raw = self.work.read_parquet(table.path)
        columns = {column: raw[table.original(column)] for column in names}
        later = _READ_LATER.get(name, frozenset())
        now = [column for column in names if column not in later] or names
        proof = raw.select(**{column: columns[column] for column in now})
        with ThreadPoolExecutor(1) as beside:  # Python reads heads of pages, the engine cells
            sums = beside.submit(table.checksums_hold, names)
            proved = self.work.proves_text(proof)
        if not (sums.result() and proved):
            table.check(names)
        return raw.select(row=raw[ROW_NUMBER] + 2, **columns)

    def _stored(self, name: str, names: list[str], batches: Iterable[pa.RecordBatch]) -> ibis.Table:
        name = f"source_{name}"
        with self.work.parquet_writer(name, text_schema(names)) as writer:
            for batch in batches:
                writer.write_batch(batch)
        return self.work.parquet(name)


def _raw_cell(raw: ibis.Table, name: str, names: list[str], mapping: TableMapping) -> ibis.Value:
    if name in mapping.fixed:
        return ibis.literal(mapping.fixed[name])
    return raw[name].cast("string") if name in names else ibis.null("string")


def without_blanks(text: Any) -> Any:  # noqa: ANN401 - ibis columns have no useful static type
    """Return the expression of a text without blanks at its ends.

    An engine's own trimming takes ten times as long as to see that there is nothing to trim, which
    is what nearly all of hundreds of millions of cells come to.
    """
    blank_ends = reduce(or_, (text.endswith(blank) for blank in _BLANKS))
    return ((text < _FIRST_PRINTED) | blank_ends).ifelse(text.strip(), text)


def _trim(cell: ibis.Value, name: str, mapping: TableMapping) -> ibis.Value:
    if name in mapping.fixed:
        return cell
    text = without_blanks(cell).nullif("")
    words = _words(name, mapping)
    return text.cases(*words.items(), else_=text) if words else text


def _words(name: str, mapping: TableMapping) -> dict[str, str]:
    return {**USUAL_WORDS.get(name, {}), **mapping.values.get(name, {})}


def _batches_of_text(table: CsvTable | XlsxTable, names: list[str]) -> Iterable[pa.RecordBatch]:
    schema = text_schema(names)
    for batch in table:
        arrays = [pa.array(batch.rows, pa.int64())]
        arrays += [pa.array(batch.columns[name], pa.string()) for name in names]
        yield pa.record_batch(arrays, schema=schema)


class _RowCounter:
    """Counts rows as they pass."""

    def __init__(self, rows: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for row in self._rows:
            self.count += 1
            yield row


def _batches_of_rows(
    rows: Iterable[tuple[int, tuple[str, ...]]], names: list[str]
) -> Iterator[pa.RecordBatch]:
    cells_of_rows = iter(rows)
    while block := list(islice(cells_of_rows, BATCH_ROWS)):
        columns = zip(*(cells for _, cells in block), strict=True)
        arrays = [pa.array([row for row, _ in block], pa.int64())]
        arrays += [pa.array(column, pa.string()) for column in columns]
        yield pa.record_batch(arrays, schema=text_schema(names))
