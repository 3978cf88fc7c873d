"""`make bench-visits`: whole visits a second, and what one costs, beside as many echoes.

A visit is every request of one citizen: page, assets where they are not in the cache, manifest,
check, answer. Its peer is as many requests to a Flask echo on the fastest server that it can have.
Each server has a worker a processor; rounds take turns.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from loadtests import demo_requests, servers
from loadtests.command_line import run_command
from loadtests.http_requests import BenchFailed
from loadtests.rounds import Ratio, take_turns
from loadtests.visits import Visit, all_visits
from loadtests.wrk_load import Load, LoadMeasures, require_programs

ROUNDS, ROUND_SECONDS = 9, 2
ECHO = "one echo"


def poster_code(folder: Path) -> str:
    """Return the code of a poster that the demo's authority puts up."""
    command = [str(servers.BIN / "gauge"), "poster", "--url", "http://127.0.0.1"]
    command += ["--channel", "station", "--issuer", "benchmark", "--out", str(folder / "code.svg")]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        cwd=servers.ROOT,
        env={**servers.inherited_environment(), "GAUGE_KEYS_DIR": str(demo_requests.DEMO / "keys")},
    )
    return done.stdout.strip().rpartition("/q/")[2]


def lines_of(visits: Sequence[Visit], loads: dict[str, list[Load]]) -> list[str]:
    """Return a line for each visit: visits a second and processor time, and both by the echoes'."""
    echoes = loads[ECHO]
    lines = ["visit             requests  visits/s  ms of processor  against as many echoes"]
    for visit in visits:
        own, length = loads[visit.name], visit.length
        rates = [load.rate / length for load in own]
        costs = [load.processor_ms * length for load in own]
        rate = Ratio.of(rates, [load.rate / length for load in echoes])
        cost = Ratio.of(costs, [load.processor_ms * length for load in echoes])
        lines.append(
            f"{visit.name:17} {length:8} {statistics.median(rates):9,.1f} "
            f"{statistics.median(costs):16.2f}  {rate}; processor time {cost.median:.2f} ×"
        )
    rate, cost = (
        statistics.median(getattr(load, name) for load in echoes)
        for name in ("rate", "processor_ms")
    )
    lines.append(f"{ECHO:17} {1:8} {rate:9,.1f} {cost:16.3f}")
    return lines


def main() -> int:
    """Play every kind of visit; return the exit code."""
    require_programs("bench-visits", "wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures = LoadMeasures(folder)
        try:
            with servers.gauge({}) as ours, servers.granian_peer("echo", {}) as echo:
                visits = all_visits(ours, poster_code(folder))
                turns = {
                    each.name: measures.measure(ours, each.requests, ROUND_SECONDS)
                    for each in visits
                }
                checks = demo_requests.api_checks()
                turns[ECHO] = measures.measure(echo, checks, ROUND_SECONDS)
                print("\n".join(lines_of(visits, take_turns(turns, ROUNDS))))
        except (BenchFailed, subprocess.CalledProcessError) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
