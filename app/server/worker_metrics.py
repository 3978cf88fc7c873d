"""Metrics of all workers: one row of shared counts each, and one port where any answers scrapes."""

from typing import Any

from app.metrics.exposition import GaugeCollector, MetricsServer, listening_socket
from app.metrics.shared_counts import SharedCounts, WorkerCounts
from app.server.worker_rows import rows_needed
from app.services import AppServices
from app.settings import Settings


class WorkerMetrics:
    """Counters of all workers and the port of Prometheus.

    Made before the first worker is forked: each of them has the memory and the socket. Raises
    OSError where nothing can listen on that port.
    """

    def __init__(self, settings: Settings) -> None:
        self._counts = SharedCounts(rows_needed(settings))
        self._listener = listening_socket(settings.metrics_host, settings.metrics_port)
        self._server: MetricsServer | None = None
        self.own: WorkerCounts | None = None

    def use_row(self, row: int) -> None:
        """Count in a row, from now on; called in the worker."""
        self.own = self._counts.row(row)

    def start(self, services: AppServices) -> None:
        """Answer scrapes from this worker too."""
        collector = GaugeCollector(
            self._counts,
            services.indexes.open_manifests,
            services.readiness,
        )
        self._server = MetricsServer(self._listener, collector)
        self._server.start()

    def stop(self) -> None:
        """Answer no more scrapes from this worker."""
        if self._server is not None:
            self._server.stop()


def use_row(server: Any, worker: Any) -> None:  # noqa: ANN401 - in the worker, after the fork
    """Count in the row that was chosen."""
    metrics: WorkerMetrics | None = server.app.metrics
    if metrics is not None:
        metrics.use_row(worker.row)
