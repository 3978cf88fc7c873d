"""`make bench-time`: does the time of an answer tell who is listed? In process and over HTTP.

In process the API is asked through the front, as its event loop does, and the form through the
framework; over HTTP both are asked of a worker that serves, over one connection.

Listed against unlisted, and against the same number with another name: 20,000 pairs each of the
API and 5,000 of the form, whose page takes twenty times as long; every person asked about once,
who comes first drawn by lot, each as often: the second name of a document takes longer to count, so
that one more lot in a hundred reads as a tenth of a microsecond. Past |t| = 4.5 the exit code is 1.
"""

import gc
import io
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from app.i18n import compile_translations
from app.limits.shared_memory import shared_limits
from app.server.application import create_application, put_front_before
from app.server.fast.asgi import FrontApplication
from app.settings import read_settings
from exposure_index.identity.whole_name import whole_name_doubt
from loadtests import servers
from loadtests.command_line import run_command
from loadtests.paced import Caller
from tools.benchmarks.front_calls import front_call
from tools.benchmarks.synthetic_index import InventedPeople, invented_people, write_index
from tools.benchmarks.welch import THRESHOLD, largest_t

WARM_UP = 2_000
Ask = Callable[[bytes], float]


@dataclass(frozen=True)
class Route:
    """One way to ask; body: what is sent for the fields of a check."""

    name: str
    pairs: int
    path: str
    content_type: str
    body: Callable[[dict[str, str]], bytes]


API = Route(
    "API",
    20_000,
    "/api/v1/checks",
    "application/json",
    lambda fields: json.dumps(fields, ensure_ascii=False).encode(),
)
FORM = Route(
    "form",
    5_000,
    "/check",
    "application/x-www-form-urlencoded",
    lambda fields: urlencode(fields).encode(),
)
PEOPLE = 2 * API.pairs


def main() -> int:
    """Run every comparison; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_index(folder, people=PEOPLE + WARM_UP, entries=100_000)
        settings = {
            "GAUGE_INDEX_DIR": str(folder / "index"),
            "GAUGE_KEYS_DIR": str(folder / "keys"),
            "GAUGE_STATE_DIR": str(folder / "state"),
            **servers.NO_LIMIT_REACHED,
        }
        app = _app(settings)
        front = _through_front(put_front_before(app), API)
        largest = [
            _largest_difference(API, "in process", front),
            _largest_difference(FORM, "in process", _through_framework(app, FORM)),
        ]
        with servers.gauge(settings) as address:
            for route in (API, FORM):
                caller = Caller(address, route.path, route.content_type)
                largest.append(_largest_difference(route, "over HTTP", caller.seconds))
    return int(max(largest) >= THRESHOLD)


def _largest_difference(route: Route, where: str, ask: Ask) -> float:
    """Print both comparisons; return the larger |t|."""
    for people in _people(route, range(PEOPLE, PEOPLE + WARM_UP)):
        ask(route.body(people.listed))
    differences = []
    for begin, words, other in (
        (0, "unlisted", lambda people: people.unlisted),
        (PEOPLE // 2, "wrong name", lambda people: people.wrong_name),
    ):
        listed, others = _times(route, ask, begin, other)
        t = largest_t(listed, others)
        differences.append(abs(t))
        median = sorted(listed)[len(listed) // 2] * 1e6
        print(
            f"listed against {words}, {route.name} {where}: |t| = {abs(t):.2f} over "
            f"{route.pairs:,} pairs (below {THRESHOLD}; median {median:.1f} µs)",
            flush=True,
        )
    return max(differences)


def _times(
    route: Route, ask: Ask, begin: int, other: Callable[[InventedPeople], dict[str, str]]
) -> tuple[list[float], list[float]]:
    orders = [(0, 1), (1, 0)] * (route.pairs // 2)
    random.Random(begin).shuffle(orders)  # noqa: S311 - not for secrets
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.disable()
    try:
        numbers = range(begin, begin + PEOPLE // 2)
        for people, order in zip(_people(route, numbers), orders, strict=False):
            fields = people.listed, other(people)
            bodies = [route.body(fields[place]) for place in order]  # the last one made is near
            for place, body in zip(order, bodies, strict=True):
                times[place].append(ask(body))
    finally:
        gc.enable()
    return times


def _people(route: Route, numbers: Iterable[int]) -> Iterator[InventedPeople]:
    """Yield the people of some numbers whom a route answers about at once.

    The form asks again for a name that may not be the whole one, such as 丂总.
    """
    for people in map(invented_people, numbers):
        names = people.listed["name"], people.wrong_name["name"]
        if route is API or not any(map(whole_name_doubt, names)):
            yield people


def _app(settings: dict[str, str]) -> Flask:
    os.environ.update(settings)
    compile_translations()
    return create_application(read_settings(), shared=shared_limits())


def _through_front(front: FrontApplication, route: Route) -> Ask:
    def ask(body: bytes) -> float:
        call = front_call(front, route.path, route.content_type, body)
        start = time.perf_counter()
        call()
        return time.perf_counter() - start

    return ask


def _through_framework(app: Flask, route: Route) -> Ask:
    def ask(body: bytes) -> float:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": route.path,
            "CONTENT_TYPE": route.content_type,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        status: list[str] = []
        start = time.perf_counter()
        response = app.wsgi_app(environ, lambda *arguments: status.append(arguments[0]))  # type: ignore[arg-type]
        seconds = time.perf_counter() - start
        if status != ["200 OK"] or not response:
            message = f"answered {status}"
            raise RuntimeError(message)
        return seconds

    return ask


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
