"""gunicorn with the workers that the stores allow, and nothing written per request."""

import os
import socket
import struct
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from app.factory import create_app
from app.service import EXTENSION, Service
from app.settings import Settings

WORKER_TIMEOUT_SECONDS = 60
GRACEFUL_TIMEOUT_SECONDS = 20
KEEPALIVE_SECONDS = 5
SILENCE_MAX_SECONDS = 5
REQUEST_LINE_MAX_BYTES = 2_048
HEADERS_MAX = 64
HEADER_MAX_BYTES = 4_094


class AddressTaken(Exception):
    """Nothing can listen on the address and port that were asked for."""


def workers_for(settings: Settings) -> int:
    """Return the number of worker processes: one without Redis, or limits would not hold."""
    if settings.redis_url is None:
        return 1
    return settings.workers or os.cpu_count() or 1


def require_free_address(host: str, port: int) -> None:
    """Raise AddressTaken where the service could not listen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressTaken from error


class RoutedLogger(Logger):  # type: ignore[misc]
    """Leaves gunicorn's lines to app.logs, which reduces them to template and place."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own
        """Take the level only; add no handler and no access log."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:  # noqa: ANN401
        """Write nothing: an access log would hold addresses."""


class GaugeServer(BaseApplication):  # type: ignore[misc]
    """The service under gunicorn; ``run`` returns when it is told to stop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        settings = self._settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        chosen = {
            "bind": [f"{host}:{settings.port}"],
            "worker_class": "gthread",
            "workers": workers_for(settings),
            "threads": settings.threads,
            "timeout": WORKER_TIMEOUT_SECONDS,
            "graceful_timeout": GRACEFUL_TIMEOUT_SECONDS,
            "keepalive": KEEPALIVE_SECONDS,
            "limit_request_line": REQUEST_LINE_MAX_BYTES,
            "limit_request_fields": HEADERS_MAX,
            "limit_request_field_size": HEADER_MAX_BYTES,
            "logger_class": RoutedLogger,
            "accesslog": None,
            "control_socket_disable": True,
            "proc_name": "contact-gauge",
            "when_ready": _limit_silence,
            "post_worker_init": _start_reloading,
            "worker_exit": _stop_reloading,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - a WSGI app
        """Return the app; called in each worker process."""
        return create_app(self._settings)


def _limit_silence(server: Any) -> None:  # noqa: ANN401 - gunicorn's arbiter
    """Let no client hold a thread by saying nothing: accepted sockets inherit the limit.

    Threat: as many connections as there are threads, each silent, and nobody is answered. Who
    sends a byte now and then is the business of a proxy that reads whole requests first.
    """
    silence = struct.pack("ll", SILENCE_MAX_SECONDS, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, silence)


def _service(worker: Any) -> Service | None:  # noqa: ANN401 - gunicorn's worker
    app = getattr(worker, "wsgi", None)
    found: Service | None = getattr(app, "extensions", {}).get(EXTENSION)
    return found


def _start_reloading(worker: Any) -> None:  # noqa: ANN401
    service = _service(worker)
    if service is not None:
        service.index.start_reloading(service.settings.index_reload_seconds)


def _stop_reloading(_server: Any, worker: Any) -> None:  # noqa: ANN401
    service = _service(worker)
    if service is not None:
        service.index.stop_reloading()
