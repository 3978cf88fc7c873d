"""One private evaluation through the front, beside the library's own work for it.

    python -m tools.benchmarks.private_evaluation REQUEST_FILE SEED_FILE

Times are of the processor, not of the clock, so that what else the machine does falls out. Prints
the median ratio, library by ours.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from voprf import ristretto

from app.limits.shared_memory import shared_limits
from app.server.application import create_front
from app.settings import read_settings
from tools.benchmarks.front_calls import front_call

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
    """Return one request to the front, with every limit on."""
    front = create_front(read_settings(), shared=shared_limits())

    def evaluate() -> bytes:
        call = front_call(front, PATH, "application/octet-stream", request)
        return call()  # a call can be made once

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
