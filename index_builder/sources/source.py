"""Opens a source directory: which tables are there, and each of them as text columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from index_builder.dictionary import KNOWN_LATER, TABLES, TableDefinition
from index_builder.sources.csv_batches import CsvTable, TableUnreadable
from index_builder.sources.encodings import EncodingRefused
from index_builder.sources.header import unknown_columns
from index_builder.sources.rejects import RejectList
from index_builder.workspace import Workspace

REJECTED_SHARE_MAX = 0.05


class SourceRefused(ValueError):
    """The source directory cannot be built from; the message names file and way out."""


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
    holds no row at all, or more than 5 % of its rows are rejected.
    """
    if not directory.is_dir():
        message = f"{directory}: no such directory"
        raise SourceRefused(message)
    files = _table_files(directory)
    _require(files, directory)
    source = Source()
    for path in sorted(directory.iterdir()):
        stem = path.stem.lower()
        if path.is_file() and stem in KNOWN_LATER:
            source.remarks.append(f"{path.name}: not used by this version")
        elif path.is_file() and stem not in TABLES and path.suffix.lower() in {".csv", ".parquet"}:
            source.remarks.append(f"{path.name}: not a table of the data dictionary, not used")
    for name, path in files.items():
        progress(path.name)
        try:
            table = _read(TABLES[name], path, work, rejects, source.remarks)
        except (TableUnreadable, EncodingRefused) as error:
            raise SourceRefused(str(error)) from error
        except (pa.ArrowException, OSError) as error:
            message = f"{path.name}: not readable as {path.suffix[1:]} ({type(error).__name__})"
            raise SourceRefused(message) from error
        source.tables[name] = table
    for name in ("cases", "case_legs", "legs"):
        if name in source.tables and source.tables[name].rows == 0 and name != "case_legs":
            message = (
                f"{source.tables[name].path.name}: no rows; an index built from it would answer "
                '"not found" to everyone'
            )
            raise SourceRefused(message)
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


def _table_files(directory: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(directory.iterdir()):
        name = path.stem.lower()
        if name not in TABLES or path.suffix.lower() not in {".csv", ".parquet"}:
            continue
        if name in files:
            message = f"{path.name} and {files[name].name}: the same table twice; remove one"
            raise SourceRefused(message)
        files[name] = path
    return files


def _require(files: dict[str, Path], directory: Path) -> None:
    if "cases" not in files:
        message = f"{directory}: the table cases is missing (cases.csv or cases.parquet)"
        raise SourceRefused(message)
    if "case_legs" not in files and "legs" not in files:
        message = f"{directory}: case_legs or legs is needed beside cases"
        raise SourceRefused(message)


def _read(
    definition: TableDefinition,
    path: Path,
    work: Workspace,
    rejects: RejectList,
    remarks: list[str],
) -> SourceTable:
    if path.suffix.lower() == ".csv":
        parquet, rows, header = _csv_to_parquet(definition, path, work, rejects, remarks)
        raw = work.engine.read_parquet(parquet)
        row = raw["row"]
    else:
        parquet, header = path, [name.lower() for name in pq.read_schema(path).names]
        raw = work.read_parquet(path).rename(str.lower)
        rows = pq.read_metadata(path).num_rows
        row = raw["file_row_number"] + 2
    _check_header(definition, path, header, remarks)
    columns = {
        name: _text(raw[name]) if name in header else ibis.null("string")
        for name in definition.columns
    }
    return SourceTable(
        name=definition.name,
        path=path,
        data=raw.select(row=row.cast("int64"), **columns),
        rows=rows,
        modified_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )


def _text(column: ibis.Value) -> ibis.Value:
    text = column if column.type().is_string() else column.cast("string")
    return text.strip().nullif("")


def _check_header(
    definition: TableDefinition, path: Path, header: list[str], remarks: list[str]
) -> None:
    missing = [name for name in definition.required if name not in header]
    if missing:
        message = f"{path.name}: column missing: {', '.join(missing)}"
        raise SourceRefused(message)
    if unknown := unknown_columns(header, definition.columns):
        remarks.append(f"{path.name}: columns not in the data dictionary: {unknown}")
    absent = [name for name in definition.columns if name not in header]
    if absent:
        remarks.append(f"{path.name}: columns not delivered: {', '.join(absent)}")


def _csv_to_parquet(
    definition: TableDefinition,
    path: Path,
    work: Workspace,
    rejects: RejectList,
    remarks: list[str],
) -> tuple[Path, int, list[str]]:
    table = CsvTable(path, rejects, definition.name)
    if table.encoding == "gb18030":
        remarks.append(f"{path.name}: read as GB18030")
    names = [name for name in table.header if name in definition.columns]
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in names)])
    with work.parquet_writer(definition.name, schema) as writer:
        for batch in table:
            arrays = [pa.array(batch.rows, pa.int64())]
            arrays += [pa.array(batch.columns[name], pa.string()) for name in names]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return work.folder / f"{definition.name}.parquet", table.rows_read, table.header
