"""The network a request comes from: the unit under which limits are counted."""

import ipaddress
import re
import threading
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from socket import AF_INET, inet_pton
from typing import Any

import structlog

IPV6_NETWORK_BYTES = 8
WIDER_BYTES = (7, 6)  # the /56 and the /48 around it
UNKNOWN_NETWORK = b"\x00"
FORGOTTEN_PROXY = (
    "a request carries X-Forwarded-For or Forwarded, and GAUGE_TRUSTED_PROXIES names no proxy: if"
    " one stands in front, all who come through it share the limits of its address; name its"
    " network there, and let it send X-Forwarded-For"
)

_WITH_PORT = re.compile(
    r"(?P<v4>[0-9.]{7,15}):[0-9]{1,5}|\[(?P<v6>[0-9A-Fa-f:.]{2,45})\](?::[0-9]{1,5})?"
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def wider_networks(network: bytes) -> tuple[bytes, ...]:
    """Return the /56 and the /48 around an IPv6 /64, in this order; none around an IPv4 address.

    Threat: whoever rents a server gets a /64, often a /56 or a /48, and asks from each of its
    65,536 networks in turn. Limit: the wider ones are counted too, and admitted some times as much.
    """
    if len(network) != IPV6_NETWORK_BYTES:
        return ()
    return tuple([network[:length] for length in WIDER_BYTES])


class ClientNetworks:
    """Finds the network of a client; trusts X-Forwarded-For only from own proxies."""

    def __init__(self, trusted_proxies: Sequence[Network]) -> None:
        self._trusted = tuple(trusted_proxies)
        self._warning = threading.Lock()  # whoever gets it warns; it is never given back

    @property
    def has_proxies(self) -> bool:
        """Whether there are trusted proxies."""
        return bool(self._trusted)

    def trusts(self, peer: str | None) -> bool:
        """Return whether a connection comes from a trusted proxy; peer: its address."""
        address = _address(peer)
        return address is not None and self._is_trusted(address)

    def network(self, peer: str | None, forwarded_for: str | None) -> bytes:
        """Return the bytes of the client's IPv4 address or IPv6 /64.

        peer: the address of the connection; forwarded_for: X-Forwarded-For, read from the right
        through trusted proxies only, so that what a client writes there counts for nothing.
        """
        if not self._trusted:  # the usual case, and on the hot path
            if forwarded_for is not None:
                self._warn_once()
            try:
                return inet_pton(AF_INET, peer or "")
            except OSError:
                pass  # IPv6, or none
        address = _address(peer)
        if address is None:
            return UNKNOWN_NETWORK
        if forwarded_for and self._trusted:
            for text in reversed(forwarded_for.split(",")):
                if not self._is_trusted(address):
                    break
                before = _address(_without_port(text.strip()))
                if before is None:
                    break
                address = before
        if isinstance(address, IPv4Address):
            return address.packed
        return address.packed[:IPV6_NETWORK_BYTES]

    def network_of(self, environ: Mapping[str, Any]) -> bytes:
        """Return the same of a request as WSGI gives it."""
        if "HTTP_FORWARDED" in environ and not self._trusted:
            self._warn_once()
        return self.network(environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR"))

    def _warn_once(self) -> None:
        """Say in the log, without the address, that a proxy may have been forgotten."""
        if self._warning.acquire(blocking=False):
            structlog.get_logger().warning("proxy_not_trusted", reason=FORGOTTEN_PROXY)

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _without_port(entry: str) -> str:
    """Return the address of an entry as gateways write it; what is no such entry stays as it is.

    Known are `1.2.3.4:99`, `[2001:db8::1]:443` and `[2001:db8::1]`; bare IPv6 has no port.
    """
    match = _WITH_PORT.fullmatch(entry)
    return entry if match is None else match["v4"] or match["v6"]


def _address(text: str | None) -> Address | None:
    try:
        address = ipaddress.ip_address(text or "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
