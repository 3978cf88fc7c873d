"""Files that commands write where they are told to: for the owner alone, or a usage error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from exposure_index import atomic_files


@contextmanager
def unwritable_as_usage_error(path: Path) -> Iterator[None]:
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

    After any error inside there is no file.
    """
    with unwritable_as_usage_error(path):
        try:
            with atomic_files.private_new_file(path) as file:
                yield file
        except FileExistsError:
            raise click.UsageError(f"{path} exists already; name another file") from None
