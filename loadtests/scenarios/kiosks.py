"""`make load-kiosks`: the morning peak at many doors, then what one kiosk kept while offline.

All kiosks stand behind one address, as in one factory. At each somebody passes every few seconds;
each check-in is sealed, signed and sent by examples/kiosk_terminal.py as another maker's kiosk
would, and counts as answered only where the service says that it took it. Then one kiosk sends
what it kept, batch after batch. Generator and service share the machine's processors.
"""

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Protocol, TextIO
from urllib.parse import urlsplit

import click
from locust import events  # noqa: F401 - lets requests yield to each other, before it is imported

from loadtests import servers
from loadtests.scenarios.arrivals import Outcome, Request, percentile
from loadtests.scenarios.open_loop import (
    ERRORS_MAX_SHARE,
    FAILED,
    SECONDS_MAX,
    Scenario,
    error_share,
    lines_of,
    require_loopback,
)

PASSAGE_SECONDS = 3.0  # somebody at each kiosk
SYNC_SECONDS = 60.0
KIOSKS_MAX, QUEUED_MAX = 1_000, 20_000
BATCH = 200
CHECKIN, SYNC = "check-in", "sync"
P99_MAX_MS, DRAIN_MAX_SECONDS = 300, 60
EXAMPLE = servers.ROOT / "examples" / "kiosk_terminal.py"
LIMITS = {"GAUGE_KIOSK_NETWORK_ENROLMENTS": "100000"}
NOBODY: dict[str, Any] = {"nobody": True}


def _example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kiosk_terminal", EXAMPLE)
    if spec is None or spec.loader is None:
        raise ImportError(EXAMPLE.name)
    module = importlib.util.module_from_spec(spec)
    sys.modules["kiosk_terminal"] = module  # where its dataclasses look
    spec.loader.exec_module(module)
    return module


example = _example()


class Terminal(Protocol):
    """A kiosk as the example makes it."""

    session: Any

    def sync(self) -> dict[str, Any]:
        """Tell how the kiosk is, and learn what it works by."""

    def checkin(self, who: dict[str, Any], word: str, celsius: float | None) -> dict[str, Any]:
        """Return one check-in, sealed."""

    def send(self, checkins: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send check-ins; return what became of each."""


@dataclass
class Unsent(Exception):
    """What a terminal would have sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class SealedEnvelopes:
    """In the place of a session: what a terminal signed is kept, to be sent at its own moment."""

    def request(
        self,
        method: str,
        url: str,
        data: bytes,
        headers: dict[str, str],
        timeout: float,
    ) -> None:
        """Raise Unsent."""
        raise Unsent(method, urlsplit(url).path, headers, data)


@dataclass(slots=True)
class Kiosks:
    """Kiosks that were enrolled; the same seed lets people arrive alike."""

    terminals: list[Terminal]
    chance: random.Random
    envelopes: SealedEnvelopes = field(default_factory=SealedEnvelopes)

    @classmethod
    def enrol(cls, address: str, codes: list[str], seed: int) -> "Kiosks":
        """Enrol a kiosk by each code, and tell each what it works by."""
        terminals = [example.Terminal.enrol(address, code) for code in codes]
        for terminal in terminals:
            terminal.sync()
        return cls(terminals, random.Random(seed))  # noqa: S311 - draws a load

    @property
    def rate(self) -> float:
        """How many requests come in a second from all of them."""
        return len(self.terminals) * (1 / PASSAGE_SECONDS + 1 / SYNC_SECONDS)

    def draw(self) -> Request:
        """Return what the next kiosk sends, sealed and signed now."""
        terminal = self.chance.choice(self.terminals)
        if self.chance.random() < PASSAGE_SECONDS / (PASSAGE_SECONDS + SYNC_SECONDS):
            return self._signed(terminal, SYNC)
        return self._signed(terminal, CHECKIN)

    def _signed(self, terminal: Terminal, kind: str) -> Request:
        session, terminal.session = terminal.session, self.envelopes
        try:
            if kind == SYNC:
                terminal.sync()
            else:
                terminal.send([terminal.checkin(NOBODY, "come_in", 36.5)])
        except Unsent as unsent:
            return Request(kind, unsent.method, unsent.path, unsent.headers, unsent.body)
        finally:
            terminal.session = session
        raise AssertionError(kind)


def is_accepted(request: Request, body: bytes) -> bool:
    """Return whether the service took the check-in, or answered the sync."""
    answer = json.loads(body)
    if request.kind == SYNC:
        return "checkin_key" in answer
    return [each["state"] for each in answer["checkins"]] == ["taken"]


@dataclass(frozen=True, slots=True)
class Drain:
    """What became of what one kiosk kept; seconds: until the last batch was answered."""

    queued: int
    accepted: int
    seconds: float


def drain(terminal: Terminal, queued: int) -> Drain:
    """Let a kiosk send so many check-ins that wait, in order, batch after batch."""
    waiting = [terminal.checkin(NOBODY, "come_in", 36.5) for _ in range(queued)]
    began, accepted = time.perf_counter(), 0
    for first in range(0, queued, BATCH):
        outcomes = terminal.send(waiting[first : first + BATCH])
        accepted += sum(each["state"] == "taken" for each in outcomes)
    return Drain(queued, accepted, time.perf_counter() - began)


@contextmanager
def service(kiosks: int) -> Iterator[tuple[str, list[str]]]:
    """Serve the demo with records of its own; yield its address and codes that enrol kiosks."""
    with tempfile.TemporaryDirectory() as state:
        settings = {
            "GAUGE_DEMO": "1",
            "GAUGE_KEYS_DIR": str(servers.ROOT / "var" / "demo" / "keys"),
            "GAUGE_STATE_DIR": state,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tools.benchmarks.door_to_load", "doors", str(kiosks), "0"],
            capture_output=True,
            check=True,
            cwd=servers.ROOT,
            env={**servers.inherited_environment(), **settings},
        )
        with servers.gauge({**LIMITS, "GAUGE_STATE_DIR": state}) as address:
            yield address, json.loads(done.stdout)["codes"]


def summary(outcome: Outcome, drained: Drain) -> list[str]:
    """Return the figures beside their bounds."""
    p99 = percentile(outcome.latencies[CHECKIN], 0.99) * 1_000
    return [
        *lines_of(outcome),
        f"check-in, 99th percentile: {p99:.0f} ms (at most {P99_MAX_MS})",
        f"{drained.accepted:,} of {drained.queued:,} queued check-ins of one kiosk were accepted "
        f"in {drained.seconds:.1f} s (10,000 in at most {DRAIN_MAX_SECONDS})",
    ]


@click.command()
@click.option("--kiosks", type=click.IntRange(1, KIOSKS_MAX), default=200, show_default=True)
@click.option("--seconds", type=click.FloatRange(1, SECONDS_MAX), default=60.0, show_default=True)
@click.option("--queued", type=click.IntRange(0, QUEUED_MAX), default=10_000, show_default=True)
@click.option(
    "--address",
    help="A service on loopback, with --codes [default: the demo, served for this run].",
)
@click.option("--codes", type=click.File(), help="Codes that enrol kiosks, one a line.")
@click.option("--seed", type=int, default=2020)
def main(  # noqa: PLR0913, PLR0917 - one parameter an option
    kiosks: int, seconds: float, queued: int, address: str | None, codes: TextIO | None, seed: int
) -> None:
    """Let people pass KIOSKS doors, then send QUEUED; exit 1 where over 0.1 % are not taken."""
    require_loopback(address)
    if (address is None) != (codes is None):
        raise click.UsageError("--address and --codes come together")
    if address is None or codes is None:
        with service(kiosks) as (where, fresh):
            _run(where, fresh, seconds, queued, seed)
    else:
        _run(address, codes.read().split(), seconds, queued, seed)


def _run(address: str, codes: list[str], seconds: float, queued: int, seed: int) -> None:
    population = Kiosks.enrol(address, codes, seed)
    outcome = Scenario(population.rate, seconds, population, is_accepted).run(address)
    drained = drain(population.terminals[0], queued)
    click.echo("\n".join(summary(outcome, drained)))
    failed = error_share(outcome) > ERRORS_MAX_SHARE or drained.accepted < queued
    sys.exit(FAILED if failed else 0)


if __name__ == "__main__":
    main()
