"""How SQLite and PostgreSQL are connected to, so that both keep what was committed, and wait."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from exposure_index.atomic_files import only_writer

SQLITE_BUSY_MILLISECONDS = 5_000
POSTGRES_CONNECT_SECONDS = 3
POSTGRES_STATEMENT_MILLISECONDS = 5_000
POOL_CONNECTIONS = 4
POOL_OVERFLOW = 8
POOL_WAIT_SECONDS = 5
FILE_MODE = 0o600
READS_ONLY = "gauge_reads_only"

# one statement each, since the driver takes one at a time
SQLITE_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",  # a receipt handed out is a receipt kept
    "PRAGMA secure_delete=ON",  # what was withdrawn is written over, not only unlinked
)


def make_engine(url: URL) -> Engine:
    """Return the engine of a URL, not yet connected."""
    options: dict[str, Any] = {
        "hide_parameters": True,  # an error must not quote what was to be written
        "pool_size": POOL_CONNECTIONS,
        "max_overflow": POOL_OVERFLOW,
        "pool_timeout": POOL_WAIT_SECONDS,
    }
    if is_sqlite(url):
        engine = create_engine(url, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    timeout = f"-c statement_timeout={POSTGRES_STATEMENT_MILLISECONDS}"
    connect = {"connect_timeout": POSTGRES_CONNECT_SECONDS, "options": timeout}
    return create_engine(url, connect_args=connect, pool_pre_ping=True, **options)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # transactions begin where we say, below
    for pragma in (f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}", *SQLITE_PRAGMAS):
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """Take the writer's place at once: a reader that becomes one is refused without waiting."""
    reads = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_sqlite(url: URL) -> bool:
    """Return whether a URL names a file of SQLite."""
    return url.get_backend_name() == "sqlite"


def prepare_file(file: Path) -> None:
    """Make the file for this user alone, in WAL mode; SQLite gives its companions the same mode.

    Under a lock of our own: a second process that turns WAL on is refused without waiting.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(file.parent):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
            connection.execute("PRAGMA journal_mode=WAL")
