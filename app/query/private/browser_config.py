"""GET /check/private: the configuration with which a browser checks privately and answers itself.

Apart from the form, which is there at once. It is the same for everybody: the page cache holds it.
So are from and to of published trips, which a browser asks for beside it, before it knows whether
it will need any.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template
from flask_babel import format_date, get_locale, get_timezone
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.answer_pages.coverage import data_views
from app.answer_pages.place_words import (
    cabin_words,
    carriage_words,
    extra_carriage_words,
    numbered_cabin_words,
    numbered_carriage_words,
)
from app.answer_pages.placeholders import Placeholder
from app.answer_pages.reminder import calendar_form
from app.answer_pages.texts import (
    ANOTHER_AUTHORITY,
    BETWEEN_DISEASES,
    DISEASE_WORDS,
    ID_TYPE_WORDS,
    MODE_WORDS,
    NEIGHBOURING_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    browser_fault_words,
)
from app.answer_pages.zone_pictures import browser_pictures
from app.checks.person_form import PersonForm
from app.i18n import current_language
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer
from app.query.manifests_api import index_document
from app.services import AppServices, current_services
from app.web.cached_pages import REVALIDATED, CachedPage, cached_page
from app.web.day_forms import long_pattern, short_pattern, weekday_names
from app.web.security_headers import NO_STORE
from app.web.template_context import moment_form, weekday_form
from exposure_index.label.carriages import CARRIAGE_OTHER

MONTHS = range(1, 13)
# Han as it is: shorter than as escapes, compressed too
as_text = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
as_json = partial(htmlsafe_json_dumps, dumps=as_text)

bp = Blueprint("browser_config", __name__)


@dataclass(frozen=True, slots=True)
class BrowserConfig:
    """What a browser needs for a private check.

    facts: what the scripts need to know, as JSON; index: the signed manifests, as
    ``GET /api/v1/index`` answers them; answer and person: templates to fill in.
    """

    facts: dict[str, Any]
    index: dict[str, Any]
    answer: Markup
    person: Markup


@bp.get("/check/private")
@cached_page(CachedPage(NO_STORE))
def browser_config() -> str:
    """Return templates and facts as HTML that no page shows. Raises CannotAnswer."""
    snapshot = checkable_in_browser()
    if snapshot is None:
        raise CannotAnswer(("private_missing",))
    return _config_page(snapshot)


@bp.get("/check/private/places")
@cached_page(CachedPage(REVALIDATED, by_language=False))
def published_places() -> Response:
    """Return from and to of published trips by build, as JSON. Raises CannotAnswer.

    Threat: whoever asks for the places of one trip is listed. Limit: there is one answer, which
    holds them all, and every browser asks for it ahead of its checks.
    """
    if checkable_in_browser() is None:
        raise CannotAnswer(("private_missing",))
    places = current_services().indexes.published_places()
    body = {build_id: of_build.as_json() for build_id, of_build in places.items()}
    return Response(as_text(body), content_type="application/json")


def checkable_in_browser() -> IndexSnapshot | None:
    """Return the snapshot of indexes where all of them have a private check, else None."""
    try:
        snapshot = current_services().indexes.snapshot()
    except CannotAnswer:
        return None
    return snapshot if all(manifest.private for manifest in snapshot.manifests) else None


def _config_page(snapshot: IndexSnapshot) -> str:
    household = Placeholder("household")
    answer = render_template(
        "query/private/answer.html",
        household=household,
        several=household.several,
        in_browser=True,
        data=Placeholder("data"),
        data_here=data_views(snapshot.manifests),
        reminder=calendar_form(),
    )
    person = render_template(
        "query/private/person_row.html",
        person=PersonForm(place=Placeholder("place")),  # type: ignore[arg-type]
        people=(Placeholder("first"), Placeholder("second")),
        faults={},
        kinds_open=(),
        doubted=(),
        id_types=ID_TYPE_WORDS,
    )
    config = BrowserConfig(
        _facts(current_services(), snapshot),
        index_document(snapshot),
        Markup(answer),  # noqa: S704 - templates rendered both, escaped
        Markup(person),  # noqa: S704
    )
    return render_template("query/private/browser_config.html", config=config, as_json=as_json)


def _facts(services: AppServices, snapshot: IndexSnapshot) -> dict[str, Any]:
    return {
        "language": current_language(),
        "dates": {
            "pattern": long_pattern(get_locale()),
            "short_pattern": short_pattern(get_locale()),
            "months": [format_date(date(2020, month, 1), "MMMM") for month in MONTHS],
            "weekdays": weekday_names(get_locale()),
            "weekday": weekday_form("{weekday}", "{day}"),
            "moment": moment_form("{day}", "{time}", "{offset}"),
            "timezone": str(get_timezone()),
        },
        "trust": services.indexes.trust_documents(),
        "missing": [{"authority": one.authority, "why": one.why} for one in snapshot.missing],
        "builds": [manifest.build_id for manifest in snapshot.manifests],
        "hotlines": dict(services.settings.authority_hotlines),
        "people_max": services.settings.people_per_form,
        "pictures": browser_pictures(),
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "modes": {mode.word: str(words) for mode, words in MODE_WORDS.items()},
        "tiers": {tier.word: str(words) for tier, words in TIER_WORDS.items()},
        "relations": {relation.word: str(words) for relation, words in RELATION_WORDS.items()},
        "neighbouring": {mark: str(words) for mark, words in NEIGHBOURING_WORDS.items()},
        "id_types": {name: str(words) for name, words in ID_TYPE_WORDS.items()},
        "faults": browser_fault_words(),
        "diseases": {name: str(words) for name, words in DISEASE_WORDS.items()},
        "between_diseases": str(BETWEEN_DISEASES),
        "carriage": numbered_carriage_words("{number}"),
        "extra_carriage": extra_carriage_words("{number}"),
        "another_carriage": carriage_words(CARRIAGE_OTHER),
        "cabin": numbered_cabin_words("{number}"),
        "another_cabin": cabin_words(CARRIAGE_OTHER),
        "another_authority": str(ANOTHER_AUTHORITY),
    }
