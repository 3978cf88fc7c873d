"""`make bench-time`: does the time of an answer tell who is listed? In process and over HTTP.

Listed against unlisted, and against the same number with another name: 20,000 pairs each of the
API and 5,000 of the form, whose page takes twenty times as long; every person asked about once,
who comes first drawn by lot. Past |t| = 4.5 the exit code is 1.
"""

import gc
import io
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from app.i18n import compile_translations
from app.server.application import create_application
from app.settings import read_settings
from loadtests import servers
from loadtests.paced import Caller
from tools.benchmarks.synthetic_index import Asked, asked, write_index
from tools.benchmarks.welch import THRESHOLD, largest_t

WARM_UP = 2_000
Ask = Callable[[bytes], float]


@dataclass(frozen=True)
class Asking:
    """One way to ask; body: what is sent for the fields of a check."""

    name: str
    pairs: int
    path: str
    content_type: str
    body: Callable[[dict[str, str]], bytes]


API = Asking(
    "API",
    20_000,
    "/api/v1/checks",
    "application/json",
    lambda fields: json.dumps(fields, ensure_ascii=False).encode(),
)
FORM = Asking(
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
        largest = [_told(way, "in process", _in_process(app, way)) for way in (API, FORM)]
        with servers.gauge(settings) as address:
            for way in (API, FORM):
                caller = Caller(address, way.path, way.content_type)
                largest.append(_told(way, "over HTTP", caller.seconds))
    return int(max(largest) >= THRESHOLD)


def _told(way: Asking, where: str, ask: Ask) -> float:
    """Print both comparisons; return the larger |t|."""
    for number in range(PEOPLE, PEOPLE + WARM_UP):
        ask(way.body(asked(number).listed))
    found = []
    for begin, words, other in (
        (0, "unlisted", lambda people: people.unlisted),
        (way.pairs, "wrong name", lambda people: people.wrong_name),
    ):
        listed, others = _times(way, ask, begin, other)
        t = largest_t(listed, others)
        found.append(abs(t))
        median = sorted(listed)[len(listed) // 2] * 1e6
        print(
            f"listed against {words}, {way.name} {where}: |t| = {abs(t):.2f} over "
            f"{way.pairs:,} pairs (below {THRESHOLD}; median {median:.1f} µs)",
            flush=True,
        )
    return max(found)


def _times(
    way: Asking, ask: Ask, begin: int, other: Callable[[Asked], dict[str, str]]
) -> tuple[list[float], list[float]]:
    lots = random.Random(begin)  # noqa: S311 - not for secrets
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.disable()
    try:
        for number in range(begin, begin + way.pairs):
            people = asked(number)
            pair = way.body(people.listed), way.body(other(people))
            for place in (0, 1) if lots.random() < 0.5 else (1, 0):
                times[place].append(ask(pair[place]))
    finally:
        gc.enable()
    return times


def _app(settings: dict[str, str]) -> Flask:
    os.environ.update(settings)
    compile_translations()
    return create_application(read_settings())


def _in_process(app: Flask, way: Asking) -> Ask:
    def ask(body: bytes) -> float:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": way.path,
            "CONTENT_TYPE": way.content_type,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        status: list[str] = []
        begun = time.perf_counter()
        answered = app.wsgi_app(environ, lambda *given: status.append(given[0]))  # type: ignore[arg-type]
        taken = time.perf_counter() - begun
        if status != ["200 OK"] or not answered:
            message = f"answered {status}"
            raise RuntimeError(message)
        return taken

    return ask


if __name__ == "__main__":
    sys.exit(main())
