"""`make bench-private`: the private check beside its peers, in one run, as ratios.

An evaluation in process beside the library's own work; a list checked by its client beside the
library's client; evaluations over HTTP; buckets through nginx beside a plain
file of their size through the same nginx.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from loadtests import nginx_server, servers
from loadtests.command_line import run_command
from loadtests.http_requests import BenchFailed, answer_to, get
from loadtests.private_requests import bucket, evaluation, evaluation_body, private_manifest
from loadtests.rounds import Ratio, take_turns
from loadtests.wrk_load import LoadMeasures, require_programs

ROUNDS = 9
ROUND_SECONDS = 2
DEMO = servers.ROOT / "var" / "demo"
EVALUATIONS_OF = 200  # whom, in turn


def compare_in_process(request: Path) -> None:
    """Print the ratio of a process of its own."""
    settings = {
        "GAUGE_DEMO": "1",
        "GAUGE_INDEX_DIR": str(DEMO / "index"),
        "GAUGE_KEYS_DIR": str(DEMO / "keys"),
        "GAUGE_STATE_DIR": str(DEMO / "state"),
        "GAUGE_LOG_LEVEL": "error",
        **servers.NO_LIMIT_REACHED,
    }
    command = [sys.executable, "-m", "tools.benchmarks.private_evaluation", str(request)]
    subprocess.run(
        [*command, str(DEMO / "keys" / "private_1")],
        cwd=servers.ROOT,
        env={**servers.inherited_environment(), **settings},
        check=True,
    )


def compare_lists(service: str) -> None:
    """Print what a person of a list costs the client, a process of its own. Raises BenchFailed."""
    command = [sys.executable, "-m", "tools.benchmarks.private_lists", service]
    done = subprocess.run(
        [*command, str(DEMO / "keys" / "trust.json")], cwd=servers.ROOT, check=False
    )
    if done.returncode:
        message = "private lists: slower than their floor, or not answered"
        raise BenchFailed(message)


def print_evaluations(
    name: str, service: str, manifest: dict[str, Any], measures: LoadMeasures
) -> None:
    """Print evaluations a second over HTTP. Raises BenchFailed."""
    requests = [evaluation(manifest, number) for number in range(EVALUATIONS_OF)]
    measure = measures.measure(service, requests, ROUND_SECONDS)
    rate = statistics.median(measure().rate for _ in range(ROUNDS))
    print(f"Private evaluations over HTTP, {name}: {rate:8,.0f} a second")


def compare_buckets(service: str, manifest: dict[str, Any], measures: LoadMeasures) -> None:
    """Print both rates and their ratio. Raises BenchFailed."""
    ours, plain = bucket(manifest, 0), get("/plain-file")
    content = answer_to(ours, service)
    with nginx_server.nginx(service, DEMO / "index", content) as front:
        if answer_to(ours, front) != content:
            message = "nginx gave another bucket"
            raise BenchFailed(message)
        loads = take_turns(
            {each.path: measures.measure(front, [each], ROUND_SECONDS) for each in (ours, plain)},
            ROUNDS,
        )
    own, peer = ([load.rate for load in each] for each in loads.values())
    print(f"A bucket of {len(content):,} bytes through nginx, against a plain file of that size")
    print(f"  ours   {statistics.median(own):8,.0f} requests/s")
    print(f"  theirs {statistics.median(peer):8,.0f} requests/s")
    print(f"  ratio  {Ratio.of(own, peer)}")


def main() -> int:
    """Run every comparison; return the exit code."""
    require_programs("bench-private", "wrk")
    with tempfile.TemporaryDirectory() as folder:
        request, measures = Path(folder, "request"), LoadMeasures(Path(folder))
        try:
            with servers.gauge({}) as service:
                manifest = private_manifest(service)
                request.write_bytes(evaluation_body(manifest, 0))
                print_evaluations("keys in each worker", service, manifest, measures)
                compare_lists(service)
                if nginx_server.program() is None:
                    print("buckets through nginx: not measured; apt-get install nginx-light")
                else:
                    compare_buckets(service, manifest, measures)
            apart = {"GAUGE_EVALUATOR": "process", "GAUGE_EVALUATOR_WORKERS": "1"}
            with servers.gauge(apart) as service:
                print_evaluations("keys in a process apart", service, manifest, measures)
            compare_in_process(request)
        except BenchFailed as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
