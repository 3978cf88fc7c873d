"""The file of the ledger: an SQLite database of one schema, opened or refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError

_APPLICATION_ID = 0x43474951  # "CGIQ"
_SCHEMA_VERSION = 1
_WAIT_SECONDS = 30.0
_SCHEMA = f"""
CREATE TABLE inquiries (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  department TEXT NOT NULL,
  subject TEXT NOT NULL,          -- JSON; '{{}}' once the retention of a closed inquiry is over
  state TEXT NOT NULL CHECK (state IN ('open', 'exported', 'answered', 'closed')),
  first_asked TEXT NOT NULL,
  last_asked TEXT NOT NULL,
  exported_on TEXT,
  exports INTEGER NOT NULL DEFAULT 0,
  answered_on TEXT,
  not_known INTEGER NOT NULL DEFAULT 0,
  closed_on TEXT,
  reopened INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL          -- of the last build that asked it
) STRICT;
CREATE TABLE requesters (
  inquiry TEXT NOT NULL REFERENCES inquiries (id),
  reported_by TEXT NOT NULL,
  cases INTEGER NOT NULL,
  round INTEGER NOT NULL,
  PRIMARY KEY (inquiry, reported_by)
) STRICT;
CREATE TABLE rounds (number INTEGER PRIMARY KEY, asked_on TEXT NOT NULL) STRICT;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_SCHEMA_VERSION};
"""


_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")


class LedgerUnusable(ForeseenError, RuntimeError):
    """The ledger of inquiries cannot be used; the message says what to do."""

    exit_code = ExitCode.UNAVAILABLE


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection in autocommit mode; the file, 0600, is made where there is none.

    Raises LedgerUnusable for a file that is damaged, of another program or of a later version.
    """
    if not path.exists():
        path.touch(0o600)
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        _check(connection, path)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        raise LedgerUnusable(_sqlite_fault(path, error)) from error
    except LedgerUnusable:
        if connection is not None:
            connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write everything or nothing. Raises LedgerUnusable where the file cannot be written."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        raise LedgerUnusable(_sqlite_fault(path, error)) from error
    try:
        yield
    except BaseException as error:
        connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.DatabaseError):
            raise LedgerUnusable(_sqlite_fault(path, error)) from error
        raise
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == version == 0:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise LedgerUnusable(_another(path))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        return
    if application != _APPLICATION_ID:
        raise LedgerUnusable(_another(path))
    if version != _SCHEMA_VERSION:
        message = f"{path}: written by a later version of index-builder; use that version"
        raise LedgerUnusable(message)
    if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise LedgerUnusable(_damaged(path))


def _another(path: Path) -> str:
    return f"{path}: not a ledger of inquiries; move it away, or name another --casework"


def _damaged(path: Path) -> str:
    return (
        f"{path}: damaged; put a copy back, or move it away (then every open question is asked "
        "again under the same id)"
    )


def _sqlite_fault(path: Path, error: sqlite3.DatabaseError) -> str:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return f"{path}: in use by a build or an import; try again when it is done"
    if isinstance(error, sqlite3.OperationalError):
        advice = "; is the disk full?" if error.sqlite_errorname.startswith(_NO_ROOM) else ""
        return f"{path}: cannot be used ({error.sqlite_errorname}){advice}"
    return _damaged(path)
