"""Whether a request came by https, where a proxy of the operator's own ends TLS and says so.

Threat: whoever asks says in a header that the request came by https, or under which address the
service stands, and addresses and cookies are made accordingly. Limit: X-Forwarded-Proto is believed
from GAUGE_TRUSTED_PROXIES, and from no one else; gunicorn, which would believe this machine, is
kept from reading it (``app/server/gunicorn_server.py``). No header names a host or a path.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, request

from app.limits.client_networks import ClientNetworks
from app.services import current_services

FORWARDED_SCHEME = "HTTP_X_FORWARDED_PROTO"
HTTPS = "https"


def register_forwarded_scheme(app: Flask, networks: ClientNetworks) -> None:
    """Let requests have the scheme by which a trusted proxy was asked."""
    if not networks.has_proxies:
        return
    inner = app.wsgi_app

    def with_scheme(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        scheme = environ.get(FORWARDED_SCHEME, "").strip().lower()
        if scheme == HTTPS and networks.trusts(environ.get("REMOTE_ADDR")):
            environ["wsgi.url_scheme"] = HTTPS
        return inner(environ, start_response)

    app.wsgi_app = with_scheme  # type: ignore[method-assign]


def came_by_https() -> bool:
    """Return whether the present request came by https: then its cookies go by https only."""
    return current_services().settings.base_url.startswith("https://") or request.is_secure
