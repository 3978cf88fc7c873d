"""The supervisor: starts the evaluator for `gauge serve`, and keeps it running.

A program, not a fork: the server's own memory never holds a private key.
"""

import os
import subprocess
import sys
import time

import structlog

from app.evaluators.remote import RemoteEvaluator
from app.evaluators.socket_folder import SocketFolder
from exposure_index.private.evaluation import EvaluatorGone

START_SECONDS = 10.0
RESTART_SECONDS = 1.0
STOP_SECONDS = 5.0
COMMAND = (sys.executable, "-P", "-m", "app.commands", "evaluator")


class EvaluatorSupervisor:
    """Runs one `gauge evaluator`, on a socket that only this user may reach."""

    def __init__(self) -> None:
        self._folder = SocketFolder.make()
        self.path = self._folder.socket
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0

    def start(self) -> None:
        """Start it and wait until it answers; where it does not, the private check must wait."""
        self.keep_running()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                RemoteEvaluator(self.path).public_keys()
            except EvaluatorGone:
                time.sleep(0.05)
            else:
                return
        structlog.get_logger().error("evaluator_silent")

    def keep_running(self) -> None:
        """Start it where it does not run; called often."""
        if self._process is not None:
            now = time.monotonic()
            if self._process.poll() is None or now < self._started_at + RESTART_SECONDS:
                return
            structlog.get_logger().error("evaluator_died")
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [*COMMAND, "--socket", str(self.path), "--parent", str(os.getpid())],
            stdin=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """Let it end, and remove its directory."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._folder.remove()
