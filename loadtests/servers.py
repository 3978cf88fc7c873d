"""Servers under test, each a process of its own on a free loopback port."""

import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from loadtests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
START_SECONDS = 120  # on a busy machine
WORKERS = os.cpu_count() or 1  # of every server: a worker a processor
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_RUNNING: dict[int, int] = {}  # port → process
NO_LIMIT_REACHED = {
    "GAUGE_NETWORK_CHECKS": "1000000000",
    "GAUGE_NETWORK_PAGES": "1000000000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
}
GRANIAN = ("--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "warning")
GUNICORN = ("--keep-alive", "5", "--log-level", "warning", "--no-control-socket")


@contextmanager
def gauge(extra: Mapping[str, str], checkout: Path = ROOT) -> Iterator[str]:
    """Serve the demo of a checkout with every limit on and none reached; yield its address."""
    demo, port = checkout / "var" / "demo", free_port()
    settings = {
        "GAUGE_DEMO": "1",
        "GAUGE_INDEX_DIR": str(demo / "index"),
        "GAUGE_KEYS_DIR": str(demo / "keys"),
        "GAUGE_STATE_DIR": str(demo / "state"),
        "GAUGE_PORT": str(port),
        **NO_LIMIT_REACHED,
        **extra,
    }
    program = BIN if checkout == ROOT else checkout / ".venv" / "bin"
    with running([str(program / "gauge"), "serve"], port, settings, checkout):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def granian_peer(module: str, extra: Mapping[str, str]) -> Iterator[str]:
    """Serve a peer's Flask `app` by Granian, the fastest server for one; yield its address.

    One thread a worker runs the app: more wait for the same interpreter, and were slower.
    """
    port = free_port()
    command = [str(BIN / "granian"), *GRANIAN, "--port", str(port), "--blocking-threads", "1"]
    command += ["--workers", str(WORKERS), f"loadtests.peers.{module}:app"]
    with running(command, port, extra):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def gunicorn_peer(module: str, worker_class: str, *options: str) -> Iterator[str]:
    """Serve a peer's `app` by a worker class of gunicorn; yield its address."""
    port = free_port()
    command = [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", *GUNICORN, *options]
    command += ["--worker-class", worker_class, "--workers", str(WORKERS)]
    with running([*command, f"loadtests.peers.{module}:app"], port, {}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis that keeps nothing; yield its URL."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with running(command, port, {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running(
    command: list[str], port: int, settings: Mapping[str, str], folder: Path = ROOT
) -> Iterator[None]:
    """Run a program until the block ends; it listens on the port when the block begins."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**inherited_environment(), **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        _RUNNING[port] = process.pid
        yield
    finally:
        _RUNNING.pop(port, None)
        process.terminate()
        process.wait()


def inherited_environment() -> dict[str, str]:
    """Return the environment without settings of the service."""
    return {name: value for name, value in os.environ.items() if name[:6] != "GAUGE_"}


def processes(address: str) -> list[int]:
    """Return the processes that serve an address: the one started here, and its workers."""
    first = _RUNNING[int(address.rsplit(":", 1)[1])]
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def descendants(address: str) -> list[int]:
    """Return every process below the one that was started here for an address."""
    found = [_RUNNING[int(address.rsplit(":", 1)[1])]]
    for process in found:  # which grows meanwhile
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        with suppress(OSError):  # ended meanwhile
            found += [int(child) for task in tasks for child in task.read_text().split()]
    return found[1:]


def processor_seconds(address: str) -> float:
    """Return the processor time of all processes of a server so far; nan for one not started here.

    That of processes that have ended counts where their parent has waited for them.
    """
    first = _RUNNING.get(int(address.rsplit(":", 1)[1]))
    return math.nan if first is None else processor_seconds_of([first, *descendants(address)])


def processor_seconds_of(every: Iterable[int]) -> float:
    """Return the processor time of processes, of both kinds, and of their children that ended."""
    ticks = 0
    for process in every:
        with suppress(OSError):  # ended meanwhile
            line = Path(f"/proc/{process}/stat").read_text("utf-8")
            ticks += sum(map(int, line.rpartition(")")[2].split()[11:15]))
    return ticks / TICKS_A_SECOND


def own_bytes(process: int) -> int:
    """Return what a process holds for itself, in bytes; 0 where it has ended.

    Pages of files and memory that processes share do not count.
    """
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1_024
    return 0


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"{Path(process.args[0]).name} did not start"  # type: ignore[index,arg-type]
    raise RuntimeError(message)
