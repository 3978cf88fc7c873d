"""File stamps: whether a file is still the one that was read, told without reading it again.

Threat: whoever can write a file writes other bytes of the same length into it and sets its time of
modification back. Limit: the kernel's own time of change, which no program can set, is part of the
stamp; only who sets the machine's clock, or writes to the disk below the file system, gets past it.
"""

from pathlib import Path
from typing import NamedTuple


class FileStamp(NamedTuple):
    """What changes with a file; nanoseconds since 1970.

    modified_ns: of its content, as anybody can set it; changed_ns: of content or properties, as the
    kernel keeps it.
    """

    path: str
    inode: int
    modified_ns: int
    changed_ns: int
    size_bytes: int


def file_stamp(file: Path) -> FileStamp | None:
    """Return the stamp of a file or directory, None where there is none to be looked at."""
    try:
        status = file.stat()
    except OSError:
        return None
    return FileStamp(
        str(file), status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size
    )
