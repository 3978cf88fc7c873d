"""Suppression: small counts of people are left out, and so is what would give them away.

A count of 1 to 4 people is left out. Where a total is told beside its parts, one part left out is
the total less the others; so a second part goes too, and more until those left out together make
5 or more. Source: the usual primary and complementary suppression of official statistics.
"""

from collections.abc import Mapping, Sequence
from typing import Any

SMALLEST_COUNT = 5
FEW = "1-4"
"""What a manifest, which holds no null, has in the place of such a count."""


def safe_count(count: int | None) -> int | None:
    """Return a count of people where it may be published, None from 1 to 4."""
    return count if count is None or count == 0 or count >= SMALLEST_COUNT else None


def safe_coverage(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a coverage as a manifest may tell them: FEW for 1 to 4 unread rows.

    Everybody reads a manifest, and a few rows may be a few people who met a case.
    """
    return [
        {**row, "unread": FEW if safe_count(row["unread"]) is None else row["unread"]}
        for row in rows
    ]


def suppressed_places(counts: Sequence[int]) -> set[int]:
    """Return the places of the counts that must be left out beside their total."""
    places = {place for place, count in enumerate(counts) if safe_count(count) is None}
    others = sorted(
        (count, place) for place, count in enumerate(counts) if count and place not in places
    )
    for _, place in others:
        safe = len(places) != 1 and sum(counts[p] for p in places) >= SMALLEST_COUNT
        if not places or safe:
            break
        places.add(place)
    return places


def safe_rows(rows: Sequence[Mapping[str, Any]], counts: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows with each column of counts made safe beside its total.

    Each row gains `suppressed`, the names of the counts left out of it (null there).
    """
    safe = [{**row, "suppressed": list[str]()} for row in rows]
    for name in counts:
        for place in suppressed_places([row[name] for row in rows]):
            safe[place][name] = None
            safe[place]["suppressed"].append(name)
    return safe
