"""Renders the part of the answer page that differs between answers: one length, the same work.

Its constant-time template is made once for each language and build, from the files of which the
browser's is made too (`app/query/private`), and filled in for each answer.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, Self, TypeVar

from flask import current_app, g, render_template
from markupsafe import Markup

from app.answer_pages.constant_time_template import ConstantTimeTemplate, parse_template
from app.answer_pages.coverage import data_views
from app.answer_pages.household import HouseholdView
from app.answer_pages.placeholders import Placeholder
from app.answer_pages.reminder import calendar_form
from app.answer_pages.view_model import AnswerView, Hotlines, answer_view
from app.i18n import current_language
from app.services import current_services
from app.web.template_context import authority_here, ready_filters
from app.web.text_size import is_large_text
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.result import ListedExposure, LookupResult

PADDED_UNIT_BYTES = 8_192
PART_BYTES = 8_192
TRIPS_OF_A_LABEL_BYTES = 6_656  # two trips, with long rules in three-byte characters
CITIZEN_TEMPLATE = "answer_pages/household.html"
TITLE_TEMPLATE = "answer_pages/title.html"
DATA_TEMPLATE = "answer_pages/data.html"
COUNTER_TEMPLATE = "counter/household.html"
TEMPLATES_EXTENSION = "gauge-answer-templates"
TEMPLATES_MAX = 64  # of pages and parts: languages, asked for or accepted, one or several people
TITLE = Placeholder("title")  # take the place of what differs between answers
PART = Placeholder("part")

T = TypeVar("T")


def present_answer(result: LookupResult[ListedExposure], today: date, language: str) -> AnswerView:
    """Return the view model of a lookup result; language: of the present request, BCP 47."""
    services = current_services()
    settings = services.settings
    hotlines = Hotlines(authority_here(language), settings.hotline, settings.authority_hotlines)
    places = services.indexes.published_places()
    return answer_view(result, language, today, hotlines, places)


def render_answer(household: HouseholdView, indexes: tuple[Manifest, ...], file: str) -> bytes:
    """Render a page of answers in UTF-8: title and part differ, the whole has one length.

    file: of the frame around them, which is the same for everybody whose answer is of the same
    indexes, in one language, and made once.
    """
    builds = tuple([manifest.build_id for manifest in indexes])
    pages = _Pages.of_this_request(builds, household.language)
    several = household.several
    frame = pages.remembered((file, several), lambda: _split(_frame(file, several, indexes)))
    title = pages.template(TITLE_TEMPLATE, several).render({"household": household})
    part = _render_part(pages, household, CITIZEN_TEMPLATE, title)
    return b"".join([frame[0], title, frame[1], part, frame[2]])


def render_household(
    household: HouseholdView,
    builds: tuple[str, ...],
    template: str = CITIZEN_TEMPLATE,
) -> bytes:
    """Render the part in UTF-8, padded; builds: that answered."""
    return _render_part(
        _Pages.of_this_request(builds, household.language), household, template, b""
    )


def render_data(indexes: tuple[Manifest, ...]) -> Markup:
    """Return age and coverage of the data behind an answer, as markup: made once, as the frame."""
    builds = tuple(manifest.build_id for manifest in indexes)
    return _Pages.of_this_request(builds, current_language()).remembered(
        (DATA_TEMPLATE,),
        lambda: Markup(render_template(DATA_TEMPLATE, data=data_views(indexes))),  # noqa: S704 - a template of ours, escaped
    )


def padding_for(sent: int, labels: int, people: int = 1) -> bytes:
    """Return the spaces that bring the part that differs between answers to one length.

    It depends on what was sent and on the number of indexes only. sent: bytes; labels: read in all
    indexes, for each name and each document alone; there may be as many trips as they hold.
    """
    most = max(sent, people * PART_BYTES + labels * TRIPS_OF_A_LABEL_BYTES)
    return b" " * (-(-most // PADDED_UNIT_BYTES) * PADDED_UNIT_BYTES - sent)


class _Pages(NamedTuple):
    """Pages and parts that were made of the same builds, as one reader reads them.

    Asked of the request once for an answer: each question goes a long way through the framework.
    """

    builds: tuple[str, ...]
    reading: tuple[object, ...]
    made: dict[tuple[object, ...], Any]

    @classmethod
    def of_this_request(cls, builds: tuple[str, ...], language: str) -> Self:
        """Return those in the language and size of text of the present request."""
        reading = (language, g.get("language_parameter"), is_large_text())
        return cls(builds, reading, current_app.extensions.setdefault(TEMPLATES_EXTENSION, {}))

    def template(self, file: str, several: bool) -> ConstantTimeTemplate:
        return self.remembered((file, several), lambda: _parse(file, several))

    def remembered(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was made, made once; key: the template, and what else it is made of."""
        whole_key = (key, self.builds, self.reading)
        made: T | None = self.made.get(whole_key)
        if made is None:
            if len(self.made) >= TEMPLATES_MAX:
                self.made.clear()
            made = self.made[whole_key] = make()
        return made


def _render_part(pages: _Pages, household: HouseholdView, template: str, beside: bytes) -> bytes:
    """Render the part, padded with what differs beside it."""
    part = pages.template(template, household.several).render({"household": household})
    labels = len(pages.builds) * household.labels
    return part + padding_for(len(beside) + len(part), labels, household.size)


def _parse(file: str, several: bool) -> ConstantTimeTemplate:
    text = render_template(
        file,
        household=Placeholder("household"),
        several=several,
        in_browser=False,
        at_counter=file == COUNTER_TEMPLATE,
    )
    return parse_template(text, ready_filters())


def _frame(file: str, several: bool, indexes: tuple[Manifest, ...]) -> str:
    filled = {"title": TITLE, "part": PART, "data": data_views(indexes)}
    return render_template(file, several=several, reminder=calendar_form(), **filled)


def _split(page: str) -> tuple[bytes, bytes, bytes]:
    before, _, behind = page.partition(str(TITLE))
    between, _, after = behind.partition(str(PART))
    return before.encode(), between.encode(), after.encode()
