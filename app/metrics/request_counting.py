"""Counts each request by surface and outcome, outside everything else.

Threat: whoever reads metrics before and after one request learns its result. Limit: listed and
unlisted are one outcome, "answered"; no label holds a path, an address or a status of its own.
"""

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from app.metrics.shared_counts import WorkerCounts

_EXACT = {
    "/api/v1/checks": "check_api",
    "/check": "check_page",
    "/trips": "trips",
    "/api/v1/trips": "trips",
    "/healthz": "health",
    "/readyz": "health",
}
_BEGINNINGS = (
    ("/trips/", "trips"),
    ("/b/", "private"),
    ("/api/v1/private/", "private"),
    ("/org", "bulk"),
    ("/api/v1/bulk/", "bulk"),
    ("/kiosk", "kiosk"),
    ("/api/v1/kiosk/", "kiosk"),
)
_BY_CLASS = {2: "answered", 3: "answered", 4: "refused"}
_BY_STATUS = {status: _BY_CLASS.get(status // 100, "failed") for status in range(100, 600)} | {
    429: "limited",
    503: "cannot_answer",
}


def count_requests(app: Flask, counts: WorkerCounts) -> None:
    """Count every request to the app, and the time that it takes."""
    inner = app.wsgi_app

    def counting(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = perf_counter()
        final_status = "500"

        def start(
            status: str,
            headers: list[tuple[str, str]],
            error: Any = None,  # noqa: ANN401 - as WSGI gives it
            /,
        ) -> Callable[[bytes], object]:
            nonlocal final_status
            final_status = status
            return start_response(status, headers, error)

        try:
            return inner(environ, start)
        finally:
            surface = surface_of(environ["REQUEST_METHOD"], environ["PATH_INFO"])
            counts.count(surface, outcome_of(int(final_status[:3])), perf_counter() - began)

    app.wsgi_app = counting  # type: ignore[method-assign]


def surface_of(method: str, path: str) -> str:
    """Return the part of the service that a request meant; asking for a form is no check."""
    surface = _EXACT.get(path)
    if surface is None:
        return next((name for start, name in _BEGINNINGS if path.startswith(start)), "other")
    return "other" if surface in ("check_api", "check_page") and method != "POST" else surface


def outcome_of(status: int) -> str:
    """Return the outcome that a status code stands for."""
    return _BY_STATUS.get(status, "failed")
