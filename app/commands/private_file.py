"""Files that commands write where they are told to: for the owner alone, or a usage error."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

PRIVATE_MODE = 0o600


@contextmanager
def told_if_unwritable(path: Path) -> Iterator[None]:
    """Turn any error of the system into a usage error that names the path and what is wrong.

    Around whatever writes a file, and outside of a transaction of the records.
    """
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None


@contextmanager
def private_new_file(path: Path) -> Iterator[IO[str]]:
    """Give a file for its owner alone; one that is there already is not written over.

    After any error inside there is no file: half of one would look like all of it.
    """
    with told_if_unwritable(path):
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            handle = os.open(path, flags, PRIVATE_MODE)
        except FileExistsError:
            raise click.UsageError(f"{path} exists already; name another file") from None
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
