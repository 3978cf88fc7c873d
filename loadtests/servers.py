"""Servers under test, each a process of its own on a free loopback port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
START_SECONDS = 120  # on a busy machine
WORKERS, THREADS, KEEP_ALIVE_SECONDS = 1, 8, 5  # what `gauge serve` chooses without Redis
_RUNNING: dict[int, int] = {}  # port → process
NO_LIMIT_REACHED = {"GAUGE_NETWORK_CHECKS": "1000000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}


@contextmanager
def gauge(extra: Mapping[str, str]) -> Iterator[str]:
    """Serve the demo with every limit on and none reached; yield its address."""
    demo, port = ROOT / "var" / "demo", free_port()
    settings = {
        "GAUGE_DEMO": "1",
        "GAUGE_INDEX_DIR": str(demo / "index"),
        "GAUGE_KEYS_DIR": str(demo / "keys"),
        "GAUGE_STATE_DIR": str(demo / "state"),
        "GAUGE_PORT": str(port),
        "GAUGE_WORKERS": str(WORKERS),
        "GAUGE_THREADS": str(THREADS),
    }
    with running([str(BIN / "gauge"), "serve"], port, {**settings, **NO_LIMIT_REACHED, **extra}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def peer(module: str, extra: Mapping[str, str]) -> Iterator[str]:
    """Serve a peer's `app` with the same gunicorn, workers and class; yield its address."""
    port = free_port()
    command = [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    command += ["--keep-alive", str(KEEP_ALIVE_SECONDS), "--log-level", "warning"]
    with running([*command, f"loadtests.peers.{module}:app"], port, extra):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis that keeps nothing; yield its URL."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with running(command, port, {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running(command: list[str], port: int, settings: Mapping[str, str]) -> Iterator[None]:
    """Run a program until the block ends; it listens on the port when the block begins."""
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "GAUGE_"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**inherited, **settings},
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


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"{Path(process.args[0]).name} did not start"  # type: ignore[index,arg-type]
    raise RuntimeError(message)


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
