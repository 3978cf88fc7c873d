"""The database of records: SQLite in the state directory, or PostgreSQL; the schema kept current.

Checks never wait for it. What needs it raises RecordsUnavailable, and readiness says degraded.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.records.encrypted_fields import FieldCipher
from app.records.engines import READS_ONLY, is_sqlite, make_engine, prepare_file
from app.records.schema_upgrade import SchemaUnknown, upgrade_schema
from app.settings import Settings
from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode, ForeseenError

REST_SECONDS = 3  # after a failure nothing is tried, so that no threads of checks queue up for it
WRITERS_TURN_SECONDS = 5
NO_KEY = "records_key"
UNREACHABLE = "records_unreachable"
OF_ANOTHER_VERSION = "records_schema"
UNWRITABLE = "records_unwritable"
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
        self._engine = make_engine(url)
        self._file = Path(url.database) if url.database and is_sqlite(url) else None
        self._cipher = None if key is None else FieldCipher(key)
        self._current = False
        self._open_file: tuple[int, int] | None = None
        self._rests_until = 0.0
        self._failure = UNREACHABLE  # the word for the last one; nobody reads it before the first
        self._upgrading = threading.Lock()
        self._turn = threading.Lock()

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
        with self._reached(), self._turn_of_writer(), self._engine.begin() as connection:
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

    def fault(self) -> str:
        """Return why records cannot be kept now, a short word for operators; "" where they can."""
        try:
            with self.reading() as connection:
                writable = _is_writable(connection)
        except RecordsUnavailable:
            return self._failure
        if self._cipher is None:
            return NO_KEY
        return "" if writable else UNWRITABLE

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
            self._failure = OF_ANOTHER_VERSION if isinstance(error, SchemaUnknown) else UNREACHABLE
            self._rests_until = time.monotonic() + REST_SECONDS
            structlog.get_logger().warning("records_unavailable", exc_info=error)
            raise RecordsUnavailable from error

    @contextmanager
    def _turn_of_writer(self) -> Iterator[None]:
        """Let the threads of this process write to a file of SQLite one after the other.

        SQLite wakes whoever waits by a clock, up to 100 ms late: of eight threads that write at
        once the last would wait long after the file is free. Whoever waits too long here goes on,
        and SQLite tells what it makes of it.
        """
        has_turn = self._file is not None and self._turn.acquire(timeout=WRITERS_TURN_SECONDS)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    def _require_current(self) -> None:
        """Raise RecordsUnavailable, a failure, or OSError where the file has gone."""
        self._require_rested()
        if self._current and self._is_file_opened():
            return
        with self._upgrading:
            self._require_rested()  # the one before us in the queue may have failed
            if self._current and not self._is_file_opened():
                # moved away and another put in its place: what is open is nobody's any more
                structlog.get_logger().warning("records_file_replaced")
                self._current = False
                self._engine.dispose()
            if not self._current:
                if self._file is not None:
                    prepare_file(self._file)
                    self._open_file = _identity(self._file)
                upgrade_schema(self._engine)
                self._current = True

    def _is_file_opened(self) -> bool:
        """Return whether the file at the path is the one that is open; raise OSError without one.

        An open file can be written after it was deleted or moved: a receipt would be handed out
        for what nobody finds again.
        """
        return self._file is None or _identity(self._file) == self._open_file

    def _require_rested(self) -> None:
        if time.monotonic() < self._rests_until:
            raise RecordsUnavailable


def _identity(file: Path) -> tuple[int, int]:
    found = os.stat(file)  # noqa: PTH116 - before each transaction
    return found.st_dev, found.st_ino


def _is_writable(connection: Connection) -> bool:
    """Read from the database; return whether it takes writes: a standby of PostgreSQL takes none.

    Of a file that cannot be written the state directory's own writes tell, once a minute.
    """
    connection.execute(text("SELECT 1"))
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(text("SHOW transaction_read_only")).scalar_one() == "off")


def open_records(settings: Settings) -> Records:
    """Return the records of a deployment, not yet connected. Raises KeyFault."""
    keys, url = KeyRing.from_directory(settings.keys_dir), settings.database_url
    return Records(
        records_url(None if url is None else url.get_secret_value(), settings.state_dir),
        keys.bytes("records") if keys.has("records") else None,
    )


def records_file(settings: Settings) -> Path | None:
    """Return the file of the records, None where they are no file. Raises RecordsUnavailable."""
    given = settings.database_url
    url = records_url(None if given is None else given.get_secret_value(), settings.state_dir)
    return Path(url.database) if url.database and is_sqlite(url) else None


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
