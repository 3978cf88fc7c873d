"""The columns of a result: the organisation's own, then what was found, every name once.

Threat: a list is made of an earlier result, and a program that reads the column ``status`` reads
last week's. Limit: the columns that are added always bear their names; one of the organisation's
own that is called alike is renamed.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol

ADDED_COLUMNS = ("status", "tier", "act_until", "reason", "duplicate_of")
OWN_SUFFIX = "_own"


class RowResult(Protocol):
    """One row as it came, and what was found; duplicate_of: the number of the earlier row."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The organisation's own cells, as many as there are headings."""

    @property
    def status(self) -> str:
        """One of the five states."""

    @property
    def tier(self) -> str:
        """The worst tier of an exposed row, else ""."""

    @property
    def act_until(self) -> date | None:
        """The last day of what is to be done; None where nothing is."""

    @property
    def reason(self) -> str:
        """The code why a row was not checked, else ""."""

    @property
    def duplicate_of(self) -> int | None:
        """The number of the earlier row that asks about the same person."""


def result_columns(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the names of all columns: own ones as they are where they are unique, then the added.

    A blank name becomes ``column_3`` by its place, one that stands twice ``name_2``, and one that
    an added column bears ``status_own``.
    """
    added = {_folded(name) for name in ADDED_COLUMNS}
    used, numbers, names = set(added), Counter[str](), []
    for place, heading in enumerate(headings, 1):
        name = heading.strip() or f"column_{place}"
        if _folded(name) in added:
            name += OWN_SUFFIX
        unique, stem = name, _folded(name)
        while _folded(unique) in used:  # goes on where it stopped: all names may be alike
            numbers[stem] += 1
            unique = f"{name}_{numbers[stem] + 1}"
        used.add(_folded(unique))
        names.append(unique)
    return (*names, *ADDED_COLUMNS)


def added_cells(row: RowResult) -> tuple[str, str, str, str, str]:
    """Return the texts of the columns that are added; "" where there is nothing to say."""
    return (
        row.status,
        row.tier,
        row.act_until.isoformat() if row.act_until else "",
        row.reason,
        "" if row.duplicate_of is None else str(row.duplicate_of),
    )


def own_cells(row: RowResult, width: int) -> tuple[str, ...]:
    """Return exactly so many cells of a row, blank ones added or what stands beyond left out."""
    cells = row.cells[:width]
    return cells + ("",) * (width - len(cells))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
