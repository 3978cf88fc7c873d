"""One process of the web server: gunicorn's worker for ASGI, with connections that have deadlines.

A worker that stops refuses at once who connects later. Why: gunicorn's own closes the listening
socket with connections in its queue, which are then reset. Whoever is in the queue is answered;
whoever comes later is refused at once, so that a proxy asks the next machine.
"""

import asyncio
import gc
import os
import resource
import signal
import socket
import threading
from functools import partial
from typing import Any

from gunicorn.workers.gasgi import ASGIWorker

from app.bulk.jobs.job_store import JobStore
from app.bulk.purging import purge_lists
from app.metrics.shared_counts import WorkerCounts
from app.records.retention import PurgeThread
from app.server.connections.acceptor import ConnectionAcceptor
from app.server.connections.protocol import ServiceProtocol
from app.server.connections.table import SWEEP_SECONDS, ConnectionTable
from app.server.fast.asgi import FrontApplication
from app.server.worker_metrics import use_row
from app.services import AppServices
from exposure_index.parent_process import end_with_parent

BACKLOG = 2_048  # gunicorn's own
HEARTBEAT_SECONDS = 0.5
CONNECTIONS_MAX = 8_192
DESCRIPTORS_BESIDE = 256  # indexes, stores, logs


class ServiceWorker(ASGIWorker):  # type: ignore[misc]
    """The worker of this service."""

    asgi: FrontApplication

    def load_wsgi(self) -> None:
        """Load the front."""
        self.asgi = self.app.wsgi()
        settings = self.asgi.services.settings
        self.connections = ConnectionTable(_most_connections(), settings.network_connections)

    @classmethod
    def check_config(cls, cfg: object, log: object) -> None:
        """Accept the number of threads: they are the framework's."""

    def init_signals(self) -> None:
        """Remember a signal to stop while the worker loads: the loop hears none before it runs."""
        self._stop_event = asyncio.Event()
        for number in self.SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, lambda *_: self.handle_exit_signal())
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, lambda *_: self.handle_quit_signal())

    def handle_exit_signal(self) -> None:
        """Stop gracefully (SIGTERM)."""
        self.alive = False
        self._stop_event.set()

    def handle_quit_signal(self) -> None:
        """Stop at once (SIGINT, SIGQUIT)."""
        super().handle_quit_signal()
        self._stop_event.set()

    async def _serve(self) -> None:
        super().init_signals()
        self._acceptors = [self._acceptor(listener.sock) for listener in self.sockets]
        for acceptor in self._acceptors:
            acceptor.start()
        sweeper = self.loop.create_task(self._sweep())
        while self.alive:
            self.notify()
            if self.ppid != os.getppid():
                break
            await self._wait_to_stop()
        await self._refuse_latecomers()
        await self._finish_connections()
        sweeper.cancel()
        self.asgi.close()

    def _acceptor(self, listener: socket.socket) -> ConnectionAcceptor:
        return ConnectionAcceptor(
            self.loop,
            listener,
            partial(ServiceProtocol, self),
            lambda: self.connections.load(self.loop.time()),
            self.app.connection_counts.of(self.row),
        )

    async def _wait_to_stop(self) -> None:
        try:
            await asyncio.wait_for(self._stop_event.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            return

    async def _sweep(self) -> None:
        """End connections past their deadline, and count by how much the loop comes too late."""
        counts: WorkerCounts | None = self.app.metrics.own if self.app.metrics else None
        while True:
            due = self.loop.time() + SWEEP_SECONDS
            await asyncio.sleep(SWEEP_SECONDS)
            now = self.loop.time()
            if counts is not None:
                counts.note_lag(max(0.0, now - due))
            self.connections.sweep(now)
            for acceptor in self._acceptors:
                acceptor.note_load()

    async def _refuse_latecomers(self) -> None:
        """Accept who is in the queue already, then close the listening sockets."""
        for acceptor in self._acceptors:
            acceptor.stop()
            await acceptor.accept_waiting(BACKLOG)
        for listener in self.sockets:
            listener.close()

    async def _finish_connections(self) -> None:
        """Wait for answers under way, for the graceful time at most."""
        until = self.loop.time() + self.cfg.graceful_timeout
        while self.nr_conns and self.loop.time() < until and not self._quick_shutdown:
            for connection in self.connections:
                connection.end_if_idle()
            self.notify()
            await asyncio.sleep(0.05)


def _most_connections() -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(64, min(CONNECTIONS_MAX, hard - DESCRIPTORS_BESIDE))


def begin_worker(server: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's hooks
    """Bind a worker that has been forked to its master, and let it count in its row."""
    end_with_parent(worker.ppid)
    use_row(server, worker)


def start_background(worker: Any) -> None:  # noqa: ANN401 - gunicorn's hooks
    """Start reloading, purging and answering scrapes in a worker that has its app."""
    services: AppServices = worker.asgi.services
    services.start_looks()
    services.page_cache.warm()
    pages = worker.asgi.prepared_pages
    threading.Thread(target=pages.make, name="prepared-pages", daemon=True).start()
    store = JobStore(services.settings, services.records)
    lists = partial(purge_lists, store)
    PurgeThread(services.records, services.settings, (lists,)).start()
    if worker.app.metrics is not None:
        worker.app.metrics.start(services)
    gc.collect()
    gc.freeze()  # what lives as long as the worker: a walk through it holds every request for 50 ms


def stop_background(_server: Any, worker: Any) -> None:  # noqa: ANN401
    """Stop reloading and answering scrapes in a worker that exits."""
    front: FrontApplication | None = getattr(worker, "asgi", None)
    if front is None:  # it could not start
        return
    front.services.stop_looks()
    if worker.app.metrics is not None:
        worker.app.metrics.stop()
