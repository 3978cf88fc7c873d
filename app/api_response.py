"""A whole response, as fast routes, problem details and the page cache give it."""

from typing import NamedTuple


class ApiResponse(NamedTuple):
    """A whole response: status code, headers (a list of its own), bytes of the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
