"""Exports worklists: each open inquiry once, and again only as a reminder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from exposure_index.atomic_files import write_whole
from index_builder.inquiries.ledger import Inquiry, Ledger
from index_builder.inquiries.worklists import as_csv, as_workbook, worklist

_WRITERS = {"csv": as_csv, "xlsx": as_workbook}
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True, slots=True)
class WorklistExport:
    """Which inquiries to export. department: None for every one.

    again: those exported before too, otherwise only those without a reply for remind_days.
    """

    folder: Path
    today: date
    form: str = "xlsx"
    department: str | None = None
    again: bool = False
    remind_days: int = 3

    def concerns(self, inquiry: Inquiry) -> bool:
        """Return whether an inquiry belongs in these worklists."""
        if self.department not in {None, inquiry.department}:
            return False
        waiting = inquiry.exported_on
        if inquiry.state == "open" or waiting is None or self.again:
            return True
        return (self.today - waiting).days >= self.remind_days


@dataclass(frozen=True, slots=True)
class WorklistFile:
    """One worklist as written: its file, how many inquiries it holds, how many of them again."""

    path: Path
    inquiries: int
    reminders: int


def export_worklists(ledger: Ledger, order: WorklistExport) -> list[WorklistFile]:
    """Write one worklist a department, 0600, and mark its inquiries exported; or nothing at all."""
    with ledger.transaction():
        inquiries = [one for one in ledger.inquiries(("open", "exported")) if order.concerns(one)]
        files = [
            _write(order, department, list(same))
            for department, same in groupby(inquiries, lambda one: one.department)
        ]
        ledger.mark_exported((one.id for one in inquiries), order.today)
    return files


def _write(order: WorklistExport, department: str, inquiries: list[Inquiry]) -> WorklistFile:
    order.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = _WRITERS[order.form](worklist(department, inquiries))
    path = _free(order.folder, f"{department}-{order.today.isoformat()}", order.form)
    write_whole(path, data, 0o600)
    return WorklistFile(path, len(inquiries), sum(one.exports > 0 for one in inquiries))


def _free(folder: Path, name: str, suffix: str) -> Path:
    """Return a path that no earlier worklist has; somebody may be filling it in."""
    names: Iterable[str] = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
    paths = (folder / f"{one}.{suffix}" for one in names)
    return next(path for path in paths if not path.exists())
