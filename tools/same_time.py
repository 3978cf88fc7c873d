"""`make bench-time`: does the time of an answer tell who is listed? In process and over HTTP.

Listed against unlisted, and against the same number with another name: 20,000 pairs each, every
person asked about once, who comes first drawn by lot. Past |t| = 4.5 the exit code is 1.
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
from pathlib import Path

from app.factory import create_app
from app.languages import compile_translations
from app.settings import read_settings
from loadtests import servers
from loadtests.paced import Caller
from loadtests.welch import THRESHOLD, largest_t
from tools.synthetic_index import Asked, asked, write_index

PAIRS = 20_000
WARM_UP = 2_000
Ask = Callable[[bytes], float]


def main() -> int:
    """Run every comparison; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_index(folder, people=2 * PAIRS + WARM_UP, entries=100_000)
        settings = {
            "GAUGE_INDEX_DIR": str(folder / "index"),
            "GAUGE_KEYS_DIR": str(folder / "keys"),
            "GAUGE_STATE_DIR": str(folder / "state"),
            **servers.NO_LIMIT_REACHED,
        }
        largest = [_told("in process", _in_process(settings))]
        with servers.gauge(settings) as address:
            largest.append(_told("over HTTP", Caller(address).seconds))
    return int(max(largest) >= THRESHOLD)


def _told(where: str, ask: Ask) -> float:
    """Print both comparisons; return the larger |t|."""
    for number in range(2 * PAIRS, 2 * PAIRS + WARM_UP):
        ask(_body(asked(number).listed))
    found = []
    for begin, words, other in (
        (0, "unlisted", lambda people: people.unlisted),
        (PAIRS, "wrong name", lambda people: people.wrong_name),
    ):
        listed, others = _times(ask, begin, other)
        t = largest_t(listed, others)
        found.append(abs(t))
        median = sorted(listed)[len(listed) // 2] * 1e6
        print(
            f"listed against {words}, {where}: |t| = {abs(t):.2f} over {PAIRS:,} pairs "
            f"(below {THRESHOLD}; median {median:.1f} µs)"
        )
    return max(found)


def _times(
    ask: Ask, begin: int, other: Callable[[Asked], dict[str, str]]
) -> tuple[list[float], list[float]]:
    lots = random.Random(begin)  # noqa: S311 - not for secrets
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.disable()
    try:
        for number in range(begin, begin + PAIRS):
            people = asked(number)
            pair = _body(people.listed), _body(other(people))
            for place in (0, 1) if lots.random() < 0.5 else (1, 0):
                times[place].append(ask(pair[place]))
    finally:
        gc.enable()
    return times


def _body(fields: dict[str, str]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def _in_process(settings: dict[str, str]) -> Ask:
    os.environ.update(settings)
    compile_translations()
    app = create_app(read_settings())

    def ask(body: bytes) -> float:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/api/v1/checks",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
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
