"""File stamps: whether a file is still the one that was read, told without reading it again."""

from pathlib import Path
from typing import NamedTuple


class FileStamp(NamedTuple):
    """What changes with a file; modified_ns: nanoseconds since 1970."""

    path: str
    inode: int
    modified_ns: int
    size_bytes: int


def file_stamp(file: Path) -> FileStamp | None:
    """Return the stamp of a file or directory, None where there is none to be looked at."""
    try:
        status = file.stat()
    except OSError:
        return None
    return FileStamp(str(file), status.st_ino, status.st_mtime_ns, status.st_size)
