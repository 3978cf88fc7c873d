"""One process of the web server: gunicorn's threaded worker, which refuses without quoting.

Threat: gunicorn's own page repeats the request line or header that it could not read, and its log
line holds the client's address too; either may carry an identity that a client put in the wrong
place. Limit: a status and its phrase, for every path alike, since none was read; no log line.

A worker that stops refuses at once who connects later. Why: gunicorn's own keeps the listening
socket open until its last request has ended. Whoever connects meanwhile is accepted by the kernel,
waits up to the whole grace period and is then cut off; refused at once, a proxy asks the next
machine.
"""

import gc
import json
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from app.bulk.jobs.job_store import JobStore
from app.bulk.purging import purge_lists
from app.records.retention import PurgeThread
from app.services import EXTENSION, AppServices

QUEUED_MAX = 2_048  # gunicorn's own backlog
STATUSES: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseException, HTTPStatus.BAD_REQUEST),
    (OSError, HTTPStatus.BAD_REQUEST),
)
HEADERS = (
    "Connection: close",
    "Content-Type: application/problem+json",
    "Cache-Control: no-store, no-transform",
    "X-Content-Type-Options: nosniff",
)


class ServiceWorker(ThreadWorker):  # type: ignore[misc]
    """The worker of this service."""

    def handle_error(self, _req: object, client: object, _addr: object, exc: Exception) -> None:
        """Answer what the client could not say, or log a bug; write no address anywhere."""
        status = status_of(exc)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_IMPLEMENTED:
            structlog.get_logger().error("request_failed", exc_info=exc)
        try:
            write_nonblock(client, refusal(status))
        except OSError:
            return  # the client has gone

    def set_accept_enabled(self, enabled: bool) -> None:
        """Accept or not; a worker that stops accepts what is queued and closes its sockets."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._accept_queued(listener)
            listener.close()

    def _accept_queued(self, listener: object) -> None:
        for _ in range(QUEUED_MAX):
            before = self.nr_conns
            self.accept(listener)
            if self.nr_conns == before:
                return


def status_of(exc: Exception) -> HTTPStatus:
    """Return the status that an error of reading a request is answered with; 500 for a bug."""
    statuses = (status for kind, status in STATUSES if isinstance(exc, kind))
    return next(statuses, HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus) -> bytes:
    """Return a whole response: problem details (RFC 9457) that quote nothing."""
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status}).encode()
    lines = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        *HEADERS,
        f"Content-Length: {len(body)}",
        "",
        "",
    )
    return "\r\n".join(lines).encode("ascii") + body


def start_background(worker: Any) -> None:  # noqa: ANN401 - gunicorn's hooks
    """Start reloading, purging and answering scrapes in a worker that has its app."""
    services = _services_of(worker)
    if services is not None:
        services.reloader.start(services.settings.index_reload_seconds)
        store = JobStore(services.settings, services.records)
        lists = partial(purge_lists, store)
        PurgeThread(services.records, services.settings, (lists,)).start()
        if worker.app.metrics is not None:
            worker.app.metrics.start(services)
    gc.collect()
    gc.freeze()  # what lives as long as the worker: a walk through it holds every request for 50 ms


def stop_background(_server: Any, worker: Any) -> None:  # noqa: ANN401
    """Stop reloading and answering scrapes in a worker that exits."""
    services = _services_of(worker)
    if services is not None:
        services.reloader.stop()
        if worker.app.metrics is not None:
            worker.app.metrics.stop()


def _services_of(worker: Any) -> AppServices | None:  # noqa: ANN401
    app = getattr(worker, "wsgi", None)
    services: AppServices | None = getattr(app, "extensions", {}).get(EXTENSION)
    return services
