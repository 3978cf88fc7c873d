"""The database of records: SQLite in the state directory, or PostgreSQL; the schema kept current.

Checks never wait for it. What needs it raises RecordsUnavailable, and readiness says degraded.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.records.encrypted_fields import FieldCipher
from app.records.schema_upgrade import SchemaUnknown, upgrade_schema
from app.settings import Settings
from exposure_index.atomic_files import only_writer
from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode, ForeseenError

SQLITE_BUSY_MILLISECONDS = 5_000
POSTGRES_CONNECT_SECONDS = 3
POSTGRES_STATEMENT_MILLISECONDS = 5_000
POOL_CONNECTIONS = 4
POOL_OVERFLOW = 8
POOL_WAIT_SECONDS = 5
REST_SECONDS = 3  # after a failure nothing is tried, so that no threads of checks queue up for it
FILE_MODE = 0o600
READS_ONLY = "gauge_reads_only"

# one statement each, since the driver takes one at a time
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",  # a receipt handed out is a receipt kept
    "PRAGMA secure_delete=ON",  # what was withdrawn is written over, not only unlinked
)
FAILURES: tuple[type[Exception], ...] = (DBAPIError, PoolTimeout, SchemaUnknown, sqlite3.Error)


class RecordsUnavailable(ForeseenError):
    """The records cannot be reached or used now; says nothing of what was asked."""

    exit_code = ExitCode.UNAVAILABLE

    @property
    def explanation(self) -> str:
        """What the operator is told: where to look; a message of the driver may hold a value."""
        return (
            "the records cannot be reached or used now: look at GAUGE_DATABASE_URL, "
            "GAUGE_STATE_DIR and the key `records`"
        )


class Records:
    """The open records of one process; made without connecting, connects when first used."""

    def __init__(self, url: URL, key: bytes | None) -> None:
        self._engine = _engine(url)
        self._file = Path(url.database) if url.database and _is_sqlite(url) else None
        self._cipher = None if key is None else FieldCipher(key)
        self._current = False
        self._rests_until = 0.0
        self._upgrading = threading.Lock()

    def __repr__(self) -> str:
        """Return the engine's name only; a URL may hold a password."""
        return f"Records({self._engine.dialect.name})"

    @property
    def cipher(self) -> FieldCipher:
        """The cipher of fields. Raises RecordsUnavailable where the key ``records`` is missing."""
        if self._cipher is None:
            raise RecordsUnavailable
        return self._cipher

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that is kept whole or not at all. Raises RecordsUnavailable.

        An IntegrityError passes: it tells of the row, not of the database.
        """
        with self._reached(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that takes no lock against writers. Raises RecordsUnavailable."""
        with (
            self._reached(),
            self._engine.connect().execution_options(**{READS_ONLY: True}) as connection,
        ):
            yield connection

    def upgrade(self) -> None:
        """Bring the schema to this version, under a lock. Raises RecordsUnavailable."""
        with self._reached():
            pass

    def reachable(self) -> bool:
        """Return whether records can be read now, with the key they need."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except RecordsUnavailable:
            return False
        return self._cipher is not None

    def close(self) -> None:
        """Give back every connection; a process that forks calls it before."""
        self._engine.dispose()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        with self._or_unavailable((*FAILURES, OSError)):
            self._require_current()
        # an OSError of what is done with the rows, say of a full disk, is not one of the records
        with self._or_unavailable(FAILURES):
            yield

    @contextmanager
    def _or_unavailable(self, failures: tuple[type[Exception], ...]) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError):
            raise
        except failures as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            structlog.get_logger().warning("records_unavailable", exc_info=error)
            raise RecordsUnavailable from error

    def _require_current(self) -> None:
        self._require_rested()
        if self._current:
            return
        with self._upgrading:
            self._require_rested()  # the one before us in the queue may have failed
            if not self._current:
                if self._file is not None:
                    _prepare_file(self._file)
                upgrade_schema(self._engine)
                self._current = True

    def _require_rested(self) -> None:
        if time.monotonic() < self._rests_until:
            raise RecordsUnavailable


def open_records(settings: Settings) -> Records:
    """Return the records of a deployment, not yet connected. Raises KeyFault."""
    keys, url = KeyRing.from_directory(settings.keys_dir), settings.database_url
    return Records(
        records_url(None if url is None else url.get_secret_value(), settings.state_dir),
        keys.bytes("records") if keys.has("records") else None,
    )


def records_url(database_url: str | None, state_dir: Path) -> URL:
    """Return the URL asked for, else that of the SQLite file in the state directory.

    Raises RecordsUnavailable where it is none, say by a port of letters.
    """
    if database_url is None:
        return URL.create("sqlite", database=str(state_dir / "records.sqlite"))
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise RecordsUnavailable from None  # their message quotes the URL
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _engine(url: URL) -> Engine:
    chosen: dict[str, Any] = {
        "hide_parameters": True,  # an error must not quote what was to be written
        "pool_size": POOL_CONNECTIONS,
        "max_overflow": POOL_OVERFLOW,
        "pool_timeout": POOL_WAIT_SECONDS,
    }
    if _is_sqlite(url):
        engine = create_engine(url, **chosen)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = f"-c statement_timeout={POSTGRES_STATEMENT_MILLISECONDS}"
    connect = {"connect_timeout": POSTGRES_CONNECT_SECONDS, "options": options}
    return create_engine(url, connect_args=connect, pool_pre_ping=True, **chosen)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # transactions begin where we say, below
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """Take the writer's place at once: a reader that becomes one is refused without waiting."""
    reads = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _prepare_file(file: Path) -> None:
    """Make the file for this user alone, in WAL mode; SQLite gives its companions the same mode.

    Under a lock of our own: a second process that turns WAL on is refused without waiting.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(file.parent):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
            connection.execute("PRAGMA journal_mode=WAL")
