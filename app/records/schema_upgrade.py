"""Brings the schema of the records to this version, however many processes begin at once."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parent / "migrations"
LATEST = "head"
CONNECTION = "connection"  # the attribute under which migrations/env.py finds it
ADVISORY_LOCK = 0x67617567_65726563  # "gaugerec": this program's own lock number


class SchemaUnknown(Exception):
    """The records were written by a later version of this program, or by another program."""


def upgrade_schema(engine: Engine, revision: str = LATEST) -> None:
    """Apply the revisions up to one that are missing, in one transaction; a second caller waits.

    SQLite: the transaction is begun as a writer's. PostgreSQL: an advisory lock, freed with it.
    Raises SchemaUnknown, and what the engine raises.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        _apply(connection, revision)


def _apply(connection: Connection, revision: str) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes[CONNECTION] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise SchemaUnknown from error
