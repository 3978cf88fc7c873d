"""`make bench-memory`: does a worker's memory grow with what it answers? CHECKS=1000000 checks.

People and networks change all the time, with every limit on: 100,000 people from as many addresses
behind a trusted proxy, over connections that are opened anew for each slice of the load. Memory is
what each process holds for itself; pages of the index and the limits that workers share are of
fixed size and belong to none. After a fifth of the checks it should stay as it is; past 1.05 times
that the exit code is 1.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from loadtests import demo_requests, servers
from loadtests.command_line import read_setting, run_command, whole_number
from loadtests.http_requests import JSON, BenchFailed, HttpRequest, post
from loadtests.wrk_load import LoadMeasures, require_programs

CHECKS = 1_000_000
PEOPLE = 100_000
SLICE_SECONDS, SECONDS_MAX = 5, 300
WARM_PART, GROWTH_MAX = 0.2, 1.05
MIB = 1 << 20
PROXIES = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32", "GAUGE_CHECKS_PER_SECOND": "1000000"}


def checks_of_many_networks(number: int = PEOPLE) -> list[HttpRequest]:
    """Return a check of each person, each from an address of its own (198.18.0.0/15)."""
    return [
        post(
            demo_requests.CHECKS,
            JSON,
            json.dumps(person).encode(),
            X_Forwarded_For=f"198.{18 + (place >> 16)}.{place >> 8 & 255}.{place & 255}",
        )
        for place, person in enumerate(demo_requests.people(number))
    ]


def growth(readings: Sequence[tuple[float, int]]) -> float:
    """Return the last reading by the first one after WARM_PART of the checks.

    readings: part of the checks that were answered (0 to 1), and bytes.
    """
    warm = next(size for part, size in readings if part >= WARM_PART)
    return readings[-1][1] / warm


def measure(
    number: int, load: Callable[[], int], memory: Callable[[], dict[int, int]]
) -> tuple[int, dict[int, list[tuple[float, int]]]]:
    """Return how many checks were answered, and the readings of each process meanwhile.

    Ends at ``number``, or after SECONDS_MAX. Raises KeyError where a process ended.
    """
    readings: dict[int, list[tuple[int, int]]] = {process: [] for process in memory()}
    answers, until = 0, time.monotonic() + SECONDS_MAX
    while answers < number and time.monotonic() < until:
        answers += load()
        now = memory()
        for process, found in readings.items():
            found.append((answers, now[process]))
    return answers, {
        process: [(done / answers, size) for done, size in found]
        for process, found in readings.items()
    }


def main() -> int:
    """Print the memory of each process, and its growth; return the exit code."""
    number = read_setting("CHECKS", CHECKS, whole_number)
    require_programs("bench-memory", "wrk")
    with tempfile.TemporaryDirectory() as folder, servers.gauge(PROXIES) as address:
        try:
            apply = LoadMeasures(Path(folder)).measure(
                address, checks_of_many_networks(), SLICE_SECONDS
            )
            answers, readings = measure(
                number, lambda: round(apply().rate * SLICE_SECONDS), lambda: _memory(address)
            )
        except (BenchFailed, KeyError) as fault:
            print(f"not answered, or a process ended: {fault}", file=sys.stderr)
            return 1
    print(f"{answers:,} checks were answered")
    factors = []
    for process, found in readings.items():
        factors.append(growth(found))
        sizes = [f"{size / MIB:.1f}" for _, size in found[:: max(1, len(found) // 10)]]
        sizes.append(f"{found[-1][1] / MIB:.1f}")
        print(f"  process {process}, MiB: {' '.join(sizes)}: {factors[-1]:.3f} × since a fifth")
    return int(max(factors) > GROWTH_MAX)


def _memory(address: str) -> dict[int, int]:
    return {process: servers.own_bytes(process) for process in servers.processes(address)}


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
