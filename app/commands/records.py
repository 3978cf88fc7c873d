"""The records that commands read and change: those of the service, and none made by mistake.

Threat: a command without the settings of the service makes empty records beside the real ones, and
tells of nobody, or that nothing is left. Limit: only what begins records makes a file of them, and
says where.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.errors import ExitCode, ForeseenError

if TYPE_CHECKING:
    from app.records.database import Records
    from app.settings import Settings


class RecordsMissing(ForeseenError):
    """There is no file of records where the settings say; the message names it."""

    exit_code = ExitCode.UNAVAILABLE

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"there are no records at {file}: say GAUGE_STATE_DIR (or GAUGE_DATABASE_URL) and "
            "GAUGE_KEYS_DIR as the service does"
        )


def existing_records(settings: Settings) -> Records:
    """Open the records of the settings, not yet connected. Raises RecordsMissing, KeyFault."""
    from app.records.database import open_records, records_file

    file = records_file(settings)
    if file is not None and not file.is_file():
        raise RecordsMissing(file)
    return open_records(settings)


def records_to_begin(settings: Settings) -> Records:
    """Open the records of the settings, and say where, if they are made by this command."""
    from app.records.database import open_records, records_file

    file = records_file(settings)
    if file is not None and not file.is_file():
        click.echo(f"gauge: new records in {file}", err=True)
    return open_records(settings)
