"""report.html: the report on one page, for a phone, a desk and a printer.

One file without script, picture or address: it can be mailed, printed and signed as it is.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from index_builder.report import texts
from index_builder.report.attention import points_of_attention
from index_builder.report.charts import CHART_HEIGHT, CHART_WIDTH, day_chart, shares

PAGE_FILE = "report.html"
_TEMPLATE = "report.html"


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
        words=texts,
    )


def _both(pair: tuple[str, str] | str) -> Markup:
    """Return words in both languages, each marked as what it is; a key of WORDS, or a pair."""
    english, chinese = texts.WORDS[pair] if isinstance(pair, str) else pair
    return Markup('{} <span lang="zh-Hans">{}</span>').format(escape(english), escape(chinese))


def _number(value: float | None) -> Markup | str:
    if value is None:
        # Read aloud as what it is; the dash alone would be passed over.
        return Markup(
            '<span class="hidden" title="{0}">—<span class="aloud">{0}</span></span>'
        ).format(texts.WORDS["not_shown"][0])
    return f"{value:,}"


def _percent(value: float | None) -> Markup | str:
    return _number(None) if value is None else f"{value:.2%}"
