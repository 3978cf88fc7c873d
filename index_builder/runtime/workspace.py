"""The workspace of a build: a private folder and the engine in it, both gone at the end."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from exposure_index.atomic_files import directory_in_use, in_use
from index_builder.engines.engine import Engine
from index_builder.engines.engine_choice import EngineChoice
from index_builder.engines.start_engine import start_engine

_PREFIX = ".build-"


class Workspace:
    """A private folder with an engine that works in it.

    It stands in the output directory, or where the choice says. It holds passenger lists in clear:
    only its owner may enter, and it is removed at the end or, after a kill, at the next start.
    Raises EngineUnavailable where the engine does not start.
    """

    def __init__(self, out: Path, engine: EngineChoice | None = None) -> None:
        choice = engine or EngineChoice()
        parent = (choice.work or out).absolute()  # an engine of its own process knows no other
        parent.mkdir(parents=True, exist_ok=True)
        self._folder_lock = ExitStack()
        self._closing: Future[None] | None = None
        with directory_in_use(parent):  # one at a time, without a file that a refusal would leave
            _remove_stale(parent)
            self.folder = parent / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
            self.folder.mkdir(mode=0o700)
            self._folder_lock.enter_context(directory_in_use(self.folder))
        try:
            self._engine: Engine = start_engine(choice, self.folder)
        except BaseException:
            self._remove()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close_engine().result()
        finally:
            self._remove()

    def close_engine(self) -> Future[None]:
        """Close the engine beside whatever is done next; nothing may be asked of it any more.

        Leaving waits until it is closed, and raises what closing raises: to give the memory of a
        large build back takes the kernel a while.
        """
        if self._closing is None:
            thread = ThreadPoolExecutor(1)
            self._closing = thread.submit(self._engine.close)
            thread.shutdown(wait=False)
        return self._closing

    def parquet_writer(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        """Return a writer of `name`.parquet in the private folder."""
        return pq.ParquetWriter(self.folder / f"{name}.parquet", schema, compression="zstd")

    def parquet(self, name: str) -> ibis.Table:
        """Return a lazy table over the file that `parquet_writer` wrote under a name."""
        return self._engine.parquet(name, self.folder / f"{name}.parquet")

    def read_parquet(self, path: Path) -> ibis.Table:
        """Return a lazy table over a Parquet file, with its row number as ROW_NUMBER."""
        return self._engine.numbered(path)

    def proves_text(self, table: ibis.Table) -> bool:
        """Return whether the engine has read every cell of a table and vouches for their UTF-8."""
        return self._engine.proves_text(table)

    def refuses(self, error: Exception) -> bool:
        """Return whether an error says that the engine cannot read what stands in a file."""
        return self._engine.refuses(error)

    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        """Compute a table once and return the stored result."""
        return self._engine.keep(name, table)

    def table(self, name: str) -> ibis.Table:
        """Return the table that was kept under a name."""
        return self._engine.table(name)

    def has(self, name: str) -> bool:
        """Return whether anything was kept under a name."""
        return self._engine.has(name)

    def stream(self, table: ibis.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield a stored table in batches, one stream at a time. Raises RowsLost; see Engine."""
        return self._engine.stream(table, rows)

    def small(
        self, name: str, schema: Mapping[str, str], rows: Sequence[tuple[Any, ...]]
    ) -> ibis.Table:
        """Store rows made in Python: a list of distinct values, never one entry a leg."""
        arrow = ibis.schema(schema).to_pyarrow()
        columns = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
        table = pa.table(
            [
                pa.array(list(column), type=field.type)
                for column, field in zip(columns, arrow, strict=True)
            ],
            schema=arrow,
        )
        return self._engine.store(name, table)

    def _remove(self) -> None:
        with self._folder_lock:
            shutil.rmtree(self.folder, ignore_errors=True)


def _remove_stale(out: Path) -> None:
    """Remove what killed builds left; a living one holds its folder.

    Process numbers would not tell: they repeat, and mean nothing in another container.
    """
    for folder in out.glob(f"{_PREFIX}*"):
        try:
            stale = folder.is_dir() and not in_use(folder)
        except (FileNotFoundError, PermissionError):
            continue  # just removed by its own build, or another user's
        if stale:
            shutil.rmtree(folder, ignore_errors=True)
