"""Answers to what is no request.

Threat: gunicorn's own answer repeats the request line or header that it could not read, which may
carry an identity that a client put in the wrong place. Limit: a status and its phrase, for every
path alike, since none was read; no log line.
"""

import json
from http import HTTPStatus

from gunicorn.asgi.parser import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseError,
    UnsupportedTransferCoding,
)
from gunicorn.http.errors import ParseException


class ExpectationFailed(ParseError):  # type: ignore[misc]
    """A client expects something else than 100 (Continue)."""


STATUSES: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseError, HTTPStatus.BAD_REQUEST),
    (ParseException, HTTPStatus.BAD_REQUEST),
)
UNREADABLE = tuple(kind for kind, _ in STATUSES)
HEADERS = (
    "Connection: close",
    "Content-Type: application/problem+json",
    "Cache-Control: no-store, no-transform",
    "X-Content-Type-Options: nosniff",
)


def status_of(error: Exception, *, in_body: bool = False) -> HTTPStatus:
    """Return the status that an error of UNREADABLE is answered with.

    in_body: the head was in order; too many trailers are a fault of the body.
    """
    if in_body:
        return HTTPStatus.BAD_REQUEST
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def refusal(
    status: HTTPStatus, retry_seconds: int | None = None, *, is_head_only: bool = False
) -> bytes:
    """Return a whole response: problem details (RFC 9457) that quote nothing.

    is_head_only: to HEAD, whose response ends with its head and tells the length of a body all the
    same (RFC 9110, 9.3.2).
    """
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status}).encode()
    retry = () if retry_seconds is None else (f"Retry-After: {retry_seconds}",)
    lines = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        *HEADERS,
        *retry,
        f"Content-Length: {len(body)}",
        "",
        "",
    )
    head = "\r\n".join(lines).encode("ascii")
    return head if is_head_only else head + body
