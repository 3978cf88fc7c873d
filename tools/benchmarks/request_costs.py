"""What each request of a citizen costs in process, by a check of the API: processor time.

The second part of `make bench-checks`, on the demo. A check and a trip by the API are asked through
the front, all else through the application behind it. Times are of the processor, in rounds that
take turns.
"""

import gc
import io
import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import process_time
from urllib.parse import urlencode

from flask import Flask

from app.i18n import compile_translations
from app.limits.shared_memory import shared_limits
from app.server.application import create_application, put_front_before
from app.server.fast.asgi import FrontApplication
from app.settings import read_settings
from loadtests import demo_requests, servers
from loadtests.command_line import run_command
from loadtests.http_requests import FORM, HttpRequest, get, post
from loadtests.rounds import Ratio, take_turns
from tools.benchmarks.front_calls import PEER, front_call

ROUNDS, ROUND_SECONDS = 11, 0.2
WARM_UP_CALLS = 20
PEOPLE, FAMILY = 3_000, 6
CHECK, TRIP, ONE, SIX = (
    "POST /api/v1/checks",
    "GET /api/v1/trips",
    "POST /check",
    "POST /check, six people",
)
BOUNDS = {TRIP: "at most 2 ×", ONE: "at most 7 ×, 1.5 ms", SIX: "at most 4 ms"}
Call = Callable[[HttpRequest], None]


def family_checks(people: Sequence[Mapping[str, str]]) -> list[HttpRequest]:
    """Return checks by the form of FAMILY people each."""
    forms = []
    for first in range(0, len(people) - FAMILY + 1, FAMILY):
        fields: dict[str, str] = {}
        for place, person in enumerate(people[first : first + FAMILY], 1):
            ending = "" if place == 1 else f"_{place}"
            fields |= {f"{name}{ending}": value for name, value in person.items()}
        forms.append(post("/check", FORM, urlencode(fields).encode()))
    return forms


def ask_front(front: FrontApplication, request: HttpRequest) -> None:
    """Ask as the event loop does. Raises RuntimeError unless the answer is 200."""
    content_type = request.headers.get("Content-Type", "")
    front_call(front, request.path, content_type, request.body, request.method)()


def ask_application(app: Flask, request: HttpRequest) -> None:
    """Ask as a thread of the pool does. Raises RuntimeError unless the answer is 200."""
    path, _, query = request.path.partition("?")
    environ = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "REMOTE_ADDR": PEER[0],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
    }
    statuses: list[str] = []
    response = app.wsgi_app(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
    b"".join(response)
    if statuses != ["200 OK"]:
        raise RuntimeError(statuses)


def cost(call: Call, requests: Sequence[HttpRequest]) -> Callable[[], float]:
    """Return a measure of one call in seconds of the processor, over ROUND_SECONDS."""
    turn = itertools.cycle(requests)
    for request in itertools.islice(turn, WARM_UP_CALLS):
        call(request)

    def measure() -> float:
        began, calls = process_time(), 0
        while process_time() - began < ROUND_SECONDS:
            call(next(turn))
            calls += 1
        return (process_time() - began) / calls

    return measure


def main() -> int:
    """Print what each costs; return the exit code."""
    with tempfile.TemporaryDirectory() as state:
        demo = demo_requests.DEMO
        os.environ |= {
            "GAUGE_DEMO": "1",
            "GAUGE_INDEX_DIR": str(demo / "index"),
            "GAUGE_KEYS_DIR": str(demo / "keys"),
            "GAUGE_STATE_DIR": state,
            "GAUGE_LOG_LEVEL": "error",
            **servers.NO_LIMIT_REACHED,
        }
        compile_translations()
        app = create_application(read_settings(), shared=shared_limits())
        behind, before = partial(ask_application, app), partial(ask_front, put_front_before(app))
        kinds: dict[str, tuple[Call, list[HttpRequest]]] = {
            CHECK: (before, demo_requests.api_checks()),
            TRIP: (before, demo_requests.trip_lookups()),
            ONE: (behind, demo_requests.form_checks()),
            SIX: (behind, family_checks(demo_requests.people(PEOPLE))),
            "GET /check": (behind, [get("/check")]),
        }
        costs = {name: cost(*kind) for name, kind in kinds.items()}
        gc.freeze()  # as a worker does once it has begun
        found = take_turns(costs, ROUNDS)
    print("\nIn process, processor time of one request")
    for name, each in found.items():
        bound = f" ({BOUNDS[name]})" if name in BOUNDS else ""
        ratio = f"{Ratio.of(each, found[CHECK])} a check" if name != CHECK else ""
        print(f"  {name:24} {statistics.median(each) * 1e6:9,.0f} µs  {ratio}{bound}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
