"""What a page says of a row of a list: its state and its tier.

Threat: a word makes contacts look like patients, or "not found" like "safe". Limit: one table of
words, plain, without a diagnosis; a state that is not known is an error and never "not found".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString, lazy_gettext

from app.bulk.jobs.views import UnreadRows
from app.bulk.portal.observation import OVER
from app.portal.row_numbers import span_words
from app.portal.row_reasons import reason_text

STATES: Final = ("exposed", OVER, "not_found", "incomplete", "not_checked", "duplicate")
"""States of rows, in the order in which pages show them."""

STATE_WORDS: dict[str, LazyString] = {
    "exposed": lazy_gettext("Listed as a contact"),
    OVER: lazy_gettext("Observation over"),
    "not_found": lazy_gettext("Not found"),
    "incomplete": lazy_gettext("Incomplete"),
    "not_checked": lazy_gettext("Not checked"),
    "duplicate": lazy_gettext("Repeated row"),
}

STATE_MEANINGS: dict[str, LazyString] = {
    "exposed": lazy_gettext("Shared a trip with a confirmed case. This is not a diagnosis."),
    OVER: lazy_gettext("Listed as a contact; the last day of observation has passed."),
    "not_found": lazy_gettext("No record in today’s data. This is not the same as no risk."),
    "incomplete": lazy_gettext(
        "Part of the data is missing at the moment. Check these people again later; "
        "do not treat them as not found."
    ),
    "not_checked": lazy_gettext(
        "Their rows could not be read with certainty. Correct them and upload them again."
    ),
    "duplicate": lazy_gettext("The same person appears in an earlier row, which was checked."),
}

TIER_WORDS: dict[str, LazyString] = {
    "close": lazy_gettext("Close contact"),
    "general": lazy_gettext("General contact"),
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason as a page lists it; rows: which rows it is of, in words."""

    title: LazyString
    rows: str
    advice: LazyString


def reason_lines(unread: Iterable[UnreadRows]) -> list[ReasonLine]:
    """Return a line for each reason that occurs."""
    lines = []
    for each in unread:
        text = reason_text(each.reason)
        lines.append(ReasonLine(text.title, span_words(each.spans, each.count), text.advice))
    return lines
