"""Cells about layouts: rows in physical order, compartments and bays as ranges of berths."""

from __future__ import annotations

import itertools
import re

from exposure_index.trip_text.folding import compact

ROW_MAXIMUM = 200
BERTH_MAXIMUM = 2_000
_RANGE = re.compile(r"0*([0-9]{1,4})(?:[-~至到]0*([0-9]{1,4}))?")
_SEPARATORS = re.compile(r"[,;、]")


class LayoutFault(ValueError):
    """A layout cell that cannot be read; `reason` says why and never quotes the cell."""

    def __init__(self, reason: str) -> None:
        """reason: not_a_range, backwards, overlapping or too_large."""
        super().__init__(reason)
        self.reason = reason


def rows_of(layout: str) -> tuple[int, ...]:
    """Return row numbers in physical order: `1-3,14` is (1, 2, 3, 14); () for a blank cell.

    Raises LayoutFault where a part is no number or range, runs backwards, or repeats a row.
    """
    rows: list[int] = []
    for first, last in _ranges(layout, ROW_MAXIMUM):
        rows.extend(range(first, last + 1))
    if len(set(rows)) < len(rows):
        raise LayoutFault("overlapping")
    return tuple(rows)


def units_of(layout: str) -> tuple[tuple[int, int], ...]:
    """Return compartments or bays as (first berth, last berth), both included, in physical order.

    `1-4,5-8` is ((1, 4), (5, 8)); () for a blank cell.
    Raises LayoutFault where a part is no number or range, runs backwards, or two units overlap.
    """
    units = tuple(_ranges(layout, BERTH_MAXIMUM))
    ordered = sorted(units)
    if any(after[0] <= before[1] for before, after in itertools.pairwise(ordered)):
        raise LayoutFault("overlapping")
    return units


def _ranges(layout: str, maximum: int) -> list[tuple[int, int]]:
    folded = compact(layout)
    if not folded:
        return []
    ranges = []
    for part in _SEPARATORS.split(folded):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise LayoutFault("not_a_range")
        first = int(match[1])
        last = int(match[2] or match[1])
        if last < first:
            raise LayoutFault("backwards")
        if last > maximum:
            raise LayoutFault("too_large")
        ranges.append((first, last))
    return ranges
