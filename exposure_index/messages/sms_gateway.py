"""Text messages: one interface, and its client of a gateway over HTTP.

The gateway gets ``POST url`` with ``{"to": "+86…", "text": "…"}`` as JSON, a bearer token and an
``Idempotency-Key`` that is the same for both attempts, so that it can tell a repeat; any 2xx
means taken over. Whatever a provider speaks is put into this form by a small adapter of its own.

Threat: a telephone number, and that its owner is warned, slips into a log or an error. Limit: no
error here holds number, text, token or anything the gateway said.
"""

import http.client
import json
import secrets
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

TIMEOUT_SECONDS = 5.0
ATTEMPTS = 2
TEXT_MAX_CHARACTERS = 500
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SmsNotSent(Exception):
    """The message was not taken over.

    reason: ``unreachable`` or ``unavailable`` (later may be better), ``refused`` (it will not be).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SmsGateway(Protocol):
    """Gateway that takes messages for telephones."""

    def send(self, to: str, text: str) -> None:
        """Hand over one message; to: E.164, ``+`` and digits. Raises SmsNotSent."""


class GatewayAddressInvalid(ValueError):
    """The address of the gateway is not https (or http on loopback), or holds a password."""


@dataclass(frozen=True, slots=True)
class HttpSmsGateway:
    """Sends by HTTP; tries once more where the gateway could not be reached or was unavailable."""

    url: str
    token: str = field(repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS

    def __post_init__(self) -> None:
        """Refuse an address that would carry numbers in clear. Raises GatewayAddressInvalid."""
        require_gateway_address(self.url)

    def send(self, to: str, text: str) -> None:
        """Hand over one message; to: E.164. Raises SmsNotSent, or ValueError for a long text."""
        if len(text) > TEXT_MAX_CHARACTERS:
            raise ValueError("text")
        body = json.dumps({"to": to, "text": text}).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_hex(16),
        }
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._post(body, headers)
            except SmsNotSent as error:
                if attempt == ATTEMPTS or error.reason == "refused":
                    raise
            else:
                return

    def _post(self, body: bytes, headers: dict[str, str]) -> None:
        address = urlsplit(self.url)
        connection = _connection(address, self.timeout_seconds)
        path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
        try:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError):
            # the cause may quote what was sent: it is not chained
            raise SmsNotSent("unreachable") from None
        finally:
            connection.close()
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return
        busy = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        raise SmsNotSent("unavailable" if busy else "refused")


def require_gateway_address(url: str) -> None:
    """Require https, or http on loopback. Raises GatewayAddressInvalid."""
    try:
        address = urlsplit(url)
        _ = address.port
    except ValueError:
        raise GatewayAddressInvalid from None
    secure = address.scheme == "https" or (
        address.scheme == "http" and address.hostname in LOOPBACK
    )
    if not secure or not address.hostname or address.username or address.password:
        raise GatewayAddressInvalid
    if any(not "!" <= character <= "~" for character in url):
        raise GatewayAddressInvalid


def _connection(address: SplitResult, timeout: float) -> http.client.HTTPConnection:
    """Return a connection; no redirect is ever followed, so a number goes nowhere else."""
    host = address.hostname or ""
    if address.scheme == "https":
        return http.client.HTTPSConnection(
            host, address.port, timeout=timeout, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, address.port, timeout=timeout)
