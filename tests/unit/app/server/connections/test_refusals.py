"""Whatever cannot be read gets a status and its phrase, and nothing of what was sent."""

import json
from http import HTTPStatus

import pytest
from gunicorn.asgi.parser import InvalidHeader, LimitRequestLine

from app.server.connections.refusals import ExpectationFailed, refusal, status_of


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (414, LimitRequestLine("SILVA-ANA")),
        (400, InvalidHeader("SILVA-ANA")),
        (417, ExpectationFailed()),
    ],
)
def test_an_error_has_a_status(status, error):
    assert status == status_of(error)


def test_a_refusal_is_a_whole_response():
    head, _, body = refusal(HTTPStatus.SERVICE_UNAVAILABLE, 5).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert b"HTTP/1.1 503 Service Unavailable" == lines[0]
    assert {b"Connection: close", b"Retry-After: 5", b"Content-Length: %d" % len(body)} <= set(
        lines
    )
    assert 503 == json.loads(body)["status"]


def test_a_refusal_of_head_is_that_of_get_without_its_body():
    head, end, _ = refusal(HTTPStatus.BAD_REQUEST).partition(b"\r\n\r\n")
    assert head + end == refusal(HTTPStatus.BAD_REQUEST, is_head_only=True)
