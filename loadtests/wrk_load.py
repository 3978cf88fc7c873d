"""A load of wrk on one server: requests a second, and what they cost the server's processes.

wrk keeps so many requests under way as there are connections, and shares the processors with the
server: the processor time of the server's processes tells what a rate alone would not.
"""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from loadtests import servers
from loadtests.http_requests import BenchFailed, HttpRequest, answer_to, write_requests

CONNECTIONS = 16
WARM_UP_SECONDS = 1
SCRIPT = Path(__file__).parent / "play_requests.lua"
RESULT = re.compile(r"RESULT (\d+) ([\d.]+) (\d+)")
STARTS = 1_000_000
UNAVAILABLE = 12


@dataclass(frozen=True, slots=True)
class Load:
    """What one round came to.

    rate: requests answered a second; processor_ms: what one cost the server's processes, of both
    kinds of processor time; nan for a server that was not started here.
    """

    rate: float
    processor_ms: float


def require_programs(target: str, *programs: str) -> None:
    """Exit with 12 and a hint where one is not installed."""
    if missing := [name for name in programs if shutil.which(name) is None]:
        print(f"make {target} needs: apt-get install {' '.join(missing)}", file=sys.stderr)
        sys.exit(UNAVAILABLE)


class LoadMeasures:
    """Measures of loads; what is sent stands in files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = 0

    def measure(
        self, address: str, requests: Sequence[HttpRequest], seconds: int
    ) -> Callable[[], Load]:
        """Return a measure that sends requests in turn for some seconds, and takes no arguments.

        Each kind of request is tried first, and the server warmed up. Raises BenchFailed.
        """
        for request in {(one.method, one.path.split("?")[0]): one for one in requests}.values():
            answer_to(request, address)
        self._files += 1
        file = write_requests(requests, address, self._folder / f"requests-{self._files}")
        apply_load(address, file, WARM_UP_SECONDS)
        return partial(apply_load, address, file, seconds)


def apply_load(address: str, requests: Path, seconds: int) -> Load:
    """Send the requests of a file in turn, from any one on. Raises BenchFailed."""
    start = random.randrange(STARTS)  # noqa: S311 - draws a load
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT), address]
    before = servers.processor_seconds(address)
    done = subprocess.run(
        [*command, "--", str(requests), str(start)], capture_output=True, text=True, check=False
    )
    spent = servers.processor_seconds(address) - before
    found = RESULT.search(done.stdout)
    if found is None or int(found[3]) or not int(found[1]):
        message = f"{address}: {done.stdout[-500:]}{done.stderr[-500:]}"
        raise BenchFailed(message)
    responses = int(found[1])
    return Load(responses / float(found[2]), spent / responses * 1_000)
