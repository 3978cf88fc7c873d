"""The casework folder, kept between builds: never in OUT, which the web tier may see."""

from datetime import datetime, timedelta
from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_SUFFIX = "-casework"
_DIGESTS = "digests"
DIGESTS_KEPT = timedelta(days=7)
"""How long digests outlive their build: another OUT may share the casework."""


class Casework:
    """The private folder of one department's casework: made on first use, its owner's alone.

    It holds the ledger of inquiries, the digests by which builds are compared, and the log of who
    asked why somebody is listed. Raises OSError where it cannot be made or belongs to another.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, out: Path, path: Path | None = None) -> "Casework":
        """Return the casework at `path`, by default OUT's path with `-casework` appended."""
        whole = out.absolute()
        return cls(path or whole.with_name(f"{whole.name}{_SUFFIX}"))

    @property
    def inquiries(self) -> Path:
        """The ledger of questions to departments, an SQLite database."""
        return self._file("inquiries.sqlite")

    @property
    def rejected_replies(self) -> Path:
        """The rejects of the last import of replies: row, column, reason."""
        return self._file("rejected-replies.csv")

    @property
    def log(self) -> Path:
        """One line of JSON for each answer to `why` and each export of contacts."""
        return self._file("why.jsonl")

    @property
    def sent_alerts(self) -> Path:
        """Keyed digests of the trip alerts that were sent."""
        return self._file("watches-told.txt")

    def digests(self, build_id: str) -> Path:
        """Return where the keyed digests of a build's people stand, as Parquet."""
        return self._file(f"{_DIGESTS}/{build_id}.parquet")

    def prune_digests(self, out: Path, now: datetime) -> None:
        """Remove the digests of builds that have not been in OUT for a week."""
        oldest = (now - DIGESTS_KEPT).timestamp()
        for file in (self.path / _DIGESTS).glob("*.parquet*"):
            build_id = file.name.lstrip(".").split(".", 1)[0]
            if not (out / build_id).is_dir() and file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        """Return the path of a file; its folders are made, and what exists is made private."""
        file = self.path / name
        for folder in (self.path, file.parent):
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            folder.chmod(_FOLDER_MODE)
        if file.exists():
            file.chmod(_FILE_MODE)
        return file
