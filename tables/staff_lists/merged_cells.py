"""Cells of a staff list that are merged into one: whose number or name they are is not certain."""

from collections.abc import Mapping, Sequence

from tables.staff_lists.columns import name_places, number_places

Range = tuple[tuple[int, int], tuple[int, int]]


def doubtful_rows(
    ranges: Sequence[Range], first_column: int, columns: Mapping[str, int]
) -> set[int]:
    """Return the rows in which it is not certain whose number or name stands there.

    Those where a cell that matters is merged with another column, and those that share a number
    without sharing the name. Rows that share a name, as one person's documents do, are certain.

    ranges: of `SheetRows.merged`; columns: column name → place from the first column.
    """
    places = {place + first_column for place in columns.values()}
    numbers_at = {place + first_column for place in number_places(columns)}
    names_at = {place + first_column for place in name_places(columns)}
    doubtful: set[int] = set()
    names = [one for one in ranges if one[0][1] == one[1][1] in names_at]
    for (top, left), (bottom, right) in ranges:
        rows = range(top + 1, bottom + 2)
        if left < right:
            if any(left <= place <= right for place in places):
                doubtful.update(rows)
        elif left in numbers_at and not any(
            first[0] <= top and bottom <= last[0] for first, last in names
        ):
            doubtful.update(rows)
    return doubtful


def joined_headings(
    upper: Sequence[str], lower: Sequence[str], ranges: Sequence[Range], place: tuple[int, int]
) -> list[str]:
    """Return the headings of two rows as one: 证件 over 号码 is 证件号码.

    place: the upper row, from 1, and the first column, from 0; cells merged across count for each
    of their columns.
    """
    row, first_column = place
    spread = list(upper)
    for (top, left), (bottom, right) in ranges:
        if top <= row - 1 <= bottom and left < right:
            for column in range(left, right + 1):
                if 0 <= column - first_column < len(spread):
                    spread[column - first_column] = upper[left - first_column]
    return [
        above if above.strip() == below.strip() else f"{above.strip()}{below.strip()}"
        for above, below in zip(spread, lower, strict=True)
    ]
