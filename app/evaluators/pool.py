"""`gauge evaluator`: a pool of processes that hold the private keys, behind one Unix socket.

Threat: whoever takes over a web worker, or reads its memory, learns the key and with it everybody
who is listed. Limit: the key is in these processes alone; they read questions of a fixed form from
a socket that only its owner (or one group) may open, and have no network, no index and no log line
of a request.
"""

import grp
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IRWXO

import structlog

from app.evaluators.wire import PayloadInvalid, answer_question, receive_payload, send_payload
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.parent_process import end_with_parent
from exposure_index.private.evaluation import Evaluator

BACKLOG = 1_024
SILENCE_MAX_SECONDS = 1.0
LOOK_UP_SECONDS = 1.0
RESTART_SECONDS = 0.5  # a process that died younger is not replaced before
PATH_MAX_BYTES = 107  # of the kernel
OWNER_ONLY, OWNER_AND_GROUP = 0o600, 0o660
SIGNALS = frozenset({signal.SIGCHLD, signal.SIGTERM, signal.SIGINT})


class SocketRefused(ForeseenError):
    """The socket cannot be made there; the text says why."""

    exit_code = ExitCode.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class EvaluatorSocket:
    """Where the evaluator listens; group: who may connect besides its owner, "" for nobody."""

    path: Path
    group: str = ""

    def listen(self) -> socket.socket:
        """Return the socket, in the place of one left by a process that died.

        Raises SocketRefused where others could enter its directory, or the path is too long.
        """
        folder = self.path.parent
        if len(os.fsencode(self.path)) > PATH_MAX_BYTES:
            raise SocketRefused(f"{self.path} is too long for a socket")
        mode = OWNER_AND_GROUP if self.group else OWNER_ONLY
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            folder.mkdir(mode=0o750 if self.group else 0o700, parents=True, exist_ok=True)
            if folder.stat().st_mode & S_IRWXO:
                raise SocketRefused(f"others can enter {folder}: chmod o-rwx it")
            apart = folder / f".{os.getpid()}"
            apart.unlink(missing_ok=True)  # of one that was killed, under the same number
            listener.bind(str(apart))
            if self.group:
                os.chown(apart, -1, grp.getgrnam(self.group).gr_gid)
            apart.chmod(mode)
            listener.listen(BACKLOG)
            apart.rename(self.path)
        except (OSError, KeyError) as error:
            listener.close()
            raise SocketRefused(f"no socket can be made at {self.path}") from error
        return listener


@dataclass(slots=True)
class EvaluatorPool:
    """Keeps so many processes evaluating.

    make_evaluator: called in each of them, so that only they have the keys; parent: the pool ends
    when this process is no longer its parent; 0: whoever that is.
    """

    address: EvaluatorSocket
    make_evaluator: Callable[[], Evaluator]
    processes: int
    parent: int = 0
    _start_times: dict[int, float] = field(default_factory=dict)

    def run(self) -> None:
        """Evaluate until told to stop. Raises SocketRefused."""
        if self.parent:
            end_with_parent(self.parent)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the keys
        listener = self.address.listen()
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        stopping = False
        while not stopping and self.parent in (0, os.getppid()):
            while len(self._start_times) < self.processes:
                self._start(listener)
            got = signal.sigtimedwait(SIGNALS, LOOK_UP_SECONDS)
            stopping = got is not None and got.si_signo != signal.SIGCHLD
            self._reap()
        for process in self._start_times:
            os.kill(process, signal.SIGTERM)
        self.address.path.unlink(missing_ok=True)

    def _start(self, listener: socket.socket) -> None:
        parent = os.getpid()
        process = os.fork()
        if process:
            self._start_times[process] = time.monotonic()
            return
        end_with_parent(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        try:
            answer_connections(listener, self.make_evaluator(), lambda: os.getppid() == parent)
        except Exception:  # told here: nobody waits for more than the process's end
            structlog.get_logger().error("evaluator_failed", exc_info=True)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        for process, since in list(self._start_times.items()):
            if os.waitpid(process, os.WNOHANG) == (0, 0):
                continue
            structlog.get_logger().error("evaluator_process_died")
            del self._start_times[process]
            time.sleep(max(0.0, RESTART_SECONDS - (time.monotonic() - since)))


def answer_connections(
    listener: socket.socket, evaluator: Evaluator, goes_on: Callable[[], bool]
) -> None:
    """Answer one question of each connection, for as long as ``goes_on``."""
    listener.settimeout(LOOK_UP_SECONDS)
    while goes_on():
        try:
            connection = listener.accept()[0]
        except OSError:  # nobody asks, or who asked is gone
            continue
        with connection:
            connection.settimeout(SILENCE_MAX_SECONDS)
            try:
                send_payload(connection, answer_question(receive_payload(connection), evaluator))
            except (PayloadInvalid, OSError):
                continue  # told nothing
