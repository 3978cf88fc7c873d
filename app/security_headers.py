"""Headers that every response carries.

Threat: injected markup, framing, sniffing, leaks of addresses to other sites, answers kept by a
cache. Limit: a policy that allows our own style sheet, scripts, pictures and forms and nothing
else; never a script within a page.
"""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# same-origin, not no-referrer: under no-referrer a browser sends "Origin: null" with our own form
HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", CONTENT_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
NO_STORE = "no-store, no-transform"


def register_security_headers(app: Flask, *, https: bool) -> None:
    """Add the headers to every response; no-store too where a view says nothing of caching.

    Around the app, not within it: the hot path spends a microsecond on them instead of ten.
    """
    headers = list((*HEADERS, STRICT_TRANSPORT) if https else HEADERS)
    inner = app.wsgi_app

    def with_headers(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            given: list[tuple[str, str]],
            error: Any = None,  # noqa: ANN401 - as WSGI gives it
            /,
        ) -> Callable[[bytes], object]:
            if not any(name == "Cache-Control" for name, _ in given):
                given.append(("Cache-Control", NO_STORE))
            given.extend(headers)
            return start_response(status, given, error)

        return inner(environ, start)

    app.wsgi_app = with_headers  # type: ignore[method-assign]
