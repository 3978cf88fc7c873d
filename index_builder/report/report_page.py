"""report.html: the report on one page, for a phone, a screen and a printer.

One file without script, picture or address: it can be mailed, printed and signed as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from index_builder.report import page_texts
from index_builder.report.attention import points_of_attention

PAGE_FILE = "report.html"
_TEMPLATE = "report.html"
CHART_WIDTH = 320
CHART_HEIGHT = 120
_FILL = 0.8
"""How much of its day a column fills."""


def report_page(document: Mapping[str, Any]) -> str:
    """Return the page of a report (see docs/report.md for its data)."""
    pages = Environment(
        loader=PackageLoader("index_builder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(both=_both, number=_number, percent=_percent)
    return pages.get_template(_TEMPLATE).render(
        report=document,
        attention=points_of_attention(document),
        days=day_chart(document["by_exposure_day"]),
        chart=(CHART_WIDTH, CHART_HEIGHT),
        shares=shares,
        words=page_texts,
    )


def _both(pair: tuple[str, str] | str) -> Markup:
    """Return words in both languages, each marked as what it is; a key of WORDS, or a pair."""
    english, chinese = page_texts.WORDS[pair] if isinstance(pair, str) else pair
    return Markup('{} <span lang="zh-Hans">{}</span>').format(escape(english), escape(chinese))


def _number(value: float | None) -> Markup | str:
    if value is None:
        # Read aloud as what it is; the dash alone would be passed over.
        return Markup(
            '<span class="hidden" title="{0}">—<span class="aloud">{0}</span></span>'
        ).format(page_texts.WORDS["not_shown"][0])
    return f"{value:,}"


def _percent(value: float | None) -> Markup | str:
    return _number(None) if value is None else f"{value:.2%}"


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
            width=round(step * _FILL, 2),
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
