"""A new file that only its owner can read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

PRIVATE_MODE = 0o600


@contextmanager
def private_new_file(path: Path) -> Iterator[IO[str]]:
    """Give a file for its owner alone; one that is there already is not written over."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_MODE)
    except FileExistsError:
        raise click.UsageError(f"{path} exists already; name another file") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
