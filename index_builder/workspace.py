"""The builder's private folder and its DuckDB: everything spilled is gone at the end.

This module and the CSV reader are the only ones that know the engine; all that follows is written
as Ibis expressions.
"""

import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from exposure_index.durable import held_directory, in_use, only_writer

_PREFIX = ".build-"


class EngineUnavailable(RuntimeError):
    """The engine could not start or ran out of room; the message says what to do."""


class Workspace:
    """A private folder under the output directory with a DuckDB database in it.

    It holds manifests in clear: only its owner may enter, and it is removed at the end or, after
    a kill, at the next start.
    """

    def __init__(self, out: Path, memory_limit: str = "8GB") -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._held = ExitStack()
        with only_writer(out):
            _remove_stale(out)
            self.folder = out / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
            self.folder.mkdir(mode=0o700)
            self._held.enter_context(held_directory(self.folder))
        try:
            self.engine: Backend = ibis.duckdb.connect(
                self.folder / "work.duckdb",
                temp_directory=str(self.folder / "spill"),
                memory_limit=memory_limit,
                autoinstall_known_extensions=False,
                autoload_known_extensions=False,
            )
        except Exception as error:
            self._remove()
            message = f"DuckDB could not start in {out}: {type(error).__name__}"
            raise EngineUnavailable(message) from error
        self.engine.raw_sql("SET enable_progress_bar = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.engine.disconnect()
        finally:
            self._remove()

    def parquet_writer(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        """Return a writer of `name`.parquet in the private folder."""
        return pq.ParquetWriter(self.folder / f"{name}.parquet", schema, compression="zstd")

    def read_parquet(self, path: Path) -> ibis.Table:
        """Return a lazy table over a Parquet file, with its row number as `file_row_number`."""
        return self.engine.read_parquet(path, file_row_number=True)

    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        """Compute a table once and return the stored result."""
        return self.engine.create_table(name, table, overwrite=True)

    def small(
        self, name: str, schema: Mapping[str, str], rows: Sequence[tuple[Any, ...]]
    ) -> ibis.Table:
        """Store rows made in Python: a list of distinct values, never one entry a leg."""
        ibis_schema = ibis.schema(schema)
        arrow = ibis_schema.to_pyarrow()
        columns = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
        table = pa.table(
            [
                pa.array(list(column), type=field.type)
                for column, field in zip(columns, arrow, strict=True)
            ],
            schema=arrow,
        )
        return self.engine.create_table(name, table, overwrite=True)

    def _remove(self) -> None:
        with self._held:
            shutil.rmtree(self.folder, ignore_errors=True)


def _remove_stale(out: Path) -> None:
    """Remove what killed builds left; a living one holds its folder.

    Process numbers would not tell: they repeat, and mean nothing in another container.
    """
    for left in out.glob(f"{_PREFIX}*"):
        try:
            stale = left.is_dir() and not in_use(left)
        except (FileNotFoundError, PermissionError):
            continue  # just removed by its own build, or another user's
        if stale:
            shutil.rmtree(left, ignore_errors=True)
