"""`make bench-build`: a whole build beside the bare DuckDB join of the same trips, as ratios.

LEGS and CASES choose the size (10,000,000 and 8,000; the full one is 100,000,000 and 80,000),
MEMORY what the engine may take (4GB). The bare join reads legs that are normalised already and
writes a table of pairs, nothing else. All is made in a temporary folder under var/ and removed.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from loadtests.command_line import memory_size, read_setting, run_command, whole_number
from tools.benchmarks.build_source import Sizes, write_source
from tools.benchmarks.measured_build import BIN, Measured, measure_build

ROOT = Path(__file__).resolve().parents[2]
BARE_ROUNDS = 3
JOIN_STEP = "judging who was near"
FLOOR_JOIN, FLOOR_BUILD = 1.5, 12.0

_BARE = """
  CREATE OR REPLACE TABLE pairs AS
  SELECT aboard.id_number, aboard.service, aboard.run_date, ill.case_id,
    min(CASE WHEN ill.service LIKE 'flight %' AND abs(aboard.seat_row - ill.seat_row) > 3
        THEN 2 ELSE 1 END) AS tier
  FROM read_parquet('{folder}/legs.parquet') AS aboard
  JOIN read_parquet('{folder}/case_legs.parquet') AS ill
    ON aboard.service = ill.service AND aboard.run_date = ill.run_date
      AND (ill.carriage IS NULL OR ill.carriage = aboard.carriage)
  GROUP BY ALL"""


@dataclass(frozen=True)
class BareJoin:
    """The join that a build cannot do without: medians of its time and of processor time."""

    seconds: float
    processor_seconds: float


def bare_join(normalised: Path, memory: str, database: Path) -> BareJoin:
    """Measure the bare join, several times over."""
    rounds = []
    with duckdb.connect(database) as engine:
        engine.execute(f"SET memory_limit = '{memory}'")
        for _ in range(BARE_ROUNDS):
            started, worked = time.monotonic(), time.process_time()
            engine.execute(_BARE.format(folder=normalised))
            rounds.append((time.monotonic() - started, time.process_time() - worked))
    return BareJoin(*map(statistics.median, zip(*rounds, strict=True)))


def show(sizes: Sizes, join: BareJoin, built: Measured) -> None:
    """Print seconds, rows a second and ratios to the bare join."""
    report, bare = built.report, join.seconds
    print(
        f"build of {sizes.legs:,} legs × {sizes.cases:,} cases: {report['people']:,} people listed"
    )
    print(f"  {'bare DuckDB join':48} {bare:8.1f} s {sizes.legs / bare:14,.0f} legs/s      1.0 ×")
    for name, seconds in built.steps:
        rate = sizes.legs / max(seconds, 0.001)
        print(f"  {name:48} {seconds:8.1f} s {rate:14,.0f} legs/s {seconds / bare:8.1f} ×")
    print(f"  {'whole build':48} {built.seconds:8.1f} s {sizes.legs / built.seconds:14,.0f} legs/s")
    judging = dict(built.steps).get(JOIN_STEP, 0.0)
    print(f"join stage against the bare join  {judging / bare:6.2f} ×  (floor {FLOOR_JOIN} ×)")
    print(
        f"whole build against the bare join {built.seconds / bare:6.2f} ×  (floor {FLOOR_BUILD} ×)"
    )
    worked, needed = built.processor_seconds, join.processor_seconds
    ratio = f"{worked / needed:6.2f} ×  ({worked:.0f} s and {needed:.2f} s)"
    print(f"processor time of both            {ratio}")
    print(f"peak memory                       {built.peak_bytes / 2**30:6.2f} GiB")


def main() -> int:
    """Make the data, run both, print; return the exit code."""
    sizes = Sizes(
        legs=read_setting("LEGS", 10_000_000, whole_number),
        cases=read_setting("CASES", 8_000, whole_number),
        memory=read_setting("MEMORY", "4GB", memory_size),
    )
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var", prefix="bench-build-") as folder:
        work = Path(folder)
        write_source(work / "source", sizes)
        normalised = (work / "source" / "normalised").rename(work / "normalised")
        subprocess.run(
            [BIN / "index-builder", "keygen", work / "keys"],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        bare = bare_join(normalised, sizes.memory, work / "bare.duckdb")
        built = measure_build(work / "source", work / "keys", work / "out", sizes.memory)
    show(sizes, bare, built)
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
