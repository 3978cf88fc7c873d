"""The head of a response as bytes: status line, headers, date; and a short response whole."""

from functools import lru_cache
from http import HTTPStatus

from gunicorn.asgi.protocol import _get_cached_date_header as date_header

from app.api_response import FinishedResponse

SERVER = b"Server: gunicorn\r\n"
CLOSE = b"Connection: close\r\n"
KEEP_ALIVE = b"Connection: keep-alive\r\n"
HTTP_1_1 = (1, 1)
Version = tuple[int, int]


def response_head(
    status: int, headers: list[tuple[bytes, bytes]], version: Version, *, close: bool
) -> bytes:
    """Return the head of a response, with the empty line at its end."""
    lines = [status_line(status, version), SERVER]
    if not any(name.lower() == b"date" for name, _ in headers):
        lines.append(date_header())
    lines.append(_connection_line(version, close=close))
    lines += [b"%b: %b\r\n" % header for header in headers]
    lines.append(b"\r\n")
    return b"".join(lines)


def whole_response(response: FinishedResponse, version: Version, *, close: bool) -> bytes:
    """Return a whole response of the service's own making."""
    status, _, head, body = response
    connection = _connection_line(version, close=close)
    return b"".join((status_line(status, version), SERVER, date_header(), connection, head, body))


def whole_head(response: FinishedResponse, version: Version, *, close: bool) -> bytes:
    """Return the same without its body."""
    status, _, head, _ = response
    connection = _connection_line(version, close=close)
    return b"".join((status_line(status, version), SERVER, date_header(), connection, head))


def has_length(headers: list[tuple[bytes, bytes]]) -> bool:
    """Return whether headers say how long a body is."""
    return any(name.lower() == b"content-length" for name, _ in headers)


def _connection_line(version: Version, *, close: bool) -> bytes:
    if close:
        return CLOSE
    return b"" if version >= HTTP_1_1 else KEEP_ALIVE


@lru_cache(maxsize=256)
def status_line(status: int, version: Version) -> bytes:
    """Return the first line of a response."""
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    return f"HTTP/{version[0]}.{version[1]} {status} {phrase}\r\n".encode("ascii")
