"""A response's head is the same bytes by both ways, with a date once."""

from app.api_response import FinishedResponse
from app.server.connections.response_head import (
    response_head,
    status_line,
    whole_head,
    whole_response,
)


def test_a_short_response_is_its_head_and_body():
    lines = b"Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n"
    fields = ((b"Content-Type", b"text/plain"), (b"Content-Length", b"2"))
    response = FinishedResponse(200, fields, lines, b"ok")
    head = response_head(200, list(response.headers), (1, 1), close=True)
    assert head + b"ok" == whole_response(response, (1, 1), close=True)
    assert head == whole_head(response, (1, 1), close=True)
    assert b"\r\nConnection: close\r\n" in head


def test_a_date_that_is_there_already_stays_the_only_one():
    head = response_head(200, [(b"Date", b"x")], (1, 1), close=False)
    assert 1 == head.lower().count(b"\r\ndate:")


def test_a_status_without_a_name_is_written_all_the_same():
    assert b"HTTP/1.0 599 Unknown\r\n" == status_line(599, (1, 0))
    assert b"HTTP/1.1 507 Insufficient Storage\r\n" == status_line(507, (1, 1))
