"""GET /metrics on a port of its own: the sums of all workers, and the state of the indexes.

The socket is made before the workers are forked; whichever of them takes a scrape answers for all.
"""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from wsgiref.simple_server import WSGIRequestHandler
from wsgiref.types import StartResponse, WSGIEnvironment

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from app.indexes.readiness import Readiness
from app.metrics.shared_counts import LAG_BOUNDS, LATENCY_BOUNDS, SharedCounts
from exposure_index.files.manifest import Manifest

PATH = "/metrics"
BACKLOG = 16
SILENCE_MAX_SECONDS = 5


class GaugeCollector(Collector):
    """Collects the metrics anew for each scrape."""

    def __init__(
        self,
        counts: SharedCounts,
        open_manifests: Callable[[], Iterable[Manifest]],
        readiness: Callable[[], Readiness],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._counts = counts
        self._open_manifests = open_manifests
        self._readiness = readiness
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Return every metric of the service."""
        yield from self._requests()
        yield from self._indexes()
        yield from self._state()

    def _requests(self) -> Iterator[Metric]:
        totals = self._counts.totals()
        requests = CounterMetricFamily(
            "gauge_requests",
            "Requests by part of the service and outcome; listed and unlisted are both 'answered'.",
            labels=("surface", "outcome"),
        )
        for key, number in totals.requests.items():
            requests.add_metric(key, number)
        yield requests
        seconds = HistogramMetricFamily(
            "gauge_check_seconds", "Time of answered checks within the service, in seconds."
        )
        seconds.add_metric((), _buckets(LATENCY_BOUNDS, totals.latency), totals.seconds)
        yield seconds
        lag = HistogramMetricFamily(
            "gauge_loop_lag_seconds",
            "By how much the event loops of the workers looked too late at the clock, four times a "
            "second each: what holds a loop holds every client of its worker.",
        )
        lag.add_metric((), _buckets(LAG_BOUNDS, totals.lag), totals.lag_seconds)
        yield lag

    def _indexes(self) -> Iterator[Metric]:
        now = self._clock()
        families = {
            name: GaugeMetricFamily(name, text, labels=("authority",))
            for name, text in (
                ("gauge_index_age_seconds", "Time since the index in use was built."),
                ("gauge_index_valid_seconds", "Time until the index in use expires."),
                ("gauge_index_life_used_ratio", "Share of the index's life that is over, 0 to 1."),
                ("gauge_index_source_age_seconds", "Age of the oldest source of the index."),
                ("gauge_index_seq", "Sequence number of the index in use."),
            )
        }
        for manifest in self._open_manifests():
            age = (now - manifest.built_at).total_seconds()
            life = (manifest.valid_until - manifest.built_at).total_seconds()
            values = {
                "gauge_index_age_seconds": age,
                "gauge_index_valid_seconds": (manifest.valid_until - now).total_seconds(),
                "gauge_index_life_used_ratio": age / life,
                "gauge_index_source_age_seconds": (now - manifest.oldest_source).total_seconds(),
                "gauge_index_seq": manifest.seq,
            }
            for name, value in values.items():
                families[name].add_metric((manifest.authority,), value)
        yield from families.values()

    def _state(self) -> Iterator[Metric]:
        state = self._readiness()
        yield GaugeMetricFamily(
            "gauge_ready", "1 where checks are answered and every canary is found.", state.ready
        )
        yield GaugeMetricFamily(
            "gauge_complete", "1 where every known authority answers.", state.complete
        )
        missing = GaugeMetricFamily(
            "gauge_authority_missing",
            "1 for each authority that answers do not cover, and why.",
            labels=("authority", "reason"),
        )
        for one in state.missing:
            missing.add_metric((one.authority, one.why), 1)
        yield missing
        faults = GaugeMetricFamily(
            "gauge_index_fault", "1 for each reason why an index is not used.", labels=("reason",)
        )
        for reason in state.reasons:
            faults.add_metric((reason,), 1)
        yield faults
        records = GaugeMetricFamily(
            "gauge_records_fault",
            "1 for each reason why records cannot be kept; checks are answered without them.",
            labels=("reason",),
        )
        for reason in state.records_faults:
            records.add_metric((reason,), 1)
        yield records
        limits = GaugeMetricFamily(
            "gauge_limits_fault",
            "1 for each reason why limits are not what the settings say.",
            labels=("reason",),
        )
        for reason in state.limits_faults:
            limits.add_metric((reason,), 1)
        yield limits
        yield GaugeMetricFamily(
            "gauge_limits_degraded",
            "1 while Redis cannot count and limits are counted by each machine, stricter.",
            any(reason.startswith("redis_") for reason in state.limits_faults),
        )


def _buckets(bounds: Iterable[float], numbers: Iterable[int]) -> list[tuple[str, float]]:
    return [
        (str(bound), number)
        for bound, number in zip((*bounds, "+Inf"), accumulate(numbers), strict=True)
    ]


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that every worker may accept from. Raises OSError where it cannot listen."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)  # several workers wake for one scrape; the late ones must not wait
    return listener


class MetricsServer:
    """Answers scrapes from a thread of its own."""

    def __init__(self, listener: socket.socket, collector: Collector) -> None:
        registry = CollectorRegistry()
        registry.register(collector)
        host, port = listener.getsockname()[:2]
        server = ThreadingWSGIServer((host, port), _SilentHandler, bind_and_activate=False)
        server.socket.close()
        server.socket = listener
        server.server_name, server.server_port = host, port
        server.setup_environ()
        server.set_app(_only_metrics(make_wsgi_app(registry)))
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; other workers go on."""
        self._server.shutdown()


class _SilentHandler(WSGIRequestHandler):
    """Writes no line per scrape, and waits for no silent client."""

    timeout = SILENCE_MAX_SECONDS

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


def _only_metrics(exposition: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"The metrics are at /metrics.\n"]
        return exposition(environ, start_response)

    return answer
