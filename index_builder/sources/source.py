"""Opens a source directory: each of its tables as text columns."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import ibis
import pyarrow as pa

from index_builder.data_dictionary.mapping_standard import STANDARD
from index_builder.data_dictionary.table_definitions import NOTICES, TABLES, TableDefinition
from index_builder.runtime.workspace import Workspace
from index_builder.sources.directory import SourceRefused, other_files, table_files
from index_builder.sources.passenger_lists.list_reader import FOLDER, LEG_COLUMNS, PassengerLists
from index_builder.sources.reject_list import RejectList
from index_builder.sources.table_reader import SourceTable, TableReader
from tables.column_mapping import (
    MAPPING_FILE,
    MappingRefused,
    TableMapping,
    read_mapping,
)
from tables.table_faults import TableUnreadable
from tables.text_encodings.encodings import EncodingRefused

__all__ = [
    "Source",
    "SourceRefused",
    "SourceTable",
    "check_reject_share",
    "check_rejected",
    "first_reading",
    "open_source",
]

REJECTED_SHARE_MAX = 0.05
NOBODY = 'an index built from it would answer "not found" to everyone'
SWAP_ROWS_MAX = 1000
SWAP_ROWS_MIN = 5
_DIGITS_OF_A_DOCUMENT = 4
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(slots=True)
class Source:
    """The tables of a source directory, and remarks on them.

    replies: what replies add, by table; their rows bear other numbers (see trips.leg_numbers).
    notices: the file of publications, which is no table of fixed columns; None without one.
    notice_mapping: what the mapping file says of it.
    """

    tables: dict[str, SourceTable] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    replies: dict[str, ibis.Table] = field(default_factory=dict)
    notices: Path | None = None
    notice_mapping: TableMapping = field(default_factory=TableMapping)

    def get(self, name: str) -> ibis.Table | None:
        """Return a table's data with what replies add to it, None where there is neither."""
        delivered, of_replies = self.delivered(name), self.replies.get(name)
        if delivered is None or of_replies is None:
            return of_replies if delivered is None else delivered
        return delivered.union(of_replies.select(*delivered.columns))

    def whole(self, name: str) -> SourceTable | None:
        """Return a table as raw cells with what replies add, None where there is neither."""
        table, of_replies = self.tables.get(name), self.replies.get(name)
        if of_replies is None:
            return table
        if table is None:
            now = datetime.now(UTC)
            return SourceTable(name, Path(name), of_replies, TableMapping(), 0, now)
        return replace(table, raw=table.raw.union(of_replies.select(*table.raw.columns)))

    def delivered(self, name: str) -> ibis.Table | None:
        """Return a table's data as it was delivered, None where the source does not have it."""
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


def open_source(  # noqa: PLR0913 - a source, and what it leaves open
    directory: Path,
    work: Workspace,
    rejects: RejectList,
    columns: Path | None = None,
    as_of: date | None = None,
    *,
    encoding: str = "",
) -> Source:
    """Read every known table of a directory, and its passenger lists as rows of legs.

    columns: the mapping file, by default `columns.toml` of the directory where there is one.
    as_of: the day to which the data reach; gives the dates of passenger lists their year.
    encoding: that of files which prove none and which the mapping file does not name.
    Raises SourceRefused where the directory or a required table is missing, a file is unreadable,
    the mapping file does not fit, or there are no rows from which anybody could be listed.
    """
    files = table_files(directory)
    source = Source(remarks=other_files(directory), notices=files.pop(NOTICES, None))
    try:
        mapping = _with_encoding(_mapping(directory, columns), encoding)
        source.notice_mapping = mapping.get(NOTICES, source.notice_mapping)
        reader = TableReader(work, rejects, source.remarks, mapping)
        for name, path in files.items():
            source.tables[name] = _read(reader, TABLES[name], path)
        if (directory / FOLDER).is_dir():
            lists = PassengerLists(directory / FOLDER, rejects, as_of, encoding)
            _add_passenger_lists(source, reader, directory / FOLDER, lists)
    except EncodingRefused as error:
        message = f'{error}, or write encoding = "NAME" under its table in {MAPPING_FILE}'
        raise SourceRefused(message) from error
    except (TableUnreadable, MappingRefused) as error:
        raise SourceRefused(str(error)) from error
    _check_rows(source)
    with first_reading(source, work):
        for table in source.tables.values():
            if columns_swapped(table):
                message = f"{table.path.name}: id_number and name stand in each other's column"
                raise SourceRefused(message)
    return source


@contextmanager
def first_reading(source: Source, work: Workspace) -> Iterator[None]:
    """Let the engine read cells of Parquet files for which it has not yet vouched.

    To read each of millions of cells ahead of its use would be to read it twice. Where the engine
    refuses one the files are read again another way, and whatever is wrong is told as open_source
    tells it. Raises SourceRefused, or the engine's own error where nothing is found.
    """
    try:
        yield
    except Exception as error:
        if work.refuses(error):
            for table in source.tables.values():
                _check(table)
        raise


def _check(table: SourceTable) -> None:
    with _refusals_of(table.path):
        try:
            table.check()
        except TableUnreadable as error:
            raise SourceRefused(str(error)) from error


def _read(reader: TableReader, definition: TableDefinition, path: Path) -> SourceTable:
    with _refusals_of(path):
        return reader.read(definition, path)


@contextmanager
def _refusals_of(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno in _DISK_FULL:
            raise
        message = f"{path.name}: not readable as {path.suffix[1:]} ({type(error).__name__})"
        raise SourceRefused(message) from error


def _add_passenger_lists(
    source: Source, reader: TableReader, folder: Path, lists: PassengerLists
) -> None:
    if not lists.files:
        source.remarks.append(f"{FOLDER}: empty")
        return
    legs = reader.from_rows(TABLES["legs"], LEG_COLUMNS, lists)
    source.remarks.extend(lists.totals.remarks())
    rows = lists.totals.names + lists.totals.faults
    of_lists = SourceTable(FOLDER, folder, legs.raw, TableMapping(), rows, lists.oldest)
    source.tables[FOLDER] = of_lists
    table = source.tables.get("legs")
    if table is None:
        source.tables["legs"] = replace(of_lists, name="legs", rows=legs.rows)
    else:
        both = table.raw.union(legs.raw)
        source.tables["legs"] = replace(table, raw=both, rows=table.rows + legs.rows)


def _mapping(directory: Path, columns: Path | None) -> dict[str, TableMapping]:
    if columns is None and not (directory / MAPPING_FILE).exists():
        return {}
    return read_mapping(columns or directory / MAPPING_FILE, STANDARD)


def _with_encoding(mapping: dict[str, TableMapping], encoding: str) -> dict[str, TableMapping]:
    """Return the mapping with an encoding for each table for which it names none."""
    tables = {name: mapping.get(name, TableMapping()) for name in (*TABLES, NOTICES)}
    return {
        name: replace(table, encoding=table.encoding or encoding) for name, table in tables.items()
    }


def check_reject_share(source: Source, rejects: RejectList) -> None:
    """Raise SourceRefused where more than 5 % of a table's rows were rejected."""
    for table in source.tables.values():
        check_rejected(table.path.name, rejects, table.name, table.rows)


def check_rejected(
    file: str, rejects: RejectList, table: str, rows: int, no_faults: int = 0
) -> None:
    """Raise SourceRefused where more than 5 % of so many rows were rejected for a fault.

    no_faults: how many rows are in the reject list though nothing is wrong with them.
    """
    rejected, rows = rejects.faulty(table) - no_faults, rows - no_faults
    if rejected > REJECTED_SHARE_MAX * max(rows, 1):
        message = (
            f"{file}: {rejected} of {rows} rows rejected, more than "
            f"{REJECTED_SHARE_MAX:.0%}; see {rejects.path}"
        )
        raise SourceRefused(message)


def _check_rows(source: Source) -> None:
    for name in ("cases", "legs"):
        if name in source.tables and source.rows(name) == 0:
            message = f"{source.tables[name].path.name}: no rows; {NOBODY}"
            raise SourceRefused(message)
    if source.notices is not None or source.rows("legs") or source.rows("contacts"):
        return
    # Drivers, and whoever replies name, are listed for the trips of cases only.
    if source.rows("case_legs") and (source.rows("drivers") or source.rows("replies")):
        return
    message = (
        "no rows of legs, contacts, notices or passenger_lists, and none of drivers or replies "
        f"beside case_legs: {NOBODY}"
    )
    raise SourceRefused(message)


def columns_swapped(table: SourceTable) -> bool:
    """Return whether most documents of a table have no digit and most names several.

    Judged by the first 1,000 rows that have both; fewer than five prove nothing.
    """
    data: ibis.Table = table.data
    if not {"id_number", "name"} <= set(data.columns):
        return False
    both = data.filter(data.id_number.notnull() & data.name.notnull())
    cells = both.select("id_number", "name").limit(SWAP_ROWS_MAX).to_pyarrow()
    documents, names = (cells[column].to_pylist() for column in ("id_number", "name"))
    if len(names) < SWAP_ROWS_MIN:
        return False
    wordy = sum(re.search(r"\d", document) is None for document in documents)
    numbered = sum(len(re.findall(r"\d", name)) >= _DIGITS_OF_A_DOCUMENT for name in names)
    return min(wordy, numbered) > len(names) / 2
