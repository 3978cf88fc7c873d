"""What gunicorn answers to bytes that are no request: a problem, and no word of what was sent.

Threat: gunicorn's own page repeats the request line or header that it could not read, and its log
line holds the client's address too; either may carry an identity that a client put in the wrong
place. Limit: a status and its phrase, for every path alike, since none was read; no log line.
"""

import json
from http import HTTPStatus

import structlog
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock

from app.server.stopping_worker import StoppingWorker

STATUSES: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseException, HTTPStatus.BAD_REQUEST),
    (OSError, HTTPStatus.BAD_REQUEST),
)
HEADERS = (
    "Connection: close",
    "Content-Type: application/problem+json",
    "Cache-Control: no-store, no-transform",
    "X-Content-Type-Options: nosniff",
)


class RefusingWorker(StoppingWorker):
    """The worker of this service."""

    def handle_error(self, _req: object, client: object, _addr: object, exc: Exception) -> None:
        """Answer what the client could not say, or tell of a bug; write no address anywhere."""
        status = status_of(exc)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_IMPLEMENTED:
            structlog.get_logger().error("request_failed", exc_info=exc)
        try:
            write_nonblock(client, refusal(status))
        except OSError:
            return  # the client has gone


def status_of(exc: Exception) -> HTTPStatus:
    """Return the status that an error of reading a request is answered with; 500 for a bug."""
    found = (status for kind, status in STATUSES if isinstance(exc, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus) -> bytes:
    """Return a whole response: problem details (RFC 9457) that quote nothing."""
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status}).encode()
    lines = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        *HEADERS,
        f"Content-Length: {len(body)}",
        "",
        "",
    )
    return "\r\n".join(lines).encode("ascii") + body
