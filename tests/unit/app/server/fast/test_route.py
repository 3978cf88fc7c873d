"""A fast route is called without WSGI and without Flask, and answers byte for byte as the view."""

import json
from http import HTTPStatus

import pytest
from flask import Response

from app.limits.outcomes import LimitKind, LimitReached
from app.server.fast import wsgi
from app.server.fast.api_routes import FAST_ROUTES
from app.services import EXTENSION
from app.web.error_types import BadInput

PATH = "/api/v1/checks"
PEER = "127.0.0.1"


@pytest.fixture
def app(app_of, published, monkeypatch):
    """An app of which the views alone answer."""
    monkeypatch.setattr(wsgi, "FAST_BODY_MAX_BYTES", 0)
    return app_of(published)


def respond(app, body: bytes):
    return FAST_ROUTES[PATH].respond(app.extensions[EXTENSION], PEER, None, body)


@pytest.mark.parametrize("person", ["close", "unlisted"])
def test_a_check_is_answered_with_status_headers_and_bytes_of_the_view(app, people, person):
    body = json.dumps(getattr(people, person).as_form()).encode()
    by_view = app.test_client().post(PATH, data=body, content_type="application/json")
    response = respond(app, body)
    assert (by_view.status_code, by_view.data) == (response.status, response.body)
    assert set(response.headers) <= set(by_view.headers.items())
    assert ["Content-Type", "Content-Length"] == [name for name, _ in response.headers]


def test_what_cannot_be_parsed_is_left_to_the_view(app):
    assert respond(app, b"{") is None


@pytest.mark.parametrize(
    "error",
    [
        LimitReached(7, LimitKind.NETWORK),
        BadInput(HTTPStatus.UNPROCESSABLE_ENTITY),
        RuntimeError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_answered_with_status_headers_and_bytes_of_the_view(
    app, people, error, monkeypatch
):
    def fails(*_, **__):
        raise error

    body = json.dumps(people.close.as_form()).encode()
    limits = app.extensions[EXTENSION].check_limits
    for admit in ("admit_check", "admit_network"):  # of the route, and of the view
        monkeypatch.setattr(limits, admit, fails)
    by_view = app.test_client().post(PATH, data=body, content_type="application/json")
    response = respond(app, body)
    assert 400 <= response.status
    assert (by_view.status_code, by_view.data) == (response.status, response.body)
    assert set(response.headers) <= set(by_view.headers.items())
    assert by_view.status == wsgi.STATUS_LINES[response.status]


def test_status_lines_are_written_as_flask_writes_them():
    statuses = [200, 400, 413, 415, 422, 429, 500, 503]
    assert [Response(status=status).status for status in statuses] == [
        wsgi.STATUS_LINES[status] for status in statuses
    ]
