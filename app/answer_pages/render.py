"""The part of the answer page that differs between answers: one length, and the same work.

Its pattern is rendered once for each language and build, by the templates from which the browser's
is made too (`app/query/browser_check`), and filled in for each answer.
"""

from datetime import date

from flask import current_app, g, render_template

from app.answer_pages.constant_time_template import Filters, Pattern, read_pattern
from app.answer_pages.household import HouseholdShown
from app.answer_pages.placeholders import Named
from app.answer_pages.view_model import AnswerShown, Hotlines, answer_shown
from app.i18n import current_language
from app.services import current_services
from app.web.template_context import authority_here, day_words, moment_words, telephone
from exposure_index.lookup.result import ListedExposure, LookupResult

PADDED_UNIT_BYTES = 8_192
PART_BYTES = 8_192
TRIPS_OF_AN_INDEX_BYTES = 12_288  # four trips, with long rules in three-byte characters
FILTERS: Filters = {"day": day_words, "moment": moment_words, "telephone": telephone}
CITIZENS = "query/answer_part.html"
COUNTER = "query/counter/answered.html"
KEPT = "gauge-answer-patterns"
KEPT_MAX = 32  # languages, asked for or accepted, of one and several people, of two builds


def answer_here(answer: LookupResult[ListedExposure], today: date) -> AnswerShown:
    """Return what to show of an answer in the present request's language, and whom to call."""
    settings = current_services().settings
    hotlines = Hotlines(authority_here(), settings.hotline, settings.authority_hotlines)
    return answer_shown(answer, current_language(), today, hotlines)


def answer_part(
    household: HouseholdShown, builds: tuple[str, ...], template: str = CITIZENS
) -> bytes:
    """Return the part, padded, in UTF-8; builds: those that answered."""
    part = _pattern(template, household.several, builds).filled({"household": household})
    return part + padding_for(part, len(builds), household.size)


def padding_for(part: bytes, indexes: int, people: int = 1) -> bytes:
    """Return the spaces that bring the part that differs between answers to one length.

    It depends on the numbers of indexes and people only: each index may list as many trips of a
    person as two labels hold.
    """
    most = max(len(part), people * (PART_BYTES + indexes * TRIPS_OF_AN_INDEX_BYTES))
    return b" " * (-(-most // PADDED_UNIT_BYTES) * PADDED_UNIT_BYTES - len(part))


def _pattern(template: str, several: bool, builds: tuple[str, ...]) -> Pattern:
    kept: dict[tuple[object, ...], Pattern] = current_app.extensions.setdefault(KEPT, {})
    key = (template, current_language(), g.get("language_asked"), several, builds)
    if key not in kept:
        if len(kept) >= KEPT_MAX:
            kept.clear()
        text = render_template(
            template,
            household=Named("household"),
            several=several,
            in_browser=False,
            at_counter=template == COUNTER,
        )
        kept[key] = read_pattern(text, FILTERS)
    return kept[key]
