"""Run gunicorn with the workers that the stores allow, and nothing written per request."""

import signal
import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from app.bulk.workers.supervisor import WorkerSupervisor
from app.evaluators.remote import RemoteEvaluator
from app.evaluators.supervisor import EvaluatorSupervisor
from app.limits.shared_memory import shared_limits
from app.server.application import create_front
from app.server.connections.connection_counts import ConnectionCounts
from app.server.fast.asgi import FrontApplication
from app.server.worker import ServiceWorker, begin_worker, start_background, stop_background
from app.server.worker_metrics import WorkerMetrics
from app.server.worker_rows import choose_row, rows_needed
from app.settings import Settings
from exposure_index.errors import ExitCode, ForeseenError

WORKER_TIMEOUT_SECONDS = 600  # a large index on a slow disk is read whole before the first answer
GRACEFUL_TIMEOUT_SECONDS = 20
REQUEST_LINE_MAX_BYTES = 2_048
HEADERS_MAX = 64
HEADER_MAX_BYTES = 4_094


class AddressTaken(ForeseenError):
    """Nothing can listen on the address and port that were asked for."""

    exit_code = ExitCode.UNAVAILABLE

    @property
    def explanation(self) -> str:
        """What the operator is told: how to choose another address."""
        return (
            "cannot listen there: the port is taken or the address is not of this machine; choose "
            "another with PORT=8001 or HOST=127.0.0.1"
        )


class MetricsAddressTaken(AddressTaken):
    """Nothing can listen where Prometheus shall ask."""

    @property
    def explanation(self) -> str:
        """What the operator is told: how to choose another address."""
        return (
            "cannot listen for Prometheus there: the port is taken or the address is not of this "
            "machine; choose another with GAUGE_METRICS_PORT=9465 or GAUGE_METRICS_HOST=127.0.0.1"
        )


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
        """Listen for Prometheus where that is wanted. Raises MetricsAddressTaken."""
        self.settings = settings
        self.metrics = _worker_metrics(settings)  # None where nobody asks for it
        # before the first worker is forked
        self.shared = shared_limits()
        self.connection_counts = ConnectionCounts(rows_needed(settings))
        supervised = settings.evaluator == "process" and settings.evaluator_socket is None
        self.evaluator = EvaluatorSupervisor() if supervised else None
        self.bulk_worker = WorkerSupervisor(settings) if settings.runs_bulk_worker else None
        super().__init__()

    def run(self) -> None:
        """Serve until told to stop; before the first worker there is an evaluator to ask."""
        if self.evaluator is not None:
            self.evaluator.start()
        SupervisingArbiter(self).run()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        settings = self.settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options = {
            "bind": [f"{host}:{settings.port}"],
            "worker_class": ServiceWorker,
            "workers": settings.processes,
            "threads": settings.threads,
            "timeout": WORKER_TIMEOUT_SECONDS,
            "graceful_timeout": GRACEFUL_TIMEOUT_SECONDS,
            "asgi_loop": "uvloop",
            "asgi_lifespan": "off",
            # how long a connection is kept is said in app/server/connections/deadlines.py
            "keepalive": 1,
            "limit_request_line": REQUEST_LINE_MAX_BYTES,
            "limit_request_fields": HEADERS_MAX,
            "limit_request_field_size": HEADER_MAX_BYTES,
            # a header says neither scheme nor path here: app/web/forwarded_scheme.py
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "forwarder_headers": "",
            "logger_class": RoutedLogger,
            "accesslog": None,
            "control_socket_disable": True,
            "proc_name": "contact-gauge",
            "pre_fork": choose_row,
            "post_fork": begin_worker,
            "post_worker_init": start_background,
            "worker_exit": stop_background,
            "child_exit": _forget_connections,
            "on_exit": _stop_programs,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> FrontApplication:
        """Return the front; called in each worker process."""
        evaluator = RemoteEvaluator(self.evaluator.path) if self.evaluator else None
        counts = self.metrics.own if self.metrics else None
        return create_front(self.settings, counts, evaluator, self.shared)


def _worker_metrics(settings: Settings) -> WorkerMetrics | None:
    if not settings.metrics_port:
        return None
    try:
        return WorkerMetrics(settings)
    except OSError as error:
        raise MetricsAddressTaken from error


class SupervisingArbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's, which looks after other programs as often as after its workers."""

    def manage_workers(self) -> None:
        """Start what should run and does not."""
        if self.app.evaluator is not None:
            self.app.evaluator.keep_running()
        if self.app.bulk_worker is not None:
            self.app.bulk_worker.keep_running()
        if not self._await_successors():
            super().manage_workers()

    def _await_successors(self) -> bool:
        """Return whether workers that were renewed serve on, until the new ones take connections.

        Before that these read the index, which takes minutes where it is large.
        """
        by_age = sorted(self.WORKERS, key=lambda pid: self.WORKERS[pid].age)
        before, newest = by_age[: -self.num_workers], by_age[-self.num_workers :]
        if not before or all(map(self._takes_connections, newest)):
            return False
        serving = [pid for pid in before if self._takes_connections(pid)]
        for pid in set(before).difference(serving[-self.num_workers :]):
            self.kill_worker(pid, signal.SIGTERM)
        return True

    def _takes_connections(self, pid: int) -> bool:
        count = self.app.connection_counts.of(self.WORKERS[pid].row)
        return bool(count.takes_connections())


def _forget_connections(server: Any, worker: Any) -> None:  # noqa: ANN401 - in the arbiter
    """Count no connections of a worker that has ended, also where it was killed."""
    server.app.connection_counts.of(worker.row).clear()


def _stop_programs(server: Any) -> None:  # noqa: ANN401 - gunicorn's arbiter
    for program in (server.app.bulk_worker, server.app.evaluator):
        if program is not None:
            program.stop()
