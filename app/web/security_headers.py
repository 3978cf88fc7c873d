"""Add the security headers that every response carries.

Threat: injected markup, framing, sniffing, leaks of addresses to other sites, answers kept by a
cache. Limit: a policy that allows our own style sheets, scripts, pictures and forms and nothing
else; within a page the style sheets of the bundle by their hash, and never a script. JSON and
octets, which no browser shows as a page, carry those that count for data (OWASP REST Security Cheat
Sheet): each header of an answer costs time. A view may bring a policy of its own: the kiosk's page
needs a camera, and its reader of codes is WebAssembly.
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
# for the page and the worker that read codes: WebAssembly, and still no script made of a text
WASM_POLICY = CONTENT_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
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
DATA_TYPES = ("application/json", "application/problem+json", "application/octet-stream")
DATA_HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
OWN_POLICIES = frozenset({"Content-Security-Policy", "Permissions-Policy"})
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
NO_STORE = "no-store, no-transform"

# named here: an annotation within a function is made anew at each request
Headers = list[tuple[str, str]]
Write = Callable[[bytes], object]


class SecurityHeaders:
    """The headers of every response of one service."""

    def __init__(self, *, https: bool, inline_styles: Iterable[str] = ()) -> None:
        """https: whether browsers come by https only; inline_styles: hashes, as sources."""
        transport = (STRICT_TRANSPORT,) if https else ()
        styles = " ".join(("style-src 'self'", *inline_styles))
        headers = ((name, value.replace("style-src 'self'", styles)) for name, value in HEADERS)
        self._of_pages = (*headers, *transport)
        self._of_data = (*DATA_HEADERS, *transport)

    def add_to(self, headers: Headers) -> None:
        """Add them to the headers of a response; no-store too where it says nothing of caching."""
        added, has_cache_control = self._of_pages, False
        own: set[str] | None = None
        for name, value in headers:
            if name == "Content-Type" and value in DATA_TYPES:
                added = self._of_data
            elif name == "Cache-Control":
                has_cache_control = True
            elif name in OWN_POLICIES:
                own = {name, *(own or ())}
        if not has_cache_control:
            headers.append(("Cache-Control", NO_STORE))
        if own is not None:
            added = tuple(header for header in added if header[0] not in own)
        headers.extend(added)


def register_security_headers(app: Flask, security: SecurityHeaders) -> None:
    """Add the headers to every response of an app.

    Around the app, not within it: the hot path spends a microsecond on them instead of ten.
    """
    inner = app.wsgi_app

    def with_headers(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            headers: Headers,
            error: Any = None,  # noqa: ANN401 - as WSGI gives it
            /,
        ) -> Write:
            security.add_to(headers)
            return start_response(status, headers, error)

        return inner(environ, start)

    app.wsgi_app = with_headers  # type: ignore[method-assign]
