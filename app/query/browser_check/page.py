"""The parts of the form's page with which a browser checks privately and tells the answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import render_template
from flask_babel import format_date, get_locale, get_timezone
from markupsafe import Markup

from app.current_index import CannotAnswer, Serving
from app.languages import current_language
from app.named_values import Named
from app.query.answer_page import DATE, DATE_OF_TRAVEL, data_shown
from app.query.people.typed import Typed
from app.query.words import (
    ANOTHER_AUTHORITY,
    FIELD_FAULTS,
    ID_TYPE_WORDS,
    MODE_WORDS,
    RELATION_WORDS,
    TIER_WORDS,
    carriage_words,
    fault_words,
)
from app.service import Service, service
from exposure_index.label import CARRIAGE_OTHER

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class BrowserCheck:
    """facts: what the scripts need to know, as JSON; answer and person: patterns to fill in."""

    facts: dict[str, Any]
    answer: Markup
    person: Markup


def checkable_in_browser() -> Serving | None:
    """Return what is answered from where all of it has a private check, else None."""
    try:
        serving = service().index.serving()
    except CannotAnswer:
        return None
    return serving if all(manifest.private for manifest in serving.manifests) else None


def browser_check() -> BrowserCheck | None:
    """Return what the page needs, None where there is no private check to offer."""
    serving = checkable_in_browser()
    if serving is None:
        return None
    household = Named("household")
    answer = render_template(
        "query/browser_check/answer.html",
        household=household,
        data=Named("data"),
        data_here=data_shown(serving.manifests),
    )
    person = render_template(
        "query/browser_check/person.html",
        person=Typed(place=Named("place")),  # type: ignore[arg-type]
        people=(Named("first"), Named("second")),
        faults={},
        id_types=ID_TYPE_WORDS,
    )
    return BrowserCheck(_facts(service(), serving), Markup(answer), Markup(person))  # noqa: S704 - templates rendered both, escaped


def _facts(running: Service, serving: Serving) -> dict[str, Any]:
    return {
        "now": datetime.now(UTC).isoformat(),
        "language": current_language(),
        "dates": {
            "pattern": get_locale().date_formats["long"].pattern,
            "months": [format_date(date(2020, month, 1), "MMMM") for month in MONTHS],
            "timezone": str(get_timezone()),
        },
        "trust": running.index.trusts(),
        "missing": [{"authority": one.authority, "why": one.why} for one in serving.missing],
        "builds": [manifest.build_id for manifest in serving.manifests],
        "hotlines": dict(running.settings.authority_hotlines),
        "people_max": running.settings.people_per_form,
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    faults = {f"{field} {reason}": str(words) for (field, reason), words in FIELD_FAULTS.items()}
    return {
        "modes": {mode.word: str(words) for mode, words in MODE_WORDS.items()},
        "tiers": {tier.word: str(words) for tier, words in TIER_WORDS.items()},
        "relations": {relation.word: str(words) for relation, words in RELATION_WORDS.items()},
        "id_types": {name: str(words) for name, words in ID_TYPE_WORDS.items()},
        "faults": {**faults, "": str(fault_words("", ""))},
        "another_carriage": str(carriage_words(CARRIAGE_OTHER)),
        "another_authority": str(ANOTHER_AUTHORITY),
        "date": str(DATE),
        "date_of_travel": str(DATE_OF_TRAVEL),
    }
