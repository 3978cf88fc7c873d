"""Opens a source directory: which tables are there, and each of them as text columns."""

import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import ibis
import pyarrow as pa

from index_builder.dictionary import TABLES, TableDefinition
from index_builder.engines.engine import ROW_NUMBER
from index_builder.sources.csv_batches import CsvTable, TableUnreadable
from index_builder.sources.directory import SourceRefused, other_files, table_files
from index_builder.sources.encodings import EncodingRefused
from index_builder.sources.header import unknown_columns
from index_builder.sources.parquet_table import ParquetTable, text_schema
from index_builder.sources.rejects import RejectList
from index_builder.sources.xlsx_table import XlsxTable
from index_builder.workspace import Workspace

__all__ = ["Source", "SourceRefused", "SourceTable", "check_reject_share", "open_source"]

REJECTED_SHARE_MAX = 0.05
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_GLOB_CHARACTERS = frozenset("*?[]")  # the engine would look for files of other names


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table as text: trimmed cells, blank as null, and `row`, the line in the file."""

    name: str
    path: Path
    data: ibis.Table
    rows: int
    modified_at: datetime


@dataclass(slots=True)
class Source:
    """The tables of a source directory and what was noticed on opening them."""

    tables: dict[str, SourceTable] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def get(self, name: str) -> ibis.Table | None:
        """Return a table's data, None where the source does not have the table."""
        table = self.tables.get(name)
        return None if table is None else table.data

    def rows(self, name: str) -> int:
        """Return how many rows a table has, 0 where the source does not have it."""
        table = self.tables.get(name)
        return 0 if table is None else table.rows

    @property
    def oldest(self) -> datetime:
        """The time (UTC) of the table that was changed longest ago."""
        return min(table.modified_at for table in self.tables.values())


def open_source(
    directory: Path,
    work: Workspace,
    rejects: RejectList,
    progress: Callable[[str], None] = lambda _: None,
) -> Source:
    """Read every known table of a directory.

    Raises SourceRefused where the directory or a required table is missing, a file is unreadable,
    or there are no rows from which anybody could be listed.
    """
    files = table_files(directory)
    source = Source(remarks=other_files(directory))
    for name, path in files.items():
        progress(path.name)
        try:
            table = _read(TABLES[name], path, work, rejects, source.remarks)
        except (TableUnreadable, EncodingRefused) as error:
            raise SourceRefused(str(error)) from error
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                raise
            message = f"{path.name}: not readable as {path.suffix[1:]} ({type(error).__name__})"
            raise SourceRefused(message) from error
        source.tables[name] = table
    _check_rows(source)
    return source


def check_reject_share(source: Source, rejects: RejectList) -> None:
    """Raise SourceRefused where more than 5 % of a table's rows were rejected."""
    for table in source.tables.values():
        rejected = rejects.count(table.name)
        if rejected > REJECTED_SHARE_MAX * max(table.rows, 1):
            message = (
                f"{table.path.name}: {rejected} of {table.rows} rows rejected, more than "
                f"{REJECTED_SHARE_MAX:.0%}; see {rejects.path}"
            )
            raise SourceRefused(message)


def _check_rows(source: Source) -> None:
    everyone = 'an index built from it would answer "not found" to everyone'
    for name in ("cases", "legs"):
        if name in source.tables and source.rows(name) == 0:
            message = f"{source.tables[name].path.name}: no rows; {everyone}"
            raise SourceRefused(message)
    # Only travellers of legs, people of contacts and drivers are listed; case_legs names the trips.
    if not source.rows("legs") and not source.rows("contacts"):
        nobody = "no table legs and no rows of contacts: nobody can be listed"
        if not source.rows("case_legs"):
            message = f"{source.tables['case_legs'].path.name}: no rows, and {nobody}; {everyone}"
            raise SourceRefused(message)
        if not source.rows("drivers") and not source.rows("replies"):
            source.remarks.append(f"{nobody}, everyone will be told not_found")


def _read(
    definition: TableDefinition,
    path: Path,
    work: Workspace,
    rejects: RejectList,
    remarks: list[str],
) -> SourceTable:
    table: CsvTable | XlsxTable | ParquetTable
    numbers: bool
    if path.suffix.lower() == ".parquet":
        table = ParquetTable(path)
        names = _checked_columns(definition, path, table.header, remarks)
        numbers = "id_number" in names and table.loses_leading_zeros("id_number")
        raw = _parquet_text(definition.name, table, names, work)
        rows = table.rows
    else:
        table = _text_table(definition, path, rejects)
        remarks.extend(table.remarks)
        names = _checked_columns(definition, path, table.header, remarks)
        raw = _stored(definition.name, names, _batches_of_text(table, names), work)
        numbers = isinstance(table, XlsxTable) and "id_number" in table.numeric_columns
        rows = table.rows_read
    if numbers:
        remarks.append(f"{path.name}: id_number holds numbers: leading zeros would be lost")
    columns = {
        name: raw[name].cast("string").strip().nullif("") if name in names else ibis.null("string")
        for name in definition.columns
    }
    return SourceTable(
        name=definition.name,
        path=path,
        data=raw.select(row=raw["row"].cast("int64"), **columns),
        rows=rows,
        modified_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )


def _checked_columns(
    definition: TableDefinition, path: Path, header: list[str], remarks: list[str]
) -> list[str]:
    """Return the columns that are delivered and known."""
    missing = [name for name in definition.required if name not in header]
    if missing:
        message = f"{path.name}: column missing: {', '.join(missing)}"
        raise SourceRefused(message)
    if unknown := unknown_columns(header, definition.columns):
        remarks.append(f"{path.name}: columns not in the data dictionary: {unknown}")
    absent = [name for name in definition.columns if name not in header]
    if absent:
        remarks.append(f"{path.name}: columns not delivered: {', '.join(absent)}")
    return [name for name in definition.columns if name in header]


def _text_table(
    definition: TableDefinition, path: Path, rejects: RejectList
) -> CsvTable | XlsxTable:
    if path.suffix.lower() == ".xlsx":
        return XlsxTable(path, rejects, definition.name)
    return CsvTable(path, rejects, definition.name)


def _batches_of_text(table: CsvTable | XlsxTable, names: list[str]) -> Iterable[pa.RecordBatch]:
    schema = text_schema(names)
    for batch in table:
        arrays = [pa.array(batch.rows, pa.int64())]
        arrays += [pa.array(batch.columns[name], pa.string()) for name in names]
        yield pa.record_batch(arrays, schema=schema)


def _parquet_text(name: str, table: ParquetTable, names: list[str], work: Workspace) -> ibis.Table:
    """Return a lazy table: over the file itself where it is plain, else over its text."""
    if not table.is_plain(names) or _GLOB_CHARACTERS & set(str(table.path)):
        return _stored(name, names, table.batches(names), work)
    table.check(names)
    raw = work.read_parquet(table.path)
    columns = {column: raw[table.original(column)] for column in names}
    return raw.select(row=raw[ROW_NUMBER] + 2, **columns)


def _stored(
    name: str, names: list[str], batches: Iterable[pa.RecordBatch], work: Workspace
) -> ibis.Table:
    name = f"source_{name}"
    with work.parquet_writer(name, text_schema(names)) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return work.written(name)
