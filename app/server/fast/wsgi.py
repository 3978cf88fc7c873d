"""Put fast routes in front of a WSGI application."""

import io
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from app.proofs.issuer import HEADER
from app.server.fast.route import FAST_BODY_MAX_BYTES, FastRoute
from app.services import AppServices

PROOF_VARIABLE = f"HTTP_{HEADER.upper().replace('-', '_')}"
# as Flask writes them
STATUS_LINES = {status.value: f"{status.value} {status.phrase.upper()}" for status in HTTPStatus}


def register_fast_routes(
    app: Flask, services: AppServices, routes: Mapping[str, FastRoute[bytes, Any]]
) -> None:
    """Let the fast routes, by path, answer before the app does."""
    app.wsgi_app = _with_routes(app.wsgi_app, services, routes)  # type: ignore[assignment,method-assign]


def _with_routes(
    inner: WSGIApplication, services: AppServices, routes: Mapping[str, FastRoute[bytes, Any]]
) -> WSGIApplication:
    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        route = routes.get(environ["PATH_INFO"])
        if route is None or environ["REQUEST_METHOD"] != "POST":
            return inner(environ, start_response)
        body = _body(environ, route.content_type)
        if body is None:
            return inner(environ, start_response)
        response = route.respond(
            services, environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR"), body
        )
        if response is None:
            return inner(environ, start_response)
        start_response(STATUS_LINES[response.status], response.headers)
        return (response.body,)

    return respond


def _body(environ: WSGIEnvironment, content_type: str) -> bytes | None:
    """Return the body of a plain request, None where the view should judge."""
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ.get("CONTENT_TYPE") != content_type
        or PROOF_VARIABLE in environ
        or "HTTP_TRANSFER_ENCODING" in environ
        or not length.isascii()
        or not length.isdigit()
        or not 0 < int(length) <= FAST_BODY_MAX_BYTES
    ):
        return None
    try:
        body: bytes = environ["wsgi.input"].read(int(length))
    except OSError:  # the client fell silent
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)  # the view may want to read it
    return body if len(body) == int(length) else None
