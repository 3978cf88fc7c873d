"""Headers that every response carries.

Threat: injected markup, framing, sniffing, leaks of addresses to other sites, answers kept by a
cache. Limit: a policy that allows our own style sheet, pictures and forms and nothing else.
"""

from flask import Flask, Response

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
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
    """Add the headers to every response; no-store too where a view says nothing of caching."""
    headers = (*HEADERS, STRICT_TRANSPORT) if https else HEADERS

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(headers)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NO_STORE
        return response
