"""`make bench-private`: the private check beside its peers, in one run, as ratios.

An evaluation in process beside the library's own work; a list checked by its client beside the
library's client; evaluations over HTTP by one worker process; buckets through nginx beside a plain
file of their size through the same nginx.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from voprf import ristretto

from loadtests import nginx_server, servers

ROUNDS = 9
ROUND_SECONDS = 2
CONNECTIONS = 16
SCRIPT = Path(__file__).parent / "send.lua"
RESULT = re.compile(r"RESULT (\d+) ([\d.]+) (\d+)")
DEMO = servers.ROOT / "var" / "demo"
EVALUATIONS = "/api/v1/private/evaluations"


class BenchFailed(Exception):
    """A load that was not answered as it should be; no figure is told then."""


def rate(address: str, *body: Path) -> float:
    """Return requests answered a second, each sent with a body or without. Raises BenchFailed."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", "-s", str(SCRIPT), address]
    done = subprocess.run(
        [*command, "--", *map(str, body)], capture_output=True, text=True, check=False
    )
    found = RESULT.search(done.stdout)
    if found is None or int(found[3]) or not int(found[1]):
        message = f"{address}: {done.stdout[-500:]}{done.stderr[-500:]}"
        raise BenchFailed(message)
    return int(found[1]) / float(found[2])


def got(address: str) -> bytes:
    """Return what stands at an address."""
    with urllib.request.urlopen(address) as response:  # noqa: S310 - loopback
        return bytes(response.read())


def private_manifest(service: str) -> dict[str, Any]:
    """Return the first manifest that has a private check. Raises BenchFailed."""
    for manifest in json.loads(got(f"{service}/api/v1/index"))["manifests"]:
        if "private" in manifest:
            return dict(manifest)
    message = "the demo has no private check; remove var/demo and run make setup"
    raise BenchFailed(message)


def request_under(manifest: dict[str, Any]) -> bytes:
    """Return a request of 105 bytes about nobody."""
    blinded = [bytes(ristretto.Client.blind(text)[1].serialize()) for text in (b"1", b"2", b"3")]
    return b"\x02" + bytes.fromhex(manifest["private"]["key_id"]) + b"".join(blinded)


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
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "GAUGE_"}
    command = [sys.executable, "-m", "tools.benchmarks.private_evaluation", str(request)]
    subprocess.run(
        [*command, str(DEMO / "keys" / "private_1")],
        cwd=servers.ROOT,
        env={**inherited, **settings},
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


def tell_evaluations(name: str, service: str, request: Path) -> None:
    """Print evaluations a second over HTTP."""
    rates = [rate(f"{service}{EVALUATIONS}", request) for _ in range(ROUNDS)]
    print(f"Private evaluations over HTTP, {name}: {statistics.median(rates):8,.0f} a second")


def compare_buckets(service: str, manifest: dict[str, Any]) -> None:
    """Print both rates and their ratio."""
    path = f"/b/{manifest['build_id']}/00000000"
    content = got(f"{service}{path}")
    with nginx_server.nginx(service, DEMO / "index", content) as front:
        if got(f"{front}{path}") != content:
            message = "nginx gave another bucket"
            raise BenchFailed(message)
        rounds = [(rate(f"{front}/plain-file"), rate(f"{front}{path}")) for _ in range(ROUNDS)]
    ratios = sorted(own / peer for peer, own in rounds)
    print(f"A bucket of {len(content):,} bytes through nginx, against a plain file of that size")
    print(f"  ours   {statistics.median(own for _, own in rounds):8,.0f} requests/s")
    print(f"  theirs {statistics.median(peer for peer, _ in rounds):8,.0f} requests/s")
    ratio = statistics.median(ratios)
    print(f"  ratio  {ratio:8.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})")


def main() -> int:
    """Run every comparison; return the exit code."""
    if shutil.which("wrk") is None:
        print("make bench-private needs: apt-get install wrk", file=sys.stderr)
        return 12
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder, "request")
        try:
            with servers.gauge({}) as service:
                manifest = private_manifest(service)
                request.write_bytes(request_under(manifest))
                tell_evaluations("one worker process, keys in it", service, request)
                compare_lists(service)
                if nginx_server.program() is None:
                    print("buckets through nginx: not measured; apt-get install nginx-light")
                else:
                    compare_buckets(service, manifest)
            apart = {"GAUGE_EVALUATOR": "process", "GAUGE_EVALUATOR_WORKERS": "1"}
            with servers.gauge(apart) as service:
                tell_evaluations("keys in a process apart", service, request)
            compare_in_process(request)
        except BenchFailed as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
