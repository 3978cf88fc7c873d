"""One private evaluation through the service's WSGI app, beside the library's own work for it.

    python -m tools.benchmarks.private_evaluation REQUEST_FILE SEED_FILE

The app is loaded by name, as a WSGI server loads it. Times are of the processor, not of the clock,
so that what else the machine does falls out. Prints the median ratio, library by ours.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from voprf import ristretto

ROUNDS = 25
CALLS = 300
WARM_UP_CALLS = 50
PATH = "/api/v1/private/evaluations"
ELEMENTS = (slice(9, 41), slice(41, 73), slice(73, 105))
INFO = b"gauge/v1/private|key=1"


def library_work(seed: bytes, request: bytes) -> Callable[[], object]:
    """Return what anybody must do who evaluates a batch of three with proof by this library."""
    evaluator = ristretto.Evaluator.from_seed(seed, INFO)

    def evaluate() -> object:
        blinded = [ristretto.BlindedInput.deserialize(request[place]) for place in ELEMENTS]
        return evaluator.evaluate_batch(blinded).serialize()

    return evaluate


def our_work(request: bytes) -> Callable[[], object]:
    """Return one request to the app, with every limit on."""
    server = resolve_name("app.server.gunicorn_server:GaugeServer")(
        resolve_name("app.settings:read_settings")()
    )
    app = server.load()
    statuses: list[str] = []

    def evaluate() -> object:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PATH,
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/octet-stream",
            "CONTENT_LENGTH": str(len(request)),
            "REMOTE_ADDR": "192.0.2.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": io.BytesIO(request),
            "wsgi.url_scheme": "http",
        }
        statuses[:] = []
        answer = b"".join(app(environ, lambda status, *_: statuses.append(status)))
        if statuses != ["200 OK"]:
            raise RuntimeError(statuses)
        return answer

    return evaluate


def seconds_of(work: Callable[[], object], calls: int) -> float:
    """Return the processor's seconds of so many calls."""
    began = time.process_time()
    for _ in range(calls):
        work()
    return time.process_time() - began


def main(request_file: str, seed_file: str) -> int:
    """Print both times and the ratio; return the exit code."""
    request = Path(request_file).read_bytes()
    theirs = library_work(bytes.fromhex(Path(seed_file).read_text("ascii")), request)
    ours = our_work(request)
    for work in (theirs, ours):
        seconds_of(work, WARM_UP_CALLS)
    rounds = [(seconds_of(theirs, CALLS), seconds_of(ours, CALLS)) for _ in range(ROUNDS)]
    ratios = sorted(library / own for library, own in rounds)
    print("A private evaluation in process, against the library's batch of three with proof")
    print(f"  ours   {statistics.median(own for _, own in rounds) / CALLS * 1e6:8.0f} µs")
    print(f"  theirs {statistics.median(peer for peer, _ in rounds) / CALLS * 1e6:8.0f} µs")
    ratio = statistics.median(ratios)
    print(f"  ratio  {ratio:8.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
