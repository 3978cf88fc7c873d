"""A whole response, as fast routes, problem details and the page cache give it."""

from typing import NamedTuple


class ApiResponse(NamedTuple):
    """A whole response: status code, headers (a list of its own), bytes of the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class FinishedResponse(NamedTuple):
    """A whole response with every header that it is sent with.

    headers: names and values as ASGI has them; head: the same as they are sent, and the empty line
    behind them.
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    head: bytes
    body: bytes
