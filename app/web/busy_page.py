"""The page for whoever finds every thread busy: made before it is needed, answered by the loop.

Why: no thread is left to make a page then, and whoever reads is not helped by problem details.
"""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Flask, render_template
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.api_response import ApiResponse
from app.i18n import negotiate_language
from app.languages import languages
from app.limits.outcomes import LimitKind
from app.web.errors import LIMIT_MESSAGES, MACHINE_PREFIXES
from app.web.page_renderer import languages_of_query
from app.web.security_headers import NO_STORE

ACCEPT_LANGUAGE = b"accept-language"


class BusyPage:
    """The page in each language, the same for everybody; safe for several threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._bodies: dict[str, bytes] = {}
        self._languages_of_query = languages_of_query()

    def make(self) -> None:
        """Make the page in every language; it takes some 10 ms for each."""
        for tag in languages():
            with self._app.test_request_context("/", headers={"Accept-Language": tag}):
                words = LIMIT_MESSAGES[LimitKind.EVERYWHERE]
                text = render_template("errors/limited.html", words=words, retry_minutes=1)
            self._bodies[tag] = text.encode()

    def respond(
        self, path: str, query: str, headers: Sequence[tuple[bytes, bytes]], retry_seconds: int
    ) -> ApiResponse | None:
        """Return the page (503) in a reader's language; None for programs, and until it is made.

        query: without "?"; headers: names in lower case. Nothing of them stands in it.
        """
        if path.startswith(MACHINE_PREFIXES):
            return None
        body = self._bodies.get(self._language(query, headers))
        if body is None:
            return None
        return ApiResponse(
            HTTPStatus.SERVICE_UNAVAILABLE,
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Cache-Control", NO_STORE),
                ("Retry-After", str(retry_seconds)),
                ("Content-Length", str(len(body))),
            ],
            body,
        )

    def _language(self, query: str, headers: Sequence[tuple[bytes, bytes]]) -> str:
        given = next((value for name, value in headers if name == ACCEPT_LANGUAGE), b"")
        accepted = parse_accept_header(given.decode("latin-1"), LanguageAccept)
        return negotiate_language(languages(), self._languages_of_query.get(query), accepted)
