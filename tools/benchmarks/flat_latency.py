"""`make bench-flat`: does a large index make answers slower, or a worker larger?

The same people are asked about in a small index and in one of ENTRIES entries, in turns, over one
connection each; and the private memory of the worker that serves each is read when it has answered.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from loadtests import servers
from loadtests.command_line import read_setting, run_command, whole_number
from loadtests.paced import Caller
from tools.benchmarks.synthetic_index import invented_people, write_index

SMALL_ENTRIES = 90_000
PEOPLE = 20_000
READY_SECONDS = 300
MIB = 1 << 20


def main() -> int:
    """Print both, and their ratios; return the exit code."""
    entries = read_setting("ENTRIES", 10_000_000, whole_number)
    with tempfile.TemporaryDirectory() as name:
        places = [Path(name, "small"), Path(name, "large")]
        for place, number in zip(places, (SMALL_ENTRIES, entries), strict=True):
            place.mkdir()
            write_index(place, people=PEOPLE, entries=number)
        with servers.gauge(_settings(places[0])) as one, servers.gauge(_settings(places[1])) as two:
            for address in (one, two):  # the large one is read whole first, for some ten seconds
                _await_ready(address)
            small, large = _latencies(Caller(one), Caller(two))
            memory = [_largest(address) for address in (one, two)]
    rows = zip((SMALL_ENTRIES, entries), (small, large), memory, strict=True)
    for number, latencies, size in rows:
        print(
            f"{number:12,} entries: median {statistics.median(latencies) * 1e6:7.1f} µs, "
            f"worker's own memory {size / MIB:6.1f} MiB"
        )
    ratio = statistics.median(large) / statistics.median(small)
    print(f"latency {ratio:.2f} × (at most 1.10), own memory {memory[1] / memory[0]:.2f} ×")
    return 0


def _await_ready(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urlopen(f"{address}/readyz", timeout=READY_SECONDS):  # noqa: S310 - loopback
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _settings(place: Path) -> dict[str, str]:
    return {
        "GAUGE_INDEX_DIR": str(place / "index"),
        "GAUGE_KEYS_DIR": str(place / "keys"),
        "GAUGE_STATE_DIR": str(place / "state"),
        **servers.NO_LIMIT_REACHED,
    }


def _latencies(one: Caller, two: Caller) -> tuple[list[float], list[float]]:
    """Return the seconds of every answer; listed and unlisted people in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(PEOPLE):
        people = invented_people(number)
        body = json.dumps(people.listed if number % 2 else people.unlisted).encode()
        for caller, found in zip((one, two), times, strict=True):
            found.append(caller.seconds(body))
    return times


def _largest(address: str) -> int:
    """Return what the largest process that serves an address holds for itself, in bytes.

    Pages of the index are the kernel's, shared by all workers, and do not count.
    """
    return max(map(servers.own_bytes, servers.processes(address)))


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
