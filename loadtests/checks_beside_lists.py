"""`make bench-bulk`: self-checks while a staff list of ROWS people is checked, beside checks alone.

Rounds take turns on one service: alone, beside the list, and beside as many programs that only spin
in the class in which lists are computed. What those take is what the kernel needs to hand a
processor over; what the list takes beyond it is the list's own. The client of latencies runs before
everything else where it may, so that its own wait is in no figure.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from loadtests import demo_requests, servers
from loadtests.command_line import read_setting, run_command, whole_number
from loadtests.http_requests import BenchFailed
from loadtests.organisation_attacks import DONE, JOBS, Thief, made
from loadtests.paced import LoadFailed, paced_latencies, percentile
from loadtests.rounds import Ratio, take_turns
from loadtests.spinners import spinners
from loadtests.wrk_load import LoadMeasures, require_programs

ROUNDS = 8
RATE_SECONDS, PACED_SECONDS = 2, 3
HALF = 0.5
THROUGHPUT_FLOOR, LATENCY_CEILING = 0.8, 1.5
HEADCOUNT = 5_000_000
START_SECONDS = 30
PROGRAM = b"app.commands\0worker"
ALONE, LIST, SPINNERS = "alone", "beside a list", "beside spinning programs"
Measure = Callable[[], float]


@dataclass
class ListsUnderWay:
    """The lists of one organisation."""

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


@dataclass
class Company:
    """Programs that stand still but while a check is measured beside them; busy: how many
    processors they took meanwhile, each time."""

    processes: list[int]
    busy: list[float] = field(default_factory=list)

    @contextmanager
    def present(self) -> Iterator[None]:
        """Let them run meanwhile."""
        began, before = time.monotonic(), servers.processor_seconds_of(self.processes)
        self._signal(signal.SIGCONT)
        try:
            yield
        finally:
            self._signal(signal.SIGSTOP)
        spent = servers.processor_seconds_of(self.processes) - before
        self.busy.append(spent / (time.monotonic() - began))

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes:
            os.kill(process, number)


def worker_processes(site: str) -> list[int]:
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


@dataclass(frozen=True)
class Comparison:
    """Checks alone, beside a list, and beside spinning programs."""

    lists: ListsUnderWay
    workers: Company
    spinning: Company

    def run(self, what: str, unit: str, bound: str, measure: Measure) -> dict[str, list[float]]:
        """Print the medians and ratios of a measure; return what was measured."""

        def beside(company: Company) -> float:
            with company.present():
                return measure()

        def beside_list() -> float:
            with self.workers.present():
                self.lists.keep_busy()
                return measure()

        found = take_turns(
            {ALONE: measure, LIST: beside_list, SPINNERS: lambda: beside(self.spinning)}, ROUNDS
        )
        medians = (f"{name} {statistics.median(each):,.2f}" for name, each in found.items())
        print(f"{what}, {unit}: {', '.join(medians)}")
        for one, other in ((LIST, ALONE), (SPINNERS, ALONE), (LIST, SPINNERS)):
            print(f"  {one} / {other}: {Ratio.of(found[one], found[other])}")
        print(f"  asked for: {bound}")
        return found


def compare(comparison: Comparison, site: str, folder: Path) -> None:
    """Print throughput and latency of checks, and their bounds."""
    checks = demo_requests.api_checks()
    load = LoadMeasures(folder).measure(site, checks, RATE_SECONDS)
    bound = f"{LIST} / {ALONE} at least {THROUGHPUT_FLOOR} ×"
    rates = comparison.run("Checks", "a second", bound, lambda: load().rate)
    requests = [check.body for check in checks]
    pace = statistics.median(rates[ALONE]) * HALF

    def p99() -> float:
        return percentile(paced_latencies(site, requests, pace, PACED_SECONDS), 0.99) * 1_000

    bound = f"{LIST} / {ALONE} at most {LATENCY_CEILING} ×"
    comparison.run(f"99th percentile at {pace:,.0f} checks a second", "ms", bound, p99)
    busy = [statistics.median(each.busy) for each in (comparison.workers, comparison.spinning)]
    print(f"processors kept busy: by the list {busy[0]:.2f}, by spinning programs {busy[1]:.2f}")


def main() -> int:
    """Serve the demo and compare; return the exit code."""
    rows = read_setting("ROWS", 1_000_000, whole_number)
    require_programs("bench-bulk", "wrk")
    with tempfile.TemporaryDirectory() as state:
        settings = {
            "GAUGE_DEMO": "1",
            "GAUGE_KEYS_DIR": str(servers.ROOT / "var" / "demo" / "keys"),
            "GAUGE_STATE_DIR": state,
        }
        try:
            key = made(settings, "beside", "individuals", HEADCOUNT).api_key
            with servers.gauge({"GAUGE_STATE_DIR": state}) as site:
                lists = ListsUnderWay(Thief(site, key), rows)
                lists.keep_busy()
                workers = worker_processes(site)
                with spinners(len(workers) - 1) as spinning:  # the first one only looks on
                    company = Company(workers), Company(spinning)
                    for process in workers:
                        os.kill(process, signal.SIGSTOP)
                    try:
                        compare(Comparison(lists, *company), site, Path(state))
                    finally:
                        for process in workers:
                            os.kill(process, signal.SIGCONT)
        except (BenchFailed, LoadFailed, subprocess.CalledProcessError) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
