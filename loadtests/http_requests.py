"""Requests as bytes, in a file that wrk plays, and each tried once before any load."""

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

JSON, FORM, OCTETS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
)
OK, SEE_OTHER = 200, 303
TIMEOUT_SECONDS = 30


class BenchFailed(Exception):
    """A load that was not answered as it should be; no figure is told then."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request; status: what it must be answered with."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = OK

    def encode(self, host: str) -> bytes:
        """Return the request as HTTP/1.1 for a host."""
        headers = {"Host": host, **self.headers}
        if self.method == "POST":
            headers["Content-Length"] = str(len(self.body))
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


def get(path: str, status: int = OK, **headers: str) -> HttpRequest:
    """Return a GET; headers: with _ for the hyphens of their names."""
    return HttpRequest("GET", path, _spelled(headers), status=status)


def post(path: str, content_type: str, body: bytes, **headers: str) -> HttpRequest:
    """Return a POST of a body that must be answered with 200."""
    return HttpRequest("POST", path, {"Content-Type": content_type, **_spelled(headers)}, body)


def _spelled(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def write_requests(requests: Iterable[HttpRequest], address: str, to: Path) -> Path:
    """Write the file that play_requests.lua plays at an address; return it."""
    host = urlsplit(address).netloc
    with to.open("wb") as file:
        for request in requests:
            encoded = request.encode(host)
            file.write(b"%d\n%b" % (len(encoded), encoded))
    return to


def answer_to(request: HttpRequest, address: str) -> bytes:
    """Return the body that a request is answered with. Raises BenchFailed unless as expected."""
    what = f"{request.method} {request.path.partition('?')[0]}"
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(
            request.method, request.path, request.body or None, dict(request.headers)
        )
        response = connection.getresponse()
        body = response.read()
    except OSError as error:
        raise BenchFailed(f"{what}: {error}") from None
    finally:
        connection.close()
    if response.status != request.status:
        raise BenchFailed(f"{what}: answered with {response.status}")
    return body
