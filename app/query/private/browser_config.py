"""GET /check/private: the configuration with which a browser checks privately and answers itself.

Apart from the form, which is there at once; made once for each language and build, and compressed:
it is the same for everybody.
"""

import gzip
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import format_date, get_locale, get_timezone
from markupsafe import Markup

from app.answer_pages.coverage import data_views
from app.answer_pages.placeholders import Placeholder
from app.answer_pages.texts import (
    ANOTHER_AUTHORITY,
    BETWEEN_DISEASES,
    DATE,
    DATE_OF_TRAVEL,
    DISEASE_WORDS,
    ID_TYPE_WORDS,
    MODE_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    browser_fault_words,
    carriage_words,
    extra_carriage_words,
)
from app.checks.person_form import PersonForm
from app.i18n import LANGUAGE_PARAMETER, current_language
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer
from app.services import AppServices, current_services
from app.web.template_context import moment_form
from exposure_index.label.carriages import CARRIAGE_OTHER

MONTHS = range(1, 13)
CONFIGS_EXTENSION = "gauge-browser-configs"
CONFIGS_MAX = 32  # languages, asked for or accepted, of two builds

bp = Blueprint("browser_config", __name__)


@dataclass(frozen=True, slots=True)
class BrowserConfig:
    """What a browser needs for a private check.

    facts: what the scripts need to know, as JSON; answer and person: templates to fill in.
    """

    facts: dict[str, Any]
    answer: Markup
    person: Markup


@bp.get("/check/private")
def browser_config() -> Response:
    """Return templates and facts as HTML that no page shows. Raises CannotAnswer."""
    snapshot = checkable_in_browser()
    if snapshot is None:
        raise CannotAnswer(("private_missing",))
    configs: dict[tuple[object, ...], tuple[bytes, bytes]]
    configs = current_app.extensions.setdefault(CONFIGS_EXTENSION, {})
    builds = tuple(manifest.build_id for manifest in snapshot.manifests)
    key = (current_language(), request.args.get(LANGUAGE_PARAMETER), builds, snapshot.missing)
    if key not in configs:
        if len(configs) >= CONFIGS_MAX:
            configs.clear()
        whole = _config_page(snapshot).encode()
        configs[key] = whole, gzip.compress(whole)
    whole, compressed = configs[key]
    response = Response(whole)
    if request.accept_encodings["gzip"]:
        response = Response(compressed, headers={"Content-Encoding": "gzip"})
    response.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return response


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
    )
    person = render_template(
        "query/private/person_row.html",
        person=PersonForm(place=Placeholder("place")),  # type: ignore[arg-type]
        people=(Placeholder("first"), Placeholder("second")),
        faults={},
        id_types=ID_TYPE_WORDS,
    )
    config = BrowserConfig(_facts(current_services(), snapshot), Markup(answer), Markup(person))  # noqa: S704 - templates rendered both, escaped
    return render_template("query/private/browser_config.html", config=config)


def _facts(services: AppServices, snapshot: IndexSnapshot) -> dict[str, Any]:
    return {
        "language": current_language(),
        "dates": {
            "pattern": get_locale().date_formats["long"].pattern,
            "months": [format_date(date(2020, month, 1), "MMMM") for month in MONTHS],
            "moment": moment_form("{day}", "{time}", "{offset}"),
            "timezone": str(get_timezone()),
        },
        "trust": services.indexes.trust_documents(),
        "missing": [{"authority": one.authority, "why": one.why} for one in snapshot.missing],
        "builds": [manifest.build_id for manifest in snapshot.manifests],
        "hotlines": dict(services.settings.authority_hotlines),
        "people_max": services.settings.people_per_form,
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "modes": {mode.word: str(words) for mode, words in MODE_WORDS.items()},
        "tiers": {tier.word: str(words) for tier, words in TIER_WORDS.items()},
        "relations": {relation.word: str(words) for relation, words in RELATION_WORDS.items()},
        "id_types": {name: str(words) for name, words in ID_TYPE_WORDS.items()},
        "faults": browser_fault_words(),
        "diseases": {name: str(words) for name, words in DISEASE_WORDS.items()},
        "between_diseases": str(BETWEEN_DISEASES),
        "another_carriage": str(carriage_words(CARRIAGE_OTHER)),
        "extra_carriage": extra_carriage_words("{number}"),
        "another_authority": str(ANOTHER_AUTHORITY),
        "date": str(DATE),
        "date_of_travel": str(DATE_OF_TRAVEL),
    }
