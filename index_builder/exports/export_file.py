"""Writes an export of open contacts: private, whole or not at all, and logged beforehand."""

import csv
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from index_builder.exports.follow_up_rows import Particulars, godata_row, sormas_row
from index_builder.exports.open_contacts import OpenContact


class ExportExists(FileExistsError):
    """The file is there already, and might be somebody's work."""


@dataclass(frozen=True, slots=True)
class Export:
    """One export to be written. form: of FORMATS; to: the file."""

    form: str
    to: Path
    about: Particulars


def write_export(
    export: Export, contacts: Iterable[OpenContact], log: Callable[[int, str], None]
) -> int:
    """Write the file, readable by its owner only; return the number of rows.

    log is given rows and SHA-256 before the file gets its name. Raises ExportExists, or
    OSError; then nothing is left.
    """
    if export.to.exists():
        raise ExportExists(17, "the file exists already; name another", str(export.to))
    beside = export.to.with_name(f".{export.to.name}.new")
    beside.unlink(missing_ok=True)
    try:
        rows = _write(export, contacts, beside)
        log(rows, sha256(beside.read_bytes()).hexdigest())
        beside.rename(export.to)
    finally:
        beside.unlink(missing_ok=True)
    return rows


def _write(export: Export, contacts: Iterable[OpenContact], path: Path) -> int:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    count = 0
    with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
        writer: csv.DictWriter[str] | None = None
        for row in _rows(export, contacts):
            if writer is None:
                writer = csv.DictWriter(file, list(row))
                if export.form == "sormas":  # above the columns: the class of each
                    classes = (
                        "Person" if name.startswith("person.") else "Contact" for name in row
                    )
                    csv.writer(file).writerow(classes)
                writer.writeheader()
            writer.writerow(row)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _rows(export: Export, contacts: Iterable[OpenContact]) -> Iterable[dict[str, str]]:
    if export.form == "sormas":
        return (sormas_row(contact, export.about) for contact in contacts)
    # Go.Data keeps one record a person; the other cases they met would double it.
    return (godata_row(contact, export.about) for contact in contacts if contact.first)
