"""Cells about layouts: rows in physical order, bays as ranges of berths, seats across a row."""

from __future__ import annotations

import itertools
import re

from exposure_index.trip_text.folding import compact, plain_marks, spaced

ROW_MAXIMUM = 200
BERTH_MAXIMUM = 2_000
_RANGE = re.compile(r"0*([0-9]{1,4})(?:\.0)?(?:(?:[-~至到]|TO)0*([0-9]{1,4}))?")
_COLUMNS = re.compile("[A-Z]+(?:[-/|,、]+[A-Z]+)*")
_SPACES_AROUND = re.compile(r" ?([-~至到,;、]|TO) ?")
_SEPARATORS = re.compile(r"[,;、 ]")


class LayoutFault(ValueError):
    """A layout cell that cannot be read; `reason` says why and never quotes the cell."""

    def __init__(self, reason: str) -> None:
        """reason: not_a_range, not_letters, backwards, overlapping or too_large."""
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


def columns_of(layout: str) -> tuple[str, ...]:
    """Return the letters of a row's seats from one window: `ABC-DF`; an aisle is none of them.

    Raises LayoutFault where the cell holds anything else, or a letter twice.
    """
    folded = compact(plain_marks(layout))
    if not folded:
        return ()
    if not _COLUMNS.fullmatch(folded):
        raise LayoutFault("not_letters")
    letters = tuple(letter for letter in folded if letter.isalpha() and letter.isascii())
    if len(set(letters)) < len(letters):
        raise LayoutFault("overlapping")
    return letters


def _ranges(layout: str, maximum: int) -> list[tuple[int, int]]:
    folded = _SPACES_AROUND.sub(r"\1", spaced(plain_marks(layout)))
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
