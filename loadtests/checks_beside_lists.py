"""`make bench-bulk`: self-checks while a staff list of ROWS people is checked, beside checks alone.

Rounds take turns on one service: the programs that check lists stand still for one round and run
for the next, so that what else the machine does falls on both. The median of the rounds' ratios
counts; the list must be under way whenever it runs.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loadtests import servers
from loadtests.compare_checks import HALF, WARM_UP_SECONDS, BenchFailed, apply_load, write_bodies
from loadtests.organisation_attacks import DONE, JOBS, Thief, made
from loadtests.paced import LoadFailed, paced_latencies, percentile

ROUNDS = 8
RATE_SECONDS, PACED_SECONDS = 2, 3
THROUGHPUT_FLOOR, LATENCY_CEILING = 0.8, 1.5
HEADCOUNT = 5_000_000
START_SECONDS = 30
PROGRAM = b"app.commands\0worker"
Measure = Callable[[], float]


@dataclass
class ListsUnderWay:
    """The lists of one organisation, and the programs that check them."""

    sender: Thief
    rows: int
    job_id: str = ""
    sent: int = 0

    def keep_busy(self) -> None:
        """Send a list in where none is under way. Raises BenchFailed."""
        if self.job_id:
            _, body = self.sender.ask("GET", f"{JOBS}/{self.job_id}")
            job = json.loads(body)
            if job["status"] not in DONE:
                return
            if job["status"] != "done":
                raise BenchFailed(f"a list ended as {job['status']}")
        first = self.sent * self.rows
        lines = [f"passport,E{first + row:09},ANY PERSON" for row in range(self.rows)]
        body = "\n".join(["id_type,id_number,name", *lines, ""]).encode()
        status, answer = self.sender.ask("POST", JOBS, body)
        if status != 202:
            raise BenchFailed(f"a list was answered with {status}")
        self.job_id, self.sent = str(json.loads(answer)["id"]), self.sent + 1

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Let nothing of the lists be computed meanwhile."""
        stopped = _workers(self.sender.site)
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)


def _workers(site: str) -> list[int]:
    """Return the processes that check lists for a service, once there are any."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        every = servers.descendants(site)
        first = [one for one in every if PROGRAM in _command(one)]
        if len(first) > 1:
            return first
        time.sleep(0.1)
    raise BenchFailed("no program checks lists")


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # ended meanwhile
        return b""


def _compare(lists: ListsUnderWay, measure: Measure) -> tuple[float, float, list[float]]:
    """Return the medians alone and beside lists, and the ratio of each round."""
    rounds = []
    for _ in range(ROUNDS):
        lists.keep_busy()
        with lists.standing_still():
            alone = measure()
        rounds.append((alone, measure()))
    ratios = sorted(beside / alone for alone, beside in rounds)
    alone, beside = (statistics.median(one) for one in zip(*rounds, strict=True))
    return alone, beside, ratios


def _print(what: str, unit: str, found: tuple[float, float, list[float]], bound: str) -> None:
    alone, beside, ratios = found
    print(f"{what}: alone {alone:,.2f} {unit}, beside a list {beside:,.2f} {unit}")
    middle = statistics.median(ratios)
    print(f"  ratio {middle:.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f}); {bound}")


def compare(site: str, api_key: str, bodies: Path, rows: int) -> None:
    """Print throughput and latency of checks, alone and beside lists, and their bounds."""
    lists = ListsUnderWay(Thief(site, api_key), rows)
    lists.keep_busy()
    apply_load(site, bodies, WARM_UP_SECONDS)
    rate = _compare(lists, lambda: apply_load(site, bodies, RATE_SECONDS).rate)
    _print("checks", "a second", rate, f"floor {THROUGHPUT_FLOOR} ×")
    requests = bodies.read_bytes().splitlines()
    pace = rate[0] * HALF

    def p99() -> float:
        return percentile(paced_latencies(site, requests, pace, PACED_SECONDS), 0.99) * 1_000

    late = _compare(lists, p99)
    _print(
        f"99th percentile at {pace:,.0f} checks a second",
        "ms",
        late,
        f"at most {LATENCY_CEILING} ×",
    )


def main() -> int:
    """Serve the demo and compare; return the exit code."""
    if shutil.which("wrk") is None:
        print("make bench-bulk needs: apt-get install wrk", file=sys.stderr)
        return 12
    rows = int(os.environ.get("ROWS", "1000000"))
    with tempfile.TemporaryDirectory() as state:
        bodies = Path(state, "bodies")
        write_bodies(servers.ROOT / "var" / "demo" / "people.csv", bodies)
        settings = {
            "GAUGE_DEMO": "1",
            "GAUGE_KEYS_DIR": str(servers.ROOT / "var" / "demo" / "keys"),
            "GAUGE_STATE_DIR": state,
        }
        try:
            key = made(settings, "beside", "individuals", HEADCOUNT).api_key
            with servers.gauge({"GAUGE_STATE_DIR": state}) as site:
                compare(site, key, bodies, rows)
        except (BenchFailed, LoadFailed, subprocess.CalledProcessError) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
