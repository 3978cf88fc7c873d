"""Atomic files: writing that survives a kill at any moment, switched links, one writer."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

READ_ONLY = 0o444
PRIVATE = 0o600


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, mode: int = READ_ONLY) -> None:
    """Write a file whole or not at all; readers see the old or the new one."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(PRIVATE, exist_ok=False)  # before any byte of it is written
    with beside.open("r+b") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    beside.replace(path)
    sync_directory(path.parent)


@contextmanager
def private_new_file(
    path: Path, encoding: str = "utf-8", newline: str | None = None
) -> Iterator[IO[str]]:
    """Create a file for its owner alone. Raises FileExistsError, or another OSError.

    After any error inside there is no file: half of one would look like all of it.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(path, flags, PRIVATE)
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def switch_link(link: Path, target: str) -> None:
    """Point a symbolic link elsewhere in one step."""
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(link)
    sync_directory(link.parent)


@contextmanager
def only_writer(directory: Path) -> Iterator[None]:
    """Hold the directory's lock; a second writer waits. The kernel frees it at any death."""
    handle = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def directory_in_use(directory: Path) -> Iterator[None]:
    """Mark an existing directory as in use by this process, until the context ends."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def in_use(directory: Path) -> bool:
    """Return whether a living process marked the directory as in use."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
