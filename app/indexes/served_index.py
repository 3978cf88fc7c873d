"""An index that is served, what came of opening one, and why one is served no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.indexes.file_stamps import FileStamp, file_stamp
from exposure_index.lookup.open_index import OpenIndex


@dataclass(frozen=True, slots=True)
class ServedIndex:
    """An open index, the index directory and the build it was opened from.

    stamps: of the files of that build; taken before they were read.
    """

    index: OpenIndex
    path: Path
    build: Path
    stamps: tuple[FileStamp, ...]

    def was_rewritten(self) -> bool:
        """Return whether any file of the build holds something else now, or is another one.

        One that is gone does not count: what is open stays whole until it is let go.
        """
        present = (file_stamp(Path(before.path)) for before in self.stamps)
        return any(
            now is not None and now != before
            for before, now in zip(self.stamps, present, strict=True)
        )


class Outcome(NamedTuple):
    """What came of opening one directory: why it is not served, and whose it says it is.

    build: the one that was opened; None where there is none.
    """

    refusal: str | None
    authority: str
    build: Path | None = None


class Quarantine(NamedTuple):
    """Why the build of an authority is not served any more, and its index directory."""

    reason: str
    path: Path


def build_stamps(build: Path) -> tuple[FileStamp, ...]:
    """Return the stamps of the files of a build, in order of name; none where it cannot be read."""
    return tuple(_stamps(build))


def _stamps(build: Path) -> Iterator[FileStamp]:
    try:
        files = sorted(build.iterdir())
    except OSError:
        return
    for file in files:
        stamp = file_stamp(file) if file.is_file() else None  # folders change with what is in them
        if stamp is not None:
            yield stamp
