"""Send one message to one address: within a time, without following a redirect, reading no body.

Threat: a server that answers a byte a minute holds the thread that others wait for. Limit: the
connection is closed when its time is over, whatever it is doing.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress

from app.bulk.webhooks.addresses import Endpoint

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
UNREACHABLE = "unreachable"
NOT_TRUSTED = "certificate"
TOO_SLOW = "too_slow"


class SendFailed(Exception):
    """No answer came; code: why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Deadline:
    """Ends a connection when its time is over."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.over = False
        self._timer = threading.Timer(WHOLE_SECONDS, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self.sock.close()

    def _end(self) -> None:
        self.over = True
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


def post(
    endpoint: Endpoint, address: tuple[str, int], headers: Mapping[str, str], body: bytes
) -> int:
    """Return the status that the server answered a POST with. Raises SendFailed."""
    try:
        raw = socket.create_connection(address, CONNECT_SECONDS)
    except TimeoutError:
        raise SendFailed(TOO_SLOW) from None
    except OSError:
        raise SendFailed(UNREACHABLE) from None
    with _Deadline(raw) as deadline:
        try:
            if endpoint.secure:
                deadline.sock = _secured(raw, endpoint.host, deadline)
            connection = http.client.HTTPConnection(endpoint.host, endpoint.port)
            connection.sock = deadline.sock
            connection.request("POST", endpoint.target, body, dict(headers))
            return connection.getresponse().status
        except ssl.SSLCertVerificationError:
            raise SendFailed(NOT_TRUSTED) from None
        except TimeoutError:
            raise SendFailed(TOO_SLOW) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise SendFailed(TOO_SLOW if deadline.over else UNREACHABLE) from None


def _secured(raw: socket.socket, host: str, deadline: _Deadline) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    secured = context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
    deadline.sock = secured  # the other one is empty now
    secured.do_handshake()
    return secured
