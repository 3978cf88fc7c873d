"""Template context, which every page has: languages, authority, warnings, times in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import format_date, get_locale, gettext, to_user_timezone
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from app.i18n import LANGUAGE_PARAMETER, current_language, native_name, text_direction
from app.indexes.store import CannotAnswer
from app.languages import languages
from app.services import current_services
from app.web.assets import asset_integrity, asset_names, asset_url, script_tag


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language to change to; url None for the present one."""

    tag: str
    name: str
    url: str | None


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
    app.jinja_env.filters["moment"] = moment_words
    app.jinja_env.filters["telephone"] = telephone
    app.jinja_env.globals["asset_url"] = lambda name: asset_url(name, names)
    app.jinja_env.globals["script_url"] = lambda name: (
        asset_url(name, names) if name in names else ""
    )
    app.jinja_env.globals["script"] = lambda name: script_tag(name, names, integrity)
    app.context_processor(_every_page)


def day_words(day: date) -> str:
    """Return a date in the reader's language: 2 February 2020, 2020年2月2日."""
    return str(format_date(day, "long", rebase=False))


def moment_words(moment: datetime) -> str:
    """Return a time in the service's zone, with its difference from UTC."""
    local = to_user_timezone(moment)
    offset = local.strftime("%z")
    return moment_form(
        day=day_words(local.date()), time=f"{local:%H:%M}", offset=f"{offset[:3]}:{offset[3:5]}"
    )


def moment_form(day: str, time: str, offset: str) -> str:
    """Return the parts of a time put together as the reader's language does."""
    return str(gettext("%(day)s %(time)s (UTC%(offset)s)", day=day, time=time, offset=offset))


def telephone(hotline: str) -> str:
    """Return a telephone number as a tel: address takes it."""
    return "".join(c for c in hotline if c in "+0123456789")


def authority_here() -> str:
    """Return the health authority's name in the present request's language, "" for several."""
    return current_services().settings.authority_in(current_language()) or _authority_of_index()


def _every_page() -> dict[str, Any]:
    settings = current_services().settings
    language = current_language()
    return {
        "language": language,
        "direction": text_direction(),
        "language_links": _language_links(language),
        "authority": authority_here(),
        "hotline": settings.hotline,
        "demo": settings.demo,
        "organisations_on": settings.organisations == "on",
        "limits_off": settings.limits == "off",
        "locale": get_locale(),
    }


def _language_links(present: str) -> list[LanguageLink]:
    """Return links to this page in each language; to the start page where it is not for GET."""
    endpoint, values = request.endpoint, dict(request.view_args or {})
    if request.routing_exception is not None or endpoint is None or "GET" not in _methods():
        endpoint, values = "home.home", {}
    if request.method == "POST":
        endpoint, values = _form_of_this_address(), {}
    return [
        LanguageLink(
            tag,
            native_name(tag),
            None if tag == present else url_for(endpoint, **{**values, LANGUAGE_PARAMETER: tag}),
        )
        for tag in languages()
    ]


def _form_of_this_address() -> str:
    """Return the endpoint that answers GET where this was posted, else one beside it, or home."""
    here = request.url_rule.rule if request.url_rule is not None else ""
    readable = [
        rule
        for rule in current_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    same = (rule.endpoint for rule in readable if rule.rule == here)
    beside = (
        rule.endpoint
        for rule in readable
        if request.blueprint and rule.endpoint.startswith(f"{request.blueprint}.")
    )
    return next(same, None) or next(beside, "home.home")


def _methods() -> set[str]:
    rule = request.url_rule
    return set(rule.methods or ()) if rule is not None else set()


def _authority_of_index() -> str:
    try:
        manifests = current_services().indexes.snapshot().manifests
    except CannotAnswer:
        return ""
    return manifests[0].authority if len(manifests) == 1 else ""
