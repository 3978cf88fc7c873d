"""gunicorn's threaded worker, which when it is told to stop refuses at once who comes later.

Why: gunicorn's own keeps the listening socket open until its last request has ended. Whoever
connects meanwhile is accepted by the kernel, waits up to the whole grace period and is then cut
off; refused at once, a proxy asks the next machine.
"""

from gunicorn.workers.gthread import ThreadWorker

QUEUED_MAX = 2_048  # gunicorn's own backlog


class StoppingWorker(ThreadWorker):  # type: ignore[misc]
    """Answers what has connected, then listens no more."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Accept or not; a worker that stops takes what is queued and closes its sockets."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._accept_queued(listener)
            listener.close()

    def _accept_queued(self, listener: object) -> None:
        for _ in range(QUEUED_MAX):
            taken = self.nr_conns
            self.accept(listener)
            if self.nr_conns == taken:
                return
