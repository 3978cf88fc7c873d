"""The latest time that the service has seen, kept across restarts: one line, ISO 8601 in UTC."""

from datetime import UTC, datetime
from pathlib import Path

from app.indexes.rollback_guard import StateUnusable
from exposure_index.atomic_files import only_writer, write_whole
from exposure_index.regular_files import STATE_MAX_BYTES, read_regular

TIME_FILE = "latest-time.txt"
YEAR_MAX = 9_000  # beyond it no time can be counted on


class LastSeenTime:
    """The file in the state directory; shared by all workers."""

    def __init__(self, directory: Path) -> None:
        self._file = directory / TIME_FILE

    def read(self) -> datetime | None:
        """Return the last-seen time, UTC; None where none was kept. Raises StateUnusable."""
        try:
            moment = datetime.fromisoformat(
                read_regular(self._file, STATE_MAX_BYTES).decode("ascii").strip()
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StateUnusable from error
        if moment.tzinfo is None or moment.year > YEAR_MAX:
            raise StateUnusable
        return moment.astimezone(UTC)

    def write(self, moment: datetime) -> None:
        """Keep a time, in the place of what was kept. Raises StateUnusable."""
        line = moment.astimezone(UTC).isoformat(timespec="seconds") + "\n"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with only_writer(self._file.parent):
                write_whole(self._file, line.encode())
        except OSError as error:
            raise StateUnusable from error

    def forget(self) -> None:
        """Keep nothing. Raises StateUnusable."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise StateUnusable from error
