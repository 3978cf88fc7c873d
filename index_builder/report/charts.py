"""Shapes of the charts, in units of their own drawing; the page gives them colour and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

CHART_WIDTH = 320
CHART_HEIGHT = 120
_ROOM = 0.8
"""How much of its day a column fills."""


@dataclass(frozen=True, slots=True)
class Column:
    """A day: x and width, and the heights of both tiers; None where a count is not told."""

    x: float
    width: float
    close: float | None
    general: float | None


@dataclass(frozen=True, slots=True)
class DayChart:
    """Columns over the days from first to last; highest is the count at the top."""

    columns: tuple[Column, ...]
    first: str
    last: str
    highest: int


def day_chart(rows: Sequence[Mapping[str, Any]]) -> DayChart | None:
    """Return contacts by day as columns, close below general; None where there is no day."""
    days = {date.fromisoformat(row["day"]): row for row in rows}
    if not days:
        return None
    first, last = min(days), max(days)
    step = CHART_WIDTH / ((last - first).days + 1)
    highest = max((row["close"] or 0) + (row["general"] or 0) for row in rows)
    scale = CHART_HEIGHT / max(highest, 1)
    columns = tuple(
        Column(
            x=round((day - first).days * step, 2),
            width=round(step * _ROOM, 2),
            close=None if row["close"] is None else round(row["close"] * scale, 2),
            general=None if row["general"] is None else round(row["general"] * scale, 2),
        )
        for day, row in sorted(days.items())
    )
    return DayChart(columns, first.isoformat(), last.isoformat(), highest)


def shares(counts: Sequence[float | None]) -> list[float]:
    """Return each count as a percentage of the largest, for bars; 0 where it is not told."""
    largest = max((count or 0 for count in counts), default=0)
    return [round(100 * (count or 0) / largest, 1) if largest else 0.0 for count in counts]
