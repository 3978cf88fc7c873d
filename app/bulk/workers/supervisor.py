"""The supervisor: `gauge serve` starts the worker when the first list comes, and keeps it running.

A program, not a fork: it yields to the web service, and dies without it.
"""

import os
import subprocess
import sys
import time

import structlog

from app.bulk.workers.bell import FILE
from app.settings import Settings

RESTART_SECONDS = 1.0
STOP_SECONDS = 15.0
COMMAND = (sys.executable, "-P", "-m", "app.commands", "worker")


class WorkerSupervisor:
    """Runs one `gauge worker` where there is, or was, anything for it to do."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0

    def keep_running(self) -> None:
        """Start it where it is needed and does not run; called often."""
        if self._process is None and not self._is_needed():
            return
        if self._process is not None:
            now = time.monotonic()
            if self._process.poll() is None or now < self._started_at + RESTART_SECONDS:
                return
            structlog.get_logger().error("bulk_worker_died")
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [*COMMAND, "--parent", str(os.getpid())], stdin=subprocess.DEVNULL
        )

    def stop(self) -> None:
        """Let it end."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _is_needed(self) -> bool:
        """Return whether a bell has ever rung, or anything of a list is here."""
        settings = self._settings
        if (settings.state_dir / FILE).exists():
            return True
        try:
            return any(settings.bulk_directory.iterdir())
        except OSError:
            return False
