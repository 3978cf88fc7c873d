"""`make bench-check-cost`: processor time of one check in process, whole and by step.

Limits are on and none is reached. Each step is also timed alone, over and over, which is less than
it takes within a check: there the others' code and data push its own out of the nearest memory.
Rounds are taken in turns, and the tenth of them that met least of other programs is printed.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from app.checks.lookup import check_admitted
from app.checks.request_schema import parse_check_request
from app.checks.response_body import answer_body
from app.logs import configure_logs
from app.query.check.api import PATH
from app.server.fast.api_routes import FAST_ROUTES
from app.services import AppServices, build_services
from app.settings import read_settings
from exposure_index.lookup.result import LookupResult
from loadtests.command_line import run_command
from loadtests.servers import NO_LIMIT_REACHED
from tools.benchmarks.synthetic_index import invented_people, write_index

PEOPLE = 200
ENTRIES = 20_000
ROUNDS = 30
CHECKS_A_ROUND = PEOPLE
ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Step:
    """One step of a check; prepare: makes of a body what the step begins with."""

    name: str
    prepare: Callable[[bytes], Any]
    run: Callable[[Any], object]


def main() -> int:
    """Print a table for one authority and for two; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        authorities = ("East", "West")
        for authority in authorities:
            _write_authority(root, authority)
        configure_logs("error")
        print("µs a check: whole, then by step\n")
        for count in (1, 2):
            services = _services(root, authorities[:count])
            for who, bodies in _questions().items():
                _print_row(f"{who}, authorities: {count}", _steps(services), bodies)
    return 0


def _write_authority(root: Path, authority: str) -> None:
    folder = root / "written" / authority
    folder.mkdir(parents=True)
    write_index(folder, people=PEOPLE, entries=ENTRIES, authority=authority)


def _services(root: Path, authorities: Sequence[str]) -> AppServices:
    """Return the services over the indexes of authorities, each with keys of its own."""
    place = root / f"of-{len(authorities)}"
    for kind in ("index", "keys"):
        (place / kind).mkdir(parents=True)
        for authority in authorities:
            (place / kind / authority).symlink_to(root / "written" / authority / kind)
    os.environ.update(
        {
            "GAUGE_INDEX_DIR": str(place / "index"),
            "GAUGE_KEYS_DIR": str(place / "keys"),
            "GAUGE_STATE_DIR": str(place / "state"),
            **NO_LIMIT_REACHED,
        }
    )
    return build_services(read_settings())


def _questions() -> dict[str, list[bytes]]:
    people = [invented_people(number) for number in range(CHECKS_A_ROUND)]
    listed = [person.listed for person in people]
    return {
        "listed": list(map(_body, listed)),
        "unlisted": [_body(person.unlisted) for person in people],
        "listed, two names": [_body(fields | {"name_latin": "ANNA OEZ"}) for fields in listed],
    }


def _body(fields: dict[str, str]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def _steps(services: AppServices) -> list[Step]:
    route, limits, indexes = FAST_ROUTES[PATH], services.check_limits, services.indexes
    network = services.client_networks.network(ADDRESS, None)

    def whole(body: bytes) -> None:
        response = route.respond(services, ADDRESS, None, body)
        if response is None or response.status != HTTPStatus.OK:
            message = "a check was not answered"
            raise RuntimeError(message)

    def look_up(body: bytes) -> LookupResult[bytes]:
        return check_admitted(indexes, parse_check_request(body))

    return [
        Step("whole", bytes, whole),
        Step("parse", bytes, parse_check_request),
        Step("limits", parse_check_request, partial(limits.admit_check, network)),
        Step("look up", parse_check_request, partial(check_admitted, indexes)),
        Step("write", look_up, answer_body),
    ]


def _print_row(name: str, steps: Sequence[Step], bodies: Sequence[bytes]) -> None:
    inputs = [[step.prepare(body) for body in bodies] for step in steps]
    times: list[list[float]] = [[] for _ in steps]
    gc.collect()
    for _ in range(ROUNDS):
        for step, values, found in zip(steps, inputs, times, strict=True):
            found.append(_microseconds(step.run, values))
    cells = [
        f"{step.name} {sorted(found)[ROUNDS // 10]:.1f}"
        for step, found in zip(steps, times, strict=True)
    ]
    print(f"{name}: {', '.join(cells)}", flush=True)


def _microseconds(run: Callable[[Any], object], values: Sequence[Any]) -> float:
    """Return the processor time that one run takes."""
    begin = time.process_time()
    for value in values:
        run(value)
    return (time.process_time() - begin) / len(values) * 1e6


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
