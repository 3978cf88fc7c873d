"""Numbers of rows in words, so that a person finds them: rows 3, 7-9 and 4 more."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext, ngettext

from app.portal.formats import number_words

BETWEEN_PLACES = lazy_gettext(", ")


def span_words(spans: Sequence[tuple[int, int]], count: int) -> str:
    """Return which rows there are, and how many beside those of the spans; count: of all."""
    places = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    more = count - sum(last - first + 1 for first, last in spans)
    at = str(BETWEEN_PLACES).join(places)
    if not places:
        return str(ngettext("%(num)s row", "%(num)s rows", count))
    if more > 0:
        return str(gettext("rows %(at)s and %(more)s more", at=at, more=number_words(more)))
    return str(ngettext("row %(at)s", "rows %(at)s", count, at=at))
