"""The folder of an evaluator's socket: for this user alone, removed at the end or the next start.

A service killed outright cannot remove its own. Each folder holds a file that its service keeps
locked while it runs; the kernel frees the lock however the service ends, so a folder whose lock is
free is nobody's.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

import structlog

from exposure_index.atomic_files import PRIVATE

PREFIX = "gauge-evaluator-"
LOCK_NAME = "lock"
SOCKET_NAME = "socket"
SHORT_PARENT = Path("/tmp")  # noqa: S108 - the folder made there is for this user alone
PATH_MAX_BYTES = 100  # of a Unix socket: 107


@dataclass(frozen=True, slots=True)
class SocketFolder:
    """A folder in which this process alone makes sockets; lock: descriptor of its locked file."""

    path: Path
    lock: int

    @classmethod
    def make(cls) -> "SocketFolder":
        """Make one, after removing those that a killed service left. Raises OSError."""
        for folder in _left_behind():
            shutil.rmtree(folder, ignore_errors=True)
            structlog.get_logger().warning("evaluator_folder_removed")
        while (made := _locked_folder()) is None:  # removed by another start before it was locked
            pass
        return made

    @property
    def socket(self) -> Path:
        """Where the evaluator listens."""
        return self.path / SOCKET_NAME

    def remove(self) -> None:
        """Remove the folder and whatever is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.lock)


def _locked_folder() -> SocketFolder | None:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
    if len(os.fsencode(folder / SOCKET_NAME)) > PATH_MAX_BYTES:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=SHORT_PARENT))
    lock = _lock_if_free(folder, os.O_CREAT)
    return None if lock is None else SocketFolder(folder, lock)


def _left_behind() -> Iterator[Path]:
    """Yield this user's folders whose service is gone; one without a lock is just being made."""
    for parent in {Path(tempfile.gettempdir()), SHORT_PARENT}:
        for folder in parent.glob(f"{PREFIX}*"):
            lock = _lock_if_free(folder) if _is_own_directory(folder) else None
            if lock is not None:
                yield folder
                os.close(lock)


def _is_own_directory(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return S_ISDIR(status.st_mode) and status.st_uid == os.getuid()


def _lock_if_free(folder: Path, flags: int = 0) -> int | None:
    """Lock a folder's file; return its descriptor, None where it is locked, or gone meanwhile."""
    file = folder / LOCK_NAME
    try:
        lock = os.open(file, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | flags, PRIVATE)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(lock), file.stat()):
            return lock
    except OSError:
        pass
    os.close(lock)
    return None
