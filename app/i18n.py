"""Languages of pages, negotiated by ``?lang=`` or Accept-Language.

No cookie: the choice travels on every link and form action.
"""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, request
from flask_babel import Babel, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.languages import DEFAULT_LANGUAGE, ENGLISH, TRANSLATIONS, languages
from exposure_index.errors import ExitCode, ForeseenError

LANGUAGE_PARAMETER = "lang"
ACCEPTED_KEPT = 256  # what browsers ask for, and what it leads to
ACCEPTED_KEPT_CHARACTERS = 200
SCRIPT_LETTERS = 4
GAPLESS = ("zh", "ja")


class TranslationsMissing(ForeseenError):
    """The translations were not compiled: ``make setup`` does it."""

    exit_code = ExitCode.UNAVAILABLE


def compile_translations(folder: Path | None = None) -> list[str]:
    """Write each messages.mo that is missing or older than its messages.po; return their tags.

    Where the folder cannot be written nothing is done: register_languages raises what is missing.
    """
    tags = []
    for source in sorted((folder or TRANSLATIONS).glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as lines:
            catalog = read_po(lines, locale=source.parts[-3])
        partial = target.with_suffix(f".mo.{os.getpid()}")  # several services may start at once
        try:
            with partial.open("wb") as out:
                write_mo(out, catalog)
            partial.replace(target)
        except PermissionError:
            continue  # installed by another user, who compiled them; create_app looks whether
        tags.append(source.parts[-3].replace("_", "-"))
    return tags


@lru_cache
def native_name(tag: str) -> str:
    """Return the name of a language in that language, from its own translations."""
    translations = Translations.load(str(TRANSLATIONS), [tag.replace("-", "_")])
    return str(translations.pgettext("this language's own name", "English"))


def negotiate_language(
    offered: Sequence[str], parameter: str | None, accepted: LanguageAccept
) -> str:
    """Return the tag to answer in: of the address, else the best accepted that is offered.

    zh-TW, zh-HK and zh-MO lead to Traditional Chinese by Unicode's likely subtags. Who asks for
    other languages only gets English, unless it is refused; for none, or for one of China, Chinese.
    """
    if parameter in offered:
        return str(parameter)
    asked_for = [tag for tag, quality in accepted if quality > 0 and tag not in ("", "*")]
    for tag in asked_for:
        for candidate in _candidates(tag):
            if candidate in offered:
                return candidate
    if ENGLISH not in offered or _is_refused(ENGLISH, accepted):
        return DEFAULT_LANGUAGE
    reads_chinese = not asked_for or any(_is_of_china(tag) for tag in asked_for)
    return DEFAULT_LANGUAGE if reads_chinese else ENGLISH


def _is_of_china(tag: str) -> bool:
    """Tell Tibetan, Uyghur, Zhuang and the like, whose readers meet Chinese before English."""
    return _likely(_usual_case(tag))[-1:] in (["CN"], ["TW"])


def _is_refused(language: str, accepted: LanguageAccept) -> bool:
    return any(tag.lower() == language and quality <= 0 for tag, quality in accepted)


def _candidates(tag: str) -> Iterator[str]:
    """Yield what a tag may be answered with, best first: zh-Hant-HK → zh-Hant; zh-TW → zh-Hant."""
    parts = _usual_case(tag)
    yield "-".join(parts)
    yield "-".join(parts[:2])
    if not (len(parts) > 1 and len(parts[1]) == SCRIPT_LETTERS):
        yield "-".join(_likely(parts)[:2])
    yield parts[0]


def _likely(parts: list[str]) -> list[str]:
    """Return language, script and territory that Unicode holds likely; "" for an unknown one."""
    likely = get_global("likely_subtags")
    return str(likely.get("_".join(parts[:2])) or likely.get(parts[0], "")).split("_")


def _usual_case(tag: str) -> list[str]:
    """Return the parts of a tag in their usual case (zh-hant-hk → zh, Hant, HK); yue is Chinese."""
    parts = [
        part.title() if len(part) == SCRIPT_LETTERS else part.upper()
        for part in tag.replace("_", "-").split("-")
    ]
    parts[0] = parts[0].lower()
    return ["zh", "Hant", *parts[1:]] if parts[0] == "yue" else parts


def query_parameter(name: str) -> str | None:
    """Return a parameter of the present request's query, None where it has none of that name.

    Most requests have no query: it is parsed only where there is one.
    """
    return request.args.get(name) if request.environ.get("QUERY_STRING") else None


def current_language() -> str:
    """Return the tag of the language of the present request."""
    return _tag(get_locale())


def sentence_gap() -> str:
    """Return what stands between two sentences: nothing where these end in full-width signs."""
    return "" if current_language().startswith(GAPLESS) else " "


@lru_cache(maxsize=64)  # languages are offered by the dozen at most
def _tag(locale: Locale | None) -> str:
    return str(locale).replace("_", "-")


def register_languages(app: Flask, timezone: str) -> None:
    """Register languages and time zone. Raises TranslationsMissing where one is not compiled."""
    offered = languages()
    for tag in offered:
        if not (TRANSLATIONS / tag.replace("-", "_") / "LC_MESSAGES" / "messages.mo").exists():
            message = f"translations of {tag} are not compiled; run: make setup"
            raise TranslationsMissing(message)

    @lru_cache(maxsize=ACCEPTED_KEPT)
    def negotiate(parameter: str | None, accepted: str) -> Locale:
        best = negotiate_language(offered, parameter, parse_accept_header(accepted, LanguageAccept))
        return Locale.parse(best, "-")

    def select() -> Locale:
        parameter = query_parameter(LANGUAGE_PARAMETER)
        preferred = g.language_parameter = parameter if parameter in offered else None
        accepted = request.environ.get("HTTP_ACCEPT_LANGUAGE", "")
        if len(accepted) > ACCEPTED_KEPT_CHARACTERS:
            return negotiate.__wrapped__(preferred, accepted)
        return negotiate(preferred, accepted)

    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE.replace("-", "_"),
        default_timezone=timezone,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=select,
    )

    @app.url_defaults
    def carry_language(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" or LANGUAGE_PARAMETER in values:
            return
        get_locale()  # fills g.language_parameter
        if g.get("language_parameter"):
            values[LANGUAGE_PARAMETER] = g.language_parameter


def text_direction() -> str:
    """Return ltr or rtl for the language of the present request."""
    locale = get_locale()
    return locale.text_direction if isinstance(locale, Locale) else "ltr"
