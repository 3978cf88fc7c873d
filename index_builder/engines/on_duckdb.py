"""DuckDB, in this process, with its database and what it spills in the private folder."""

from functools import cache
from itertools import count
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.datatypes import DataType
from ibis.expr.operations import DatabaseTable

from index_builder.engines.engine import Engine, EngineUnavailable

# DuckDB merges projections itself; that Ibis does it too was a fifth of Python's work for a build.
ibis.options.sql.fuse_selects = False

_NO_ROOM = (duckdb.OutOfMemoryException, duckdb.IOException)
_NEXT = "next_table"
_ROWS = "rows_of_python"
_STRING_MAX_BYTES = (1 << 32) - 1


class DuckDbEngine(Engine):
    """A DuckDB database of one build. Raises EngineUnavailable where it does not start."""

    def __init__(self, folder: Path, memory: str) -> None:
        try:
            self._backend: Backend = ibis.duckdb.connect(
                folder / "work.duckdb",
                temp_directory=str(folder / "spill"),
                memory_limit=memory,
                autoinstall_known_extensions=False,
                autoload_known_extensions=False,
            )
        except Exception as error:
            message = f"DuckDB could not start in {folder.parent}: {type(error).__name__}"
            raise EngineUnavailable(message) from error
        self._numbers = count()
        self._tables: dict[str, ibis.Table] = {}
        self._backend.raw_sql("SET enable_progress_bar = false")
        # A list of many row groups is looked at by every statement that names it.
        self._backend.raw_sql("SET parquet_metadata_cache = true")

    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        """Store the result as a table of the database.

        Ibis' own way to replace a table writes every row twice, and asks for its columns again.
        """
        columns = (f'"{column}" {_type_name(kind)}' for column, kind in table.schema().items())
        self._replace(
            name,
            f"({', '.join(columns)})",
            f"INSERT INTO {_NEXT} {self._backend.compile(table)}",
        )
        return self._stored(name, table.schema())

    def store(self, name: str, rows: pa.Table) -> ibis.Table:
        """Store the rows as a table of the database."""
        self._backend.con.register(_ROWS, rows)
        self._replace(name, f"AS FROM {_ROWS}")
        self._backend.con.unregister(_ROWS)
        return self._stored(name, ibis.schema(rows.schema))

    def _stored(self, name: str, schema: ibis.Schema) -> ibis.Table:
        table = DatabaseTable(name, schema=schema, source=self._backend).to_expr()
        self._tables[name] = table
        return table

    def _replace(self, name: str, contents: str, *statements: str) -> None:
        """Put a new table in the place of one that it may have been made of."""
        for statement in (
            f"CREATE OR REPLACE TEMP TABLE {_NEXT} {contents}",
            *statements,
            f'DROP TABLE IF EXISTS "{name}"',
            f'ALTER TABLE {_NEXT} RENAME TO "{name}"',
        ):
            self._backend.raw_sql(statement)

    def parquet(self, name: str, path: Path) -> ibis.Table:
        """Return a view over the file."""
        self._tables[name] = self._backend.read_parquet(path, table_name=name)
        return self._tables[name]

    def numbered(self, path: Path) -> ibis.Table:
        """Return a view over the file with the engine's own row numbers."""
        name = f"numbered_{next(self._numbers)}"
        return self._backend.read_parquet(path, table_name=name, file_row_number=True)

    def proves_text(self, table: ibis.Table) -> bool:
        """Read every cell: DuckDB refuses a Parquet file with a string that is no UTF-8.

        None is longer than it can hold. Asked in the scan of one column, that reads a word which
        stands in many rows once, where the file lists the words of a column chunk before its pages.
        """
        rows = self._backend.compile(table)
        query = " UNION ALL ".join(
            f'SELECT count(*) FROM ({rows}) WHERE strlen("{name}"::VARCHAR) > {_STRING_MAX_BYTES}'  # noqa: S608 - columns of ours
            for name in table.columns
        )
        try:
            self._backend.raw_sql(query).fetchall()
        except duckdb.Error:
            return False
        return True

    def refuses(self, error: Exception) -> bool:
        """Return whether an error says that DuckDB cannot read a file, not that it has no room."""
        return isinstance(error, duckdb.Error) and not isinstance(error, _NO_ROOM)

    def table(self, name: str) -> ibis.Table:
        """Return a table or view of the database."""
        return self._tables[name]

    def has(self, name: str) -> bool:
        """Return whether the database has a table or view of that name."""
        return name in self._tables

    def close(self) -> None:
        """Close the database."""
        self._backend.disconnect()


@cache
def _type_name(kind: DataType) -> str:
    name: str = Backend.compiler.type_mapper.to_string(kind)
    return name
