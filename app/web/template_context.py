"""Template context, which every page has: languages, authority, warnings, times in words."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, request, url_for
from flask_babel import get_locale, get_timezone, gettext
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from app.i18n import (
    LANGUAGE_PARAMETER,
    current_language,
    native_name,
    sentence_gap,
    text_direction,
)
from app.indexes.store import CannotAnswer
from app.languages import languages, whole_languages
from app.services import current_services
from app.web.assets import asset_integrity, asset_names, asset_url, inline_style, script_tag
from app.web.day_forms import day_form, short_day_form, written_days
from app.web.phrases import phrases, unphrased
from app.web.text_size import is_large_text, other_text_size_url, text_size_url

BEIJING_ZONES = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "PRC"})
"""Time zones whose clock readers of all languages here know by the name of Beijing."""


STAFF = frozenset({"counter", "openapi", "organisation"})


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language to change to; url None for the present one.

    kept_url: where a form of the present page is sent, to be shown again in that language.
    """

    tag: str
    name: str
    url: str | None
    kept_url: str | None


def register_template_context(app: Flask) -> None:
    """Give templates their loader, filters and context. Raises BundleMissing."""
    names, integrity = asset_names(), asset_integrity()
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("app"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.filters["day"] = day_words
    app.jinja_env.filters["short_day"] = short_day_words
    app.jinja_env.filters["weekday"] = weekday_words
    app.jinja_env.filters["moment"] = moment_words
    app.jinja_env.filters["telephone"] = telephone
    app.jinja_env.filters["phrases"] = phrases
    app.jinja_env.filters["unphrased"] = unphrased
    app.jinja_env.globals["asset_url"] = lambda name: asset_url(name, names)
    app.jinja_env.globals["script_url"] = lambda name: (
        asset_url(name, names) if name in names else ""
    )
    app.jinja_env.globals["inline_style"] = inline_style
    app.jinja_env.globals["script"] = lambda name: script_tag(name, names, integrity)
    app.context_processor(_every_page)


def day_words(day: date) -> str:
    """Return a date in the reader's language: 2 February 2020, 2020年2月2日."""
    return day_form(get_locale())(day)


def short_day_words(day: date) -> str:
    """Return a date without its year where that is this one and the language does so."""
    return short_day_form(get_locale(), current_services().settings.today().year)(day)


def weekday_words(day: date) -> str:
    """Return a date with its weekday: Wednesday 2 December 2026, 12月2日（星期三）."""
    return ready_filters()["weekday"](day)


def moment_words(moment: datetime) -> str:
    """Return a time in the service's zone, named or with its difference from UTC."""
    form = moment_form("{day}", "{time}", "{offset}")
    return _moment_words(_minute(moment), get_timezone(), form, get_locale())


def ready_filters() -> dict[str, Callable[[Any], str]]:
    """Return the filters of pages for the present language; they look nothing up any more.

    The year is this one's: a page made ready is used no longer than its build, for two days.
    """
    form, locale = moment_form("{day}", "{time}", "{offset}"), get_locale()
    year = current_services().settings.today().year
    zone = get_timezone()
    return {
        **written_days(locale, year, weekday_form("{weekday}", "{day}")),
        "moment": lambda moment: _moment_words(_minute(moment), zone, form, locale),
        "telephone": telephone,
    }


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@lru_cache(maxsize=256)  # of the present builds, and of checks of the last minutes
def _moment_words(minute: datetime, zone: tzinfo, form: str, locale: Locale) -> str:
    local = minute.astimezone(zone)
    offset = f"{local:%z}"
    return form.format(
        day=day_form(locale)(local.date()),
        time=f"{local:%H:%M}",
        offset=f"{offset[:3]}:{offset[3:5]}",
    )


def moment_form(day: str, time: str, offset: str) -> str:
    """Return the parts of a time put together as the reader's language does."""
    if str(get_timezone()) in BEIJING_ZONES:
        return str(gettext("%(day)s %(time)s (Beijing time)", day=day, time=time))
    return str(gettext("%(day)s %(time)s (UTC%(offset)s)", day=day, time=time, offset=offset))


def weekday_form(weekday: str, day: str) -> str:
    """Return a day and its weekday put together: Wednesday 2 December 2026, 12月2日（星期三）."""
    return str(gettext("%(weekday)s %(day)s", weekday=weekday, day=day))


def telephone(hotline: str) -> str:
    """Return a telephone number as a tel: address takes it."""
    return "".join(c for c in hotline if c in "+0123456789")


def authority_here(language: str) -> str:
    """Return the health authority's name in a language (BCP 47), "" for several."""
    return current_services().settings.authority_in(language) or _authority_of_index()


def _every_page() -> dict[str, Any]:
    settings = current_services().settings
    language = current_language()
    return {
        "language": language,
        "direction": text_direction(),
        "sentence_gap": sentence_gap(),
        "language_links": _language_links(language),
        "authority": authority_here(language),
        "large_text": is_large_text(),
        "other_text_size_url": other_text_size_url(),
        "kept_text_size_url": text_size_url(*_form_of_this_address())
        if request.method == "POST"
        else None,
        "hotline": settings.hotline,
        "demo": settings.demo,
        "has_help_places": bool(settings.help_places),
        "organisations_on": settings.organisations == "on",
        "limits_off": settings.limits == "off",
        "locale": get_locale(),
    }


def _language_links(present: str) -> list[LanguageLink]:
    """Return links to this page in each language; to the start page where it is not for GET."""
    endpoint, values = request.endpoint, dict(request.view_args or {})
    if request.routing_exception is not None or endpoint is None or "GET" not in _methods():
        endpoint, values = "home.home", {}
    kept, kept_values = endpoint, values
    if request.method == "POST":
        if request.routing_exception is None and request.endpoint is not None:
            kept, kept_values = request.endpoint, dict(request.view_args or {})
        endpoint, values = _form_of_this_address()
    return [
        LanguageLink(tag, native_name(tag), None, None)
        if tag == present
        else LanguageLink(
            tag,
            native_name(tag),
            url_for(endpoint, **{**values, LANGUAGE_PARAMETER: tag}),
            url_for(kept, **{**kept_values, LANGUAGE_PARAMETER: tag}),
        )
        for tag in _languages_of_page()
    ]


def _languages_of_page() -> tuple[str, ...]:
    """Return the languages to offer: on pages of staff those that hold the texts of staff."""
    return whole_languages() if request.blueprint in STAFF else languages()


def _form_of_this_address() -> tuple[str, dict[str, Any]]:
    """Return endpoint and values of the page whose form was posted here, home where there is none.

    It is what answers GET at this address, else at the nearest one above it: /members for
    /members/invite, the page of a list for the search within its rows.
    """
    adapter = current_app.create_url_adapter(request)
    path = request.path
    while adapter is not None and path.strip("/"):
        with suppress(HTTPException):
            endpoint, values = adapter.match(path, method="GET")
            return endpoint, dict(values)
        path = path.rpartition("/")[0]
    return "home.home", {}


def _methods() -> set[str]:
    rule = request.url_rule
    return set(rule.methods or ()) if rule is not None else set()


def _authority_of_index() -> str:
    try:
        manifests = current_services().indexes.snapshot().manifests
    except CannotAnswer:
        return ""
    return manifests[0].authority if len(manifests) == 1 else ""
