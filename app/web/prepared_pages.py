"""Pages for whoever finds every thread busy, or a bug of ours: made beforehand, sent by the front.

Why: no thread is left to make a page then, or the framework itself has failed; and whoever reads is
not helped by problem details.
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
from app.web.error_types import bug_problem, problem
from app.web.errors import LIMIT_MESSAGES, MACHINE_PREFIXES
from app.web.page_renderer import languages_of_query
from app.web.security_headers import NO_STORE

ACCEPT_LANGUAGE = b"accept-language"
RETRY_BUSY_SECONDS = 2
BUSY, BUG = HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INTERNAL_SERVER_ERROR
RequestHeaders = Sequence[tuple[bytes, bytes]]


class PreparedPages:
    """Each page in each language, the same for everybody; safe for several threads.

    Of a request stand in them its language alone. Headers: names in lower case; query: without "?".
    Programs get problem details instead, and everybody does until the pages are made.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._bodies: dict[tuple[HTTPStatus, str], bytes] = {}
        self._languages_of_query = languages_of_query()

    def make(self) -> None:
        """Make the pages in every language; it takes some 10 ms for each."""
        for tag in languages():
            with self._app.test_request_context("/", headers={"Accept-Language": tag}):
                words = LIMIT_MESSAGES[LimitKind.EVERYWHERE]
                busy = render_template("errors/limited.html", words=words, retry_minutes=1)
                bug = render_template("errors/bug.html")
            self._bodies |= {(BUSY, tag): busy.encode(), (BUG, tag): bug.encode()}

    def respond_busy(self, path: str, query: str, headers: RequestHeaders) -> ApiResponse:
        """Return what whoever finds every thread busy gets (503)."""
        retry = ("Retry-After", str(RETRY_BUSY_SECONDS))
        page = self._page(BUSY, path, query, headers)
        if page is None:
            return problem(BUSY, retry_seconds=RETRY_BUSY_SECONDS)
        return page._replace(headers=[*page.headers, retry])

    def respond_bug(
        self, error: Exception, path: str, query: str, headers: RequestHeaders
    ) -> ApiResponse:
        """Log a bug, without any value, and return what tells of it (500)."""
        details = bug_problem(error)
        return self._page(BUG, path, query, headers) or details

    def _page(
        self, status: HTTPStatus, path: str, query: str, headers: RequestHeaders
    ) -> ApiResponse | None:
        if path.startswith(MACHINE_PREFIXES):
            return None
        body = self._bodies.get((status, self._language(query, headers)))
        if body is None:
            return None
        return ApiResponse(
            status.value,
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Cache-Control", NO_STORE),
                ("Content-Length", str(len(body))),
            ],
            body,
        )

    def _language(self, query: str, headers: RequestHeaders) -> str:
        given = next((value for name, value in headers if name == ACCEPT_LANGUAGE), b"")
        accepted = parse_accept_header(given.decode("latin-1"), LanguageAccept)
        return negotiate_language(languages(), self._languages_of_query.get(query), accepted)
