"""`make bench-checks`: POST /api/v1/checks beside its peers, in one run, as ratios.

Every server has a worker a processor. Beside each rate stands what a check cost the server's
processes, since wrk shares the processors with them. THEN (an address on loopback, or another
checkout that `make setup` has set up) is measured in turns too.
"""

import math
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from loadtests import demo_requests, servers
from loadtests.command_line import run_command
from loadtests.http_requests import BenchFailed, HttpRequest, answer_to, get
from loadtests.idle_clients import idle_clients
from loadtests.paced import LoadFailed, paced_latencies, percentile
from loadtests.rounds import Ratio, take_turns
from loadtests.wrk_load import Load, LoadMeasures, require_programs

ROUNDS, FEW_ROUNDS = 11, 7
ROUND_SECONDS = 1
PACED_ROUNDS, PACED_SECONDS = 5, 3
IDLE_ROUNDS, IDLE_SECONDS = 3, 6  # longer than the service lets a client be silent
HALF = 0.5
SILENT, SLOW = 1_000, 50
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OURS, THEN = "ours", "ours then"
ECHO = "Flask echo, Granian"
SET = "Flask-Limiter and a Redis set, Granian"
Loads = dict[str, list[Load]]


@contextmanager
def service_then(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the address that THEN names or serves, by its name; nothing where THEN is not given.

    folder: for what the service of another checkout remembers. Raises BenchFailed.
    """
    then = os.environ.get("THEN", "")
    if not then:
        yield {}
    elif "://" in then:
        if urlsplit(then).hostname not in LOOPBACK:
            raise BenchFailed("THEN: loopback only; nobody else's service is loaded")
        yield {THEN: then}
    elif not Path(then, ".venv", "bin", "gauge").exists():
        raise BenchFailed("THEN: not set up; run make setup there")
    else:
        state = {"GAUGE_STATE_DIR": str(folder / "then")}
        with servers.gauge(state, Path(then).resolve()) as address:
            yield {THEN: address}


def compare_with_peers(measures: LoadMeasures, servers_by_name: Mapping[str, str]) -> None:
    """Print rate and cost of a check on each server, ours by each. Raises BenchFailed."""
    requests = demo_requests.api_checks()
    loads = take_turns(
        {
            name: measures.measure(address, requests, ROUND_SECONDS)
            for name, address in servers_by_name.items()
        },
        ROUNDS,
    )
    print_loads("POST /api/v1/checks", loads)
    for name in list(loads)[1:]:
        print_ratio(loads, OURS, name)


def compare_latency(measures: LoadMeasures, ours: str, echo: str) -> None:
    """Print p50 and p99 of both at half of what the slower answers. Raises LoadFailed."""
    checks = demo_requests.api_checks()
    rates = [measures.measure(at, checks, PACED_SECONDS)().rate for at in (ours, echo)]
    rate, bodies = HALF * min(rates), [check.body for check in checks]
    found = take_turns(
        {
            name: partial(paced_latencies, at, bodies, rate, PACED_SECONDS)
            for name, at in ((OURS, ours), (ECHO, echo))
        },
        PACED_ROUNDS,
    )
    print(f"\nLatency at {rate:,.0f} checks a second, half of what the slower answers, open-loop")
    for share in (0.5, 0.99):
        own, peer = ([percentile(one, share) * 1_000 for one in each] for each in found.values())
        print(
            f"  p{share * 100:.0f}: ours {statistics.median(own):.2f} ms, echo "
            f"{statistics.median(peer):.2f} ms: {Ratio.of(own, peer)}"
        )


def compare_with_idle_clients(measures: LoadMeasures, ours: str) -> None:
    """Print what checks are beside silent and slow clients, by those without; 0 where none is."""
    measure = measures.measure(ours, demo_requests.api_checks(), IDLE_SECONDS)
    silent = f"beside {SILENT:,} silent connections"
    slow = f"beside {SLOW} slow readers"

    def beside(number: int, path: str = "") -> Load:
        try:
            with idle_clients(ours, number, path) if number else nullcontext():
                return measure()
        except (BenchFailed, RuntimeError) as fault:
            print(fault, file=sys.stderr)
            return Load(0.0, math.nan)

    crowds = {
        OURS: partial(beside, 0),
        silent: partial(beside, SILENT),
        slow: partial(beside, SLOW, demo_requests.largest_asset()),
    }
    loads = take_turns(crowds, IDLE_ROUNDS)
    print_loads("POST /api/v1/checks beside clients that hold the service up", loads)
    print_ratio(loads, silent, OURS)
    print_ratio(loads, slow, OURS)


def compare_pages(measures: LoadMeasures, ours: str) -> None:
    """Print a page by a file of its size, a trip and a form by a check. Raises BenchFailed."""
    page = get("/check")
    size = len(answer_to(page, ours))
    asset, asset_size = demo_requests.asset_of_size(size)
    check = "POST /api/v1/checks"
    kinds: dict[str, list[HttpRequest]] = {
        f"GET /check ({size:,} bytes)": [page],
        f"a static file ({asset_size:,} bytes)": [get(asset)],
        check: demo_requests.api_checks(),
        "GET /api/v1/trips": demo_requests.trip_lookups(),
        "POST /check": demo_requests.form_checks(),
    }
    loads = take_turns(
        {kind: measures.measure(ours, each, ROUND_SECONDS) for kind, each in kinds.items()},
        FEW_ROUNDS,
    )
    print_loads("What else citizens ask, of our service", loads)
    names = list(loads)
    print_ratio(loads, names[0], names[1])
    print_ratio(loads, names[3], check)
    print_ratio(loads, names[4], check)


def print_loads(title: str, loads: Loads) -> None:
    """Print the medians of each."""
    print(f"\n{title}")
    for name, each in loads.items():
        rate = statistics.median(load.rate for load in each)
        cost = statistics.median(load.processor_ms for load in each)
        print(f"  {name:40} {rate:8,.0f} a second  {cost:7.3f} ms of processor time each")


def print_ratio(loads: Loads, one: str, other: str) -> None:
    """Print one by the other: rates, and processor time."""
    rates = Ratio.of(*([load.rate for load in loads[name]] for name in (one, other)))
    costs = Ratio.of(*([load.processor_ms for load in loads[name]] for name in (one, other)))
    print(f"  {one} / {other}: {rates}; processor time {costs.median:.2f} ×")


def compare_embedded(folder: Path) -> None:
    """Compare the service with its limits in memory. Raises BenchFailed, LoadFailed."""
    measures = LoadMeasures(folder)
    with (
        service_then(folder) as then,  # first: what is wrong with THEN is said at once
        servers.gauge({}) as ours,
        servers.granian_peer("echo", {}) as echo,
        servers.gunicorn_peer("echo", "gthread", "--threads", "8") as threaded,
        servers.gunicorn_peer("asgi_echo", "asgi") as bare,
    ):
        every = {
            OURS: ours,
            ECHO: echo,
            "Flask echo, gunicorn's threads": threaded,
            "bare ASGI echo, gunicorn": bare,
            **then,
        }
        compare_with_peers(measures, every)
        compare_latency(measures, ours, echo)
        compare_with_idle_clients(measures, ours)
        compare_pages(measures, ours)


def compare_with_redis(folder: Path) -> None:
    """Compare the service with its limits in Redis. Raises BenchFailed."""
    with (
        servers.redis_server() as own,
        servers.redis_server() as other,
        servers.gauge({"GAUGE_REDIS_URL": own}) as ours,
        servers.granian_peer("limiter_and_set", {"PEER_REDIS_URL": other}) as theirs,
    ):
        print("\nWith Redis")
        compare_with_peers(LoadMeasures(folder), {OURS: ours, SET: theirs})


def main() -> int:
    """Run every comparison; return the exit code."""
    require_programs("bench-checks", "wrk", "redis-server")
    with tempfile.TemporaryDirectory() as folder:
        try:
            compare_embedded(Path(folder))
            compare_with_redis(Path(folder))
        except (BenchFailed, LoadFailed) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
