"""Where a webhook may lead: which URLs may be set, and which address is connected to.

Threat: an organisation's administrator has the service ask a server of the network that it stands
in (cloud metadata, a database). Limit: https alone, the host resolved when it is sent to, only
addresses of the public internet, and the connection goes to the address that was judged. The
authority, which runs the service, may name any https host, and http on this machine.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

URL_MAX_CHARACTERS = 1_000
# addresses of IPv6 that lead to some address of IPv4
TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class UrlRefused(ValueError):
    """A URL to which no webhook is sent; code: why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AddressRefused(Exception):
    """The host has no address, or only such as nothing is sent to."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL taken apart; target: path and query."""

    secure: bool
    host: str
    port: int
    target: str


def parse_endpoint(url: str, *, by_authority: bool) -> Endpoint:
    """Return the parts of a URL that may be set. Raises UrlRefused."""
    if len(url) > URL_MAX_CHARACTERS or not url.isascii() or not url.isprintable() or " " in url:
        raise UrlRefused("url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UrlRefused("url") from None
    host = parts.hostname or ""
    if not host or parts.username is not None or parts.fragment:
        raise UrlRefused("url")
    secure = parts.scheme == "https"
    if not secure and not (parts.scheme == "http" and by_authority and _is_loopback(host)):
        raise UrlRefused("https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(secure, host, port or (443 if secure else 80), target)


def judged_address(endpoint: Endpoint, *, by_authority: bool) -> tuple[str, int]:
    """Return the address and port to connect to. Raises AddressRefused."""
    try:
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused from None
    for _, _, _, _, address in found:
        text = str(address[0]).partition("%")[0]
        if by_authority or is_public(ip_address(text)):
            return text, endpoint.port
    raise AddressRefused


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is one of the public internet, and no way to another one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
