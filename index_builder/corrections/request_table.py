"""The officer's table of opened requests: what each column is, and cells safe in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from exposure_index import atomic_files
from exposure_index.errors import ExitCode, ForeseenError

IDENTITY = ("id_type", "id_number", "name")
NAME_LATIN = "name_latin"
MESSAGE_FIELDS = ("what", *IDENTITY, NAME_LATIN, "trip", "text", "contact")
BY_THE_OFFICER = ("decision", "reason", "cleared_on")
TRIP = ("mode", "number", "service_date")
COLUMNS = ("reference", "received_on", *MESSAGE_FIELDS, *BY_THE_OFFICER, *TRIP)
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class TableRefused(ForeseenError):
    """The table cannot be used; names file, row and column, never a cell."""

    exit_code = ExitCode.BAD_INPUT


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe in front.

    The canonical identity has neither apostrophes nor signs, so that it stays the same.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def read_table(path: Path, required: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV in UTF-8, as text. Raises TableRefused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            missing = sorted(set(required) - set(reader.fieldnames or ()))
            if missing:
                raise TableRefused(f"{path.name}: column {missing[0]} is missing")
            return [{name: row[name] or "" for name in reader.fieldnames or ()} for row in reader]
    except UnicodeDecodeError:
        raise TableRefused(f"{path.name}: not in UTF-8; save it as “CSV UTF-8”") from None
    except csv.Error:
        raise TableRefused(f"{path.name}: no CSV") from None


@contextmanager
def private_new_file(path: Path) -> Iterator[IO[str]]:
    """Give a file for its owner alone. Raises TableRefused where it is there already.

    After any error inside there is no file.
    """
    try:
        with atomic_files.private_new_file(path, "utf-8-sig", newline="") as file:
            yield file
    except FileExistsError:
        raise TableRefused(f"{path}: exists already; name another file") from None
