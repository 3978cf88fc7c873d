"""What a reader of tables reports: rows that are not used, and files that are no table."""

from collections.abc import Iterable
from typing import Protocol


class RejectsRows(Protocol):
    """Whatever notes the rows that are not used, as RejectList does."""

    def reject(self, table: str, row: int, column: str, reason: str) -> None:
        """Take note of it, or raise where nothing may be left out."""


class TableUnreadable(ValueError):
    """The file as a whole cannot be read as a table; the message says what to do.

    code: what is wrong, in one word for programs, where a program asks; "" for all else.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


RANGES_MAX = 50


def row_ranges(rows: Iterable[int]) -> str:
    """Return rows as a text, runs of them as ranges: `4, 9-11`; of very many the first."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    others = sum(last - first + 1 for first, last in ranges[RANGES_MAX:])
    return ", ".join(texts[:RANGES_MAX]) + (f" and {others} more" if others else "")
