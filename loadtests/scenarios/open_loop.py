"""One run of a scenario: requests that arrive open-loop, sent through Locust, and their outcome."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import click
from geventhttpclient import HTTPClient
from locust import User, task
from locust.env import Environment

from loadtests.scenarios.arrivals import Outcome, Request, arrive, percentile, poisson_times

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
CONNECTIONS = 64
TIMEOUT_SECONDS = 10.0
SECONDS_MAX, RATE_MAX = 600, 5_000
ERRORS_MAX_SHARE = 0.001
FAILED = 1
OK = 200


class Population(Protocol):
    """Whom and what requests are about."""

    chance: random.Random

    def draw(self) -> Request:
        """Return what the next one sends."""


def require_loopback(address: str | None) -> None:
    """Raise click.UsageError for the address of another machine."""
    if address is not None and urlsplit(address).hostname not in LOOPBACK:
        raise click.UsageError("--address: loopback only; nobody else's service is loaded")


def is_any(_request: Request, _body: bytes) -> bool:
    """Return whether an answer is one: by its status alone it is."""
    return True


@dataclass(slots=True)
class Scenario:
    """One run: how many a second, for how long, of whom; its outcome once it is over.

    accepts: whether the body of an answer of status 200 says what it must; else there was none.
    """

    rate: float
    seconds: float
    population: Population
    accepts: Callable[[Request, bytes], bool] = is_any
    outcome: Outcome | None = None

    def run(self, address: str) -> Outcome:
        """Let them arrive, through Locust's runner and its statistics; return the outcome."""
        scenario = self

        class Arrivals(User):
            """Where the arrivals come from; it never waits for an answer."""

            host = address

            @task
            def arrive(self) -> None:
                """Send every request of the scenario at its moment."""
                scenario.outcome = scenario.arrivals(address, self.environment)
                self.environment.runner.quit()

        environment = Environment(user_classes=[Arrivals], host=address)
        runner = environment.create_local_runner()
        runner.start(1, spawn_rate=1)
        runner.greenlet.join()
        return self.outcome or Outcome()

    def arrivals(self, address: str, environment: Environment) -> Outcome:
        """Return what came of every arrival."""
        client = HTTPClient.from_url(
            address,
            concurrency=CONNECTIONS,
            connection_timeout=TIMEOUT_SECONDS,
            network_timeout=TIMEOUT_SECONDS,
        )

        def send(request: Request) -> int:
            try:
                answer = client.request(request.method, request.path, request.body, request.headers)
                body = bytes(answer.read())
            except Exception:
                return 0
            status = int(answer.status_code)
            return status if status != OK or self.accepts(request, body) else 0

        def record(request: Request, status: int, latency: float) -> None:
            failed = None if status in (200, 429) else RuntimeError(f"status {status}")
            environment.events.request.fire(  # type: ignore[no-untyped-call]
                request_type=request.method,
                name=f"{request.kind}, limited" if status == 429 else request.kind,
                response_time=latency * 1000,
                response_length=0,
                exception=failed,
            )

        times = poisson_times(self.rate, self.seconds, self.population.chance)
        try:
            return arrive(times, self.population.draw, send, record)
        finally:
            client.close()


def lines_of(outcome: Outcome) -> list[str]:
    """Return the outcome as lines: latencies of what was answered, refusals and errors apart."""
    lines = ["kind        answered  limited  errors   p50 ms   p95 ms   p99 ms   max ms"]
    for kind in sorted(outcome.statuses):
        statuses, latencies = outcome.statuses[kind], outcome.latencies[kind]
        marks = [percentile(latencies, share) * 1000 for share in (0.5, 0.95, 0.99, 1.0)]
        limited = statuses[429]
        errors = statuses.total() - limited - len(latencies)
        percentiles = "".join(f"{mark:9.1f}" for mark in marks)
        lines.append(f"{kind:10} {len(latencies):9,} {limited:8,} {errors:7,}{percentiles}")
    lines.append(
        f"started over 50 ms late: {outcome.late:,}; not sent, too many under way: "
        f"{outcome.dropped:,}"
    )
    return lines


def error_share(outcome: Outcome) -> float:
    """Return the share of arrivals that were neither answered nor refused by a limit."""
    every = sum(statuses.total() for statuses in outcome.statuses.values()) + outcome.dropped
    good = sum(
        statuses[429] + sum(number for status, number in statuses.items() if 200 <= status < 400)
        for statuses in outcome.statuses.values()
    )
    return 1.0 if every == 0 else 1 - good / every
