"""`make bench-private-build`: what a private check adds to a build, beside the evaluations alone.

The evaluations are the library's alone, on every core: one for each entry and one for each person's
document. LEGS and CASES choose the size; the default lists some 90,000 people. Floor: 3 ×.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from voprf import ristretto

from loadtests.command_line import memory_size, read_setting, run_command, whole_number
from tools.benchmarks.build_source import Sizes, write_source
from tools.benchmarks.measured_build import BIN, Measured, measure_build

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 20_000
FLOOR = 3.0


def evaluate_many(number: int) -> None:
    """Evaluate that many inputs by the library alone."""
    function = ristretto.Evaluator.from_seed(bytes(32), b"bench")
    for each in range(number):
        function.evaluate_known_input(each.to_bytes(32, "big"))


def evaluations_seconds(number: int) -> float:
    """Return how long the library takes for so many evaluations on every core, from a sample."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(evaluate_many, [1] * cores))  # the processes have started
        began = time.monotonic()
        list(pool.map(evaluate_many, [SAMPLE // cores] * cores))
    return (time.monotonic() - began) * number / SAMPLE


def show(plain: Measured, private: Measured) -> int:
    """Print both builds and their ratio; return the exit code."""
    people, entries = private.report["people"], private.report["entries"]
    pure = evaluations_seconds(people + entries)
    longer = private.seconds - plain.seconds
    print(f"build of {people:,} people, {entries:,} entries")
    print(f"  without a private check          {plain.seconds:8.1f} s")
    print(f"  with one                         {private.seconds:8.1f} s")
    print(f"  the library's evaluations alone  {pure:8.1f} s on {os.cpu_count()} cores")
    print(f"longer, by the evaluations         {longer / pure:8.2f} ×  (floor {FLOOR} ×)")
    return 0 if longer <= FLOOR * pure else 1


def main() -> int:
    """Make the data, build twice, print; return the exit code."""
    sizes = Sizes(
        legs=read_setting("LEGS", 12_000_000, whole_number),
        cases=read_setting("CASES", 9_600, whole_number),
        memory=read_setting("MEMORY", "4GB", memory_size),
    )
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var", prefix="bench-private-build-") as folder:
        work = Path(folder)
        write_source(work / "source", sizes)
        subprocess.run(
            [BIN / "index-builder", "keygen", work / "keys"],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        source, keys = work / "source", work / "keys"
        plain = measure_build(source, keys, work / "plain", sizes.memory)
        private = measure_build(source, keys, work / "private", sizes.memory, "--private")
    return show(plain, private)


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
