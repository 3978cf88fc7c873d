"""The reject list: rows that could not be used, by file, row, column and reason, never a cell.

The readers of tables report to it: ``tables/csv_table.py`` a row with a wrong number of cells or a
stray quotation mark, ``table_reader`` a cell that cannot be what its column holds.
"""

import csv
import os
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

REJECT_LISTS_KEPT = 20
_NAME = re.compile(r"(?:[0-9a-f]{32}|failed-[0-9TZ]+-[0-9]+-[0-9a-f]+)\.csv")


def reject_list_path(out: Path, build_id: str) -> Path:
    """Return where a finished build's list stands."""
    return out / "rejects" / f"{build_id}.csv"


class RejectList:
    """Rejects, written to a CSV file as they are found and counted by table.

    A row with several faults is listed once for each and counted once. The file has the columns
    table, row (1 is the header line), column, reason. It is written in a build's own folder, so
    that two builds never share it, and moved to `path` at the end: OUT/rejects/<build_id>.csv
    after `belongs_to`, a name that says failed otherwise. Lists older than the newest 20 go.
    """

    def __init__(self, folder: Path, out: Path) -> None:
        moment = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        name = f"failed-{moment}-{os.getpid()}-{secrets.token_hex(2)}"
        self._out = out
        self._built = False
        self.path = reject_list_path(out, name)
        self._draft = folder / self.path.name
        self._file = self._draft.open("w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["table", "row", "column", "reason"])
        self._rows: dict[str, set[int]] = {}
        self._left_out: dict[str, set[int]] = {}
        self.reasons: Counter[tuple[str, str, str]] = Counter()
        self.warnings: Counter[tuple[str, str, str]] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        # A build that failed for another reason (a full disk) leaves nothing behind.
        failed = error is not None and not isinstance(error, ValueError)
        if failed or not (self._built or self.reasons or self.warnings):
            self._draft.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(exist_ok=True)
        shutil.move(self._draft, self.path)
        _keep_newest(self.path.parent)

    def belongs_to(self, build_id: str) -> None:
        """Name the list for a build, once there is one."""
        self.path = reject_list_path(self._out, build_id)
        self._built = True

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that is not used; `table` may be table/file for one of several files."""
        self._rows.setdefault(table, set()).add(row)
        self.reasons[table.partition("/")[0], column, reason] += 1
        self._writer.writerow([table, row, column, reason])

    def leave_out(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that is not used because whoever builds said so: no fault of the table."""
        self._left_out.setdefault(table, set()).add(row)
        self.reject(table, row, column, f"left out: {reason}")

    def warn(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that is used although a cell of it is not as it should be."""
        self.warnings[table.partition("/")[0], column, reason] += 1
        self._writer.writerow([table, row, column, f"kept: {reason}"])

    def warn_many(self, table: str, column: str, reason: str, count: int) -> None:
        """Note a fault shared by many kept rows as one count."""
        if count:
            self.warnings[table, column, reason] += count

    def rows(self, table: str) -> frozenset[int]:
        """Return which rows of a table of one file are not used."""
        return frozenset(self._rows.get(table, ()))

    def count(self, table: str) -> int:
        """Return how many rows of the table are not used, in all its files."""
        return _count(self._rows, table)

    def faulty(self, table: str) -> int:
        """Return how many of them are at fault, rather than left out as whoever builds said."""
        return _count(self._rows, table) - _count(self._left_out, table)


def _count(rows_of: Mapping[str, set[int]], table: str) -> int:
    return sum(len(rows) for name, rows in rows_of.items() if name.partition("/")[0] == table)


def _keep_newest(folder: Path) -> None:
    lists = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    for path in sorted(lists, key=_changed, reverse=True)[REJECT_LISTS_KEPT:]:
        path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    # Another build may remove the same old list at the same time.
    return path.stat().st_mtime if path.exists() else 0.0
