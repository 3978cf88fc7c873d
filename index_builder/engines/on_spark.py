"""Spark: each step's result is written as Parquet to the private folder and read from there.

That cuts the plan at each step, lets a lost executor be replaced, and streams out of Spark
without passing the driver's memory.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.pyspark import Backend
from ibis.expr.operations import DatabaseTable
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import SparkSession

from index_builder.engines.engine import ROW_NUMBER, Engine, EngineUnavailable
from index_builder.engines.engine_choice import SparkChoice
from index_builder.engines.spark_settings import spark_settings

STDERR = 2
_SMALL_ROWS = 1_000_000
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_KNOWN_AS = {r"\a": r"\u0007", r"\f": r"\u000c", r"\v": r"\u000b"}
"""Escapes that sqlglot writes and Spark reads as plain letters: a strip would take f and v off."""
_GLOB_CHARACTERS = re.compile(r"[{}\[\]*?\\]")


class SparkEngine(Engine):
    """One Spark session of one build. Raises EngineUnavailable where it does not start."""

    def __init__(self, folder: Path, memory: str, choice: SparkChoice) -> None:
        if choice.master.startswith("sc://"):
            message = "Spark Connect is not supported; give --spark-master a cluster's own address"
            raise EngineUnavailable(message)
        settings = spark_settings(choice, folder, memory)
        conf = SparkConf(loadDefaults=False).setMaster(choice.master).setAll(settings.items())
        try:
            with _errors_to(folder / "spark.log"):
                session = SparkSession.builder.config(conf=conf).getOrCreate()
        except Exception as error:
            _end_java()
            message = (
                f"Spark could not start at {choice.master}: {_last_line(folder / 'spark.log')}"
            )
            raise EngineUnavailable(message) from error
        self._backend = _Backend(session, folder)

    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        """Write the result as Parquet files and return a view over them."""
        with _as_unavailable():
            return self._backend.keep(name, table)

    def store(self, name: str, rows: pa.Table) -> ibis.Table:
        """Write the rows as a Parquet file and return a view over it."""
        path = self._backend.new_path(name)
        pq.write_table(rows, path, compression="zstd")
        return self.parquet(name, path)

    def parquet(self, name: str, path: Path) -> ibis.Table:
        """Return a view over the file."""
        with _as_unavailable():
            return self._backend.view(name, path)

    def numbered(self, path: Path) -> ibis.Table:
        """Return a view over the file with the row numbers that its reader counts."""
        with _as_unavailable():
            return self._backend.numbered(path)

    def table(self, name: str) -> ibis.Table:
        """Return a view."""
        return self._backend.table(name)

    def has(self, name: str) -> bool:
        """Return whether there is a view of that name."""
        return self._backend.has(name)

    def close(self) -> None:
        """Stop the session and its Java, so that nothing is written after the folder is gone."""
        with suppress(PySparkException, Py4JError):
            self._backend.disconnect()
        _end_java()


class _Backend(Backend):
    """Ibis' own backend passes results through pandas, all in memory; this one by Arrow."""

    def __init__(self, session: SparkSession, folder: Path) -> None:
        super().__init__()
        self.do_connect(session)
        self._spark = session
        self._folder = folder / "tables"
        self._folder.mkdir()
        self._numbers = count()
        self._paths: dict[str, Path] = {}

    def new_path(self, name: str) -> Path:
        return self._folder / f"{next(self._numbers):04}-{name}"

    def keep(self, name: str, table: ibis.Table) -> ibis.Table:
        path = self.new_path(name)
        self._write(table, path)
        return self.view(name, path)

    def view(self, name: str, path: Path) -> ibis.Table:
        self._spark.read.parquet(_address(path)).createOrReplaceTempView(name)
        self._paths[name] = path
        return self.table(name)

    def numbered(self, path: Path) -> ibis.Table:
        name = f"numbered_{next(self._numbers)}"
        rows = self._spark.read.parquet(_address(path))
        rows = rows.selectExpr("*", f"_metadata.row_index AS {ROW_NUMBER}")
        rows.createOrReplaceTempView(name)
        return self.table(name)

    def has(self, name: str) -> bool:
        return name in self._paths

    def compile(self, expr: ibis.Expr, /, **options: Any) -> str:  # noqa: ANN401 - as Ibis has it
        sql: str = super().compile(expr, **options)
        return _ESCAPE.sub(lambda match: _KNOWN_AS.get(match[0], match[0]), sql)

    def execute(self, expr: ibis.Expr, /, **options: Any) -> Any:  # noqa: ANN401 - as Ibis has it
        table = expr.as_table()
        return expr.__pandas_result__(self.to_pyarrow(table, **options).to_pandas())

    def to_pyarrow(self, expr: ibis.Expr, /, **options: Any) -> Any:  # noqa: ANN401 - as Ibis has it
        table = expr.as_table()
        with _as_unavailable():
            rows = self.raw_sql(self.compile(table, **options)).toArrow()
        return expr.__pyarrow_result__(_as(rows, table))

    def to_pyarrow_batches(
        self,
        expr: ibis.Expr,
        /,
        *,
        chunk_size: int = _SMALL_ROWS,
        **_options: Any,  # noqa: ANN401 - as Ibis has it
    ) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(
            expr.as_table().schema().to_pyarrow(), self._batches(expr.as_table(), chunk_size)
        )

    def _batches(self, table: ibis.Table, rows: int) -> Iterator[pa.RecordBatch]:
        operation = table.op()
        if isinstance(operation, DatabaseTable) and operation.name in self._paths:
            yield from _read(self._paths[operation.name], table, rows)
            return
        path = self.new_path("stream")
        with _as_unavailable():
            self._write(table, path)
        yield from _read(path, table, rows)
        shutil.rmtree(path)

    def _write(self, table: ibis.Table, path: Path) -> None:
        self.raw_sql(self.compile(table)).write.parquet(path.absolute().as_uri())


def _read(path: Path, table: ibis.Table, rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows of one file or of a folder of part files, whose names are in order."""
    for part in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(rows):
                yield from _as(pa.Table.from_batches([batch]), table).to_batches()


def _as(rows: pa.Table, table: ibis.Table) -> pa.Table:
    """Give rows the types that the expression has; Spark's are wider or say more of nulls."""
    return rows.cast(table.schema().to_pyarrow())


def _address(path: Path) -> str:
    """Return a path as Spark's reader takes it, which would look for other names in `[1]`."""
    return "file://" + _GLOB_CHARACTERS.sub(r"\\\g<0>", str(path.absolute()))


@contextmanager
def _as_unavailable() -> Iterator[None]:
    """Turn Spark's errors into one that quotes no cell."""
    try:
        yield
    except AnalysisException:
        raise  # a fault of ours; no cell has been read yet
    except (PySparkException, Py4JError) as error:
        full = "No space left on device" in _text(error)
        way_out = "no space left" if full else "more memory may help: --memory"
        message = f"Spark failed ({type(error).__name__}); {way_out}"
        raise EngineUnavailable(message) from error


def _text(error: Exception) -> str:
    try:
        return str(error)
    except Py4JError:
        return ""  # Java, which has the text, is gone


@contextmanager
def _errors_to(path: Path) -> Iterator[None]:
    """Let programs that are started meanwhile write their errors to a private file."""
    saved = os.dup(STDERR)
    with path.open("wb") as log:
        os.dup2(log.fileno(), STDERR)
    try:
        yield
    finally:
        os.dup2(saved, STDERR)
        os.close(saved)


def _last_line(path: Path) -> str:
    """Return what Java said last; at the start it has seen no data."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "no reason given")


def _end_java() -> None:
    """End the Java process of PySpark, which otherwise lives as long as this one."""
    gateway = SparkContext._gateway
    SparkContext._gateway = SparkContext._jvm = None
    if gateway is None:
        return
    process = getattr(gateway, "proc", None)
    with suppress(Exception):
        gateway.shutdown()
    if process is not None:
        process.stdin.close()
        process.wait(60)
