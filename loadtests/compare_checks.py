"""`make bench`: POST /api/v1/checks beside its peers, in one run, as ratios.

Rounds take turns, so that what else the machine does falls on both; the median of the rounds'
ratios counts. Every answer must be 200. Threads of one interpreter run in one of two ways, fast or
slow, for seconds at a time; many short rounds meet both.
"""

import csv
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from loadtests import servers
from loadtests.paced import LoadFailed, paced_latencies, percentile

ROUNDS = 15
ROUND_SECONDS = 2
PACED_ROUNDS = 5
PACED_SECONDS = 4
HALF = 0.5
WARM_UP_SECONDS = 2
CONNECTIONS = 16
SCRIPT = Path(__file__).parent / "post_checks.lua"
RESULT = re.compile(r"RESULT (\d+) ([\d.]+) (\d+)")


class BenchFailed(Exception):
    """A load that was not answered as it should be; no figure is told then."""


@dataclass(frozen=True)
class Load:
    """What one round told: requests answered a second."""

    rate: float


def apply_load(address: str, bodies: Path, seconds: int) -> Load:
    """Send the bodies in turn for some seconds; return what came of it. Raises BenchFailed."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), address]
    done = subprocess.run(
        [*command, "--", str(bodies)], capture_output=True, text=True, check=False
    )
    found = RESULT.search(done.stdout)
    if found is None or int(found[3]) or not int(found[1]):
        message = f"{address}: {done.stdout[-500:]}{done.stderr[-500:]}"
        raise BenchFailed(message)
    return Load(int(found[1]) / float(found[2]))


def compare(name: str, ours: str, theirs: str, bodies: Path) -> float:
    """Print both rates and return the median ratio, ours by theirs."""
    for address in (ours, theirs):
        apply_load(address, bodies, WARM_UP_SECONDS)
    rounds = [
        (apply_load(theirs, bodies, ROUND_SECONDS), apply_load(ours, bodies, ROUND_SECONDS))
        for _ in range(ROUNDS)
    ]
    ratios = sorted(own.rate / peer.rate for peer, own in rounds)
    ratio = statistics.median(ratios)
    print(f"POST /api/v1/checks against {name}")
    print(f"  ours   {_median(rounds, 1):8,.0f} requests/s")
    print(f"  theirs {_median(rounds, 0):8,.0f} requests/s")
    print(f"  ratio  {ratio:8.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})")
    return ratio


def compare_latency(name: str, ours: str, theirs: str, bodies: Path) -> float:
    """Print the 99th percentiles at half of our own load; return the median ratio."""
    rate = HALF * statistics.median(
        apply_load(ours, bodies, ROUND_SECONDS).rate for _ in range(PACED_ROUNDS)
    )
    requests = bodies.read_bytes().splitlines()
    rounds = []
    for _ in range(PACED_ROUNDS):
        pair = [paced_latencies(each, requests, rate, PACED_SECONDS) for each in (theirs, ours)]
        rounds.append([percentile(latencies, 0.99) * 1_000 for latencies in pair])
    ratios = sorted(own / peer for peer, own in rounds)
    ratio = statistics.median(ratios)
    print(f"99th percentile at {rate:,.0f} requests/s, half of what we answer, against {name}")
    print(f"  ours   {statistics.median(own for _, own in rounds):8.2f} ms")
    print(f"  theirs {statistics.median(peer for peer, _ in rounds):8.2f} ms")
    print(f"  ratio  {ratio:8.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})")
    return ratio


def _median(rounds: list[tuple[Load, Load]], side: int) -> float:
    return statistics.median(pair[side].rate for pair in rounds)


def write_bodies(people: Path, to: Path) -> None:
    """Write one JSON body a line, for each person of the demo."""
    with people.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    fields = ("id_type", "id_number", "name")
    requests = [json.dumps({field: row[field] for field in fields}) for row in rows]
    to.write_text("\n".join(requests) + "\n", encoding="utf-8")


def main() -> int:
    """Run both comparisons; return the exit code."""
    if missing := [name for name in ("wrk", "redis-server") if shutil.which(name) is None]:
        print(f"make bench needs: apt-get install {' '.join(missing)}", file=sys.stderr)
        return 12
    with tempfile.TemporaryDirectory() as folder:
        bodies = Path(folder, "bodies")
        write_bodies(servers.ROOT / "var" / "demo" / "people.csv", bodies)
        try:
            with servers.gauge({}) as ours, servers.peer("echo", {}) as echo:
                compare("a bare Flask echo", ours, echo, bodies)
                compare_latency("a bare Flask echo", ours, echo, bodies)
            with (
                servers.redis_server() as own,
                servers.redis_server() as other,
                servers.gauge({"GAUGE_REDIS_URL": own}) as ours,
                servers.peer("limiter_and_set", {"PEER_REDIS_URL": other}) as theirs,
            ):
                compare("Flask-Limiter and a Redis set", ours, theirs, bodies)
        except (BenchFailed, LoadFailed) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
