"""The list of rows that could not be used: file, row, column and reason, never a cell."""

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self


class RejectList:
    """Rejects, written to a CSV file as they are found and counted by table.

    A row with several faults is listed once for each and counted once. The file has the columns
    table, row (1 is the header line), column, reason.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["table", "row", "column", "reason"])
        self._rows: dict[str, set[int]] = {}
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
        self.close()

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that is not used."""
        self._rows.setdefault(table, set()).add(row)
        self.reasons[table, column, reason] += 1
        self._writer.writerow([table, row, column, reason])

    def warn(self, table: str, row: int, column: str, reason: str) -> None:
        """Note a row that is used although a cell of it is not as it should be."""
        self.warnings[table, column, reason] += 1
        self._writer.writerow([table, row, column, f"kept: {reason}"])

    def warn_many(self, table: str, column: str, reason: str, count: int) -> None:
        """Note a fault shared by many kept rows as one count."""
        if count:
            self.warnings[table, column, reason] += count

    def count(self, table: str) -> int:
        """Return how many rows of the table are not used."""
        return len(self._rows.get(table, ()))

    def close(self) -> None:
        """Write out what is buffered and close the file."""
        self._file.close()
