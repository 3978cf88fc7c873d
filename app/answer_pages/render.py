"""Renders the part of the answer page that differs between answers: one length, the same work.

Its constant-time template is made once for each language and build, from the files of which the
browser's is made too (`app/query/private`), and filled in for each answer.
"""

from datetime import date

from flask import current_app, g, render_template

from app.answer_pages.constant_time_template import ConstantTimeTemplate, Filters, parse_template
from app.answer_pages.household import HouseholdView
from app.answer_pages.placeholders import Placeholder
from app.answer_pages.view_model import AnswerView, Hotlines, answer_view
from app.i18n import current_language
from app.services import current_services
from app.web.template_context import authority_here, day_words, moment_words, telephone
from exposure_index.lookup.result import ListedExposure, LookupResult

PADDED_UNIT_BYTES = 8_192
PART_BYTES = 8_192
TRIPS_OF_A_LABEL_BYTES = 6_144  # two trips, with long rules in three-byte characters
FILTERS: Filters = {"day": day_words, "moment": moment_words, "telephone": telephone}
CITIZEN_TEMPLATE = "answer_pages/household.html"
COUNTER_TEMPLATE = "counter/household.html"
TEMPLATES_EXTENSION = "gauge-answer-templates"
TEMPLATES_MAX = 32  # languages, asked for or accepted, of one and several people, of two builds


def present_answer(result: LookupResult[ListedExposure], today: date) -> AnswerView:
    """Return the view model of a lookup result in the language of the present request."""
    settings = current_services().settings
    hotlines = Hotlines(authority_here(), settings.hotline, settings.authority_hotlines)
    return answer_view(result, current_language(), today, hotlines)


def render_household(
    household: HouseholdView, builds: tuple[str, ...], template: str = CITIZEN_TEMPLATE
) -> bytes:
    """Render the part, padded, in UTF-8; builds: those that answered."""
    part = _template(template, household.several, builds).render({"household": household})
    return part + padding_for(part, len(builds) * household.labels, household.size)


def padding_for(part: bytes, labels: int, people: int = 1) -> bytes:
    """Return the spaces that bring the part that differs between answers to one length.

    It depends on what was sent and on the number of indexes only. labels: read in all indexes, for
    each name and each document alone; there may be as many trips as they hold.
    """
    most = max(len(part), people * PART_BYTES + labels * TRIPS_OF_A_LABEL_BYTES)
    return b" " * (-(-most // PADDED_UNIT_BYTES) * PADDED_UNIT_BYTES - len(part))


def _template(file: str, several: bool, builds: tuple[str, ...]) -> ConstantTimeTemplate:
    templates: dict[tuple[object, ...], ConstantTimeTemplate]
    templates = current_app.extensions.setdefault(TEMPLATES_EXTENSION, {})
    key = (file, current_language(), g.get("language_parameter"), several, builds)
    if key not in templates:
        if len(templates) >= TEMPLATES_MAX:
            templates.clear()
        text = render_template(
            file,
            household=Placeholder("household"),
            several=several,
            in_browser=False,
            at_counter=file == COUNTER_TEMPLATE,
        )
        templates[key] = parse_template(text, FILTERS)
    return templates[key]
