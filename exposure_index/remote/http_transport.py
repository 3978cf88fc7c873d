"""HTTP requests to a service on one connection that is kept: standard library only."""

import http.client
import ssl
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from exposure_index.errors import ExitCode, ForeseenError

ANSWER_MAX_BYTES = 64 * 1024 * 1024
BINARY = "application/octet-stream"
WAITS_MAX = 5
WAIT_MAX_SECONDS = 900
ANOTHER_EDITION = "it answers with status 422: it, or this program, is of an earlier edition"


class AddressInvalid(ForeseenError, ValueError):
    """No address of a service: another scheme, no host, or a port that is none."""

    exit_code = ExitCode.USAGE


class ServiceSilent(Exception):
    """The service cannot be reached, or answers with an error; the message tells which."""


class HttpTransport:
    """One connection to one service; of one thread.

    url: http(s)://host[:port]; wait: called with the seconds that the service asks to wait;
    waits_max: so often in a row. Raises AddressInvalid for another url.
    """

    def __init__(
        self,
        url: str,
        timeout_seconds: float,
        wait: Callable[[float], object] = time.sleep,
        waits_max: int = WAITS_MAX,
    ) -> None:
        parts, host, port = require_address(url)
        self._prefix = parts.path.rstrip("/")
        self._wait, self._waits_max = wait, waits_max
        self._connection: http.client.HTTPConnection
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                self._connection = http.client.HTTPSConnection(
                    host, port, timeout=timeout_seconds, context=context
                )
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=timeout_seconds)
        except http.client.InvalidURL as error:  # blanks in its name
            raise AddressInvalid("the address of the service names no host") from error

    def get(self, path: str) -> bytes:
        """Return the body of a path. Raises ServiceSilent."""
        return self._request("GET", path, None)

    def post(self, path: str, body: bytes) -> bytes:
        """Send a body and return that of the answer. Raises ServiceSilent."""
        return self._request("POST", path, body)

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        self._connection.close()

    def _request(self, method: str, path: str, body: bytes | None) -> bytes:
        for _ in range(self._waits_max):
            status, retry_after, answer = self._once(method, path, body)
            if status == HTTPStatus.OK:
                return answer
            if status == HTTPStatus.UNPROCESSABLE_ENTITY:
                raise ServiceSilent(ANOTHER_EDITION)
            if status != HTTPStatus.TOO_MANY_REQUESTS:
                raise ServiceSilent(f"it answers with status {status}")
            self._wait(min(retry_after, WAIT_MAX_SECONDS))
        raise ServiceSilent("it goes on asking to wait")

    def _once(self, method: str, path: str, body: bytes | None) -> tuple[int, float, bytes]:
        headers = {} if body is None else {"Content-Type": BINARY}
        try:
            answer = self._answer(method, path, body, headers)
            content = answer.read(ANSWER_MAX_BYTES)
        except (OSError, http.client.HTTPException, UnicodeError) as error:  # or no name of a host
            self.close()
            raise ServiceSilent(f"it cannot be reached: {type(error).__name__}") from error
        after = answer.headers.get("Retry-After", "")
        return answer.status, float(after) if after.isdigit() else 1.0, content

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """Send again where the service has closed a connection that was kept."""
        try:
            self._connection.request(method, self._prefix + path, body, headers)
            return self._connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            self.close()
            self._connection.request(method, self._prefix + path, body, headers)
            return self._connection.getresponse()


def require_address(url: str) -> tuple[SplitResult, str, int | None]:
    """Return the parts of an address, its host and its port. Raises AddressInvalid."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:  # a port beyond 65535, half of an IPv6 address
        raise AddressInvalid("the address of the service has no such host or port") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressInvalid("the address of a service begins with https:// or http://")
    return parts, host, port
