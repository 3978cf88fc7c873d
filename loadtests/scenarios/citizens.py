"""`make load`: citizens by the plain check and by trip, with the limits of production.

Many client addresses behind a trusted proxy: a fifth of the arrivals come from a few addresses that
whole neighbourhoods share (carrier NAT), the others from their own. Refusals by a limit (429) are
counted apart from errors; they are no fault of a service that is asked too much.
"""

import csv
import json
import random
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
from geventhttpclient import HTTPClient
from locust import User, task
from locust.env import Environment

from loadtests import servers
from loadtests.scenarios.arrivals import Outcome, Request, arrive, percentile, poisson_times

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SHARED_ADDRESSES, OWN_ADDRESSES = 24, 50_000
SHARED_PART = 0.2
CONNECTIONS = 64
TIMEOUT_SECONDS = 10.0
SECONDS_MAX, RATE_MAX = 600, 5_000
ERRORS_MAX_SHARE = 0.001
PEOPLE = servers.ROOT / "var" / "demo" / "people.csv"
NOTICES = servers.ROOT / "var" / "demo" / "source" / "notices.csv"
PRODUCTION = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32", "GAUGE_NETWORK_CHECKS": "1200"}
FAILED = 1


@dataclass(slots=True)
class Population:
    """Whom and what is asked about; the same seed asks the same."""

    people: list[dict[str, str]]
    trips: list[dict[str, str]]
    chance: random.Random

    @classmethod
    def read(cls, people: Path, notices: Path, seed: int) -> "Population":
        """Return the population of a people.csv and a notices.csv."""
        return cls(_rows(people), _rows(notices), random.Random(seed))  # noqa: S311 - draws a load

    def draw(self) -> Request:
        """Return what the next citizen sends."""
        headers = {"X-Forwarded-For": self._address(), "Accept-Language": "zh-CN"}
        kind = self.chance.random()
        if kind < 0.6:
            person = self.chance.choice(self.people)
            fields = {name: person[name] for name in ("id_type", "id_number", "name")}
            headers["Content-Type"] = "application/json"
            body = json.dumps(fields).encode()
            return Request("check", "POST", "/api/v1/checks", headers, body)
        trip = self.chance.choice(self.trips)
        number = trip["number"] if self.chance.random() < 0.7 else f"G{self.chance.randrange(9999)}"
        fields = {"number": number, "date": trip["date"]}
        if kind < 0.85:
            return Request("trip", "GET", f"/api/v1/trips?{urlencode(fields)}", headers)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Request("trip page", "POST", "/trips", headers, urlencode(fields).encode())

    def _address(self) -> str:
        if self.chance.random() < SHARED_PART:
            return f"203.0.113.{self.chance.randrange(SHARED_ADDRESSES)}"
        number = self.chance.randrange(OWN_ADDRESSES)
        return f"198.18.{number >> 8 & 255}.{number & 255}"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(slots=True)
class Scenario:
    """One run: how many a second, for how long, of whom; its outcome once it is over."""

    rate: float
    seconds: float
    population: Population
    outcome: Outcome | None = None

    def run(self, address: str) -> Outcome:
        """Let them arrive, through Locust's runner and its statistics; return the outcome."""
        scenario = self

        class Citizens(User):
            """Where the arrivals come from; it never waits for an answer."""

            host = address

            @task
            def arrive(self) -> None:
                """Send every request of the scenario at its moment."""
                scenario.outcome = scenario.arrivals(address, self.environment)
                self.environment.runner.quit()

        environment = Environment(user_classes=[Citizens], host=address)
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
                answer.read()
            except Exception:
                return 0
            return int(answer.status_code)

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


@click.command()
@click.option("--rate", type=click.FloatRange(1, RATE_MAX), default=100.0, show_default=True)
@click.option("--seconds", type=click.FloatRange(1, SECONDS_MAX), default=60.0, show_default=True)
@click.option(
    "--address",
    help="A service on loopback that trusts 127.0.0.1 as a proxy "
    "[default: the demo, served for this run].",
)
@click.option("--people", type=click.Path(path_type=Path, exists=True), default=PEOPLE)
@click.option("--notices", type=click.Path(path_type=Path, exists=True), default=NOTICES)
@click.option("--seed", type=int, default=2020)
def main(  # noqa: PLR0913, PLR0917 - one parameter an option
    rate: float, seconds: float, address: str | None, people: Path, notices: Path, seed: int
) -> None:
    """Let citizens arrive, RATE a second on average; exit 1 where over 0.1 % get no answer."""
    if address is not None and urlsplit(address).hostname not in LOOPBACK:
        raise click.UsageError("--address: loopback only; nobody else's service is loaded")
    service = nullcontext(address) if address else servers.gauge(PRODUCTION)
    with service as where:
        scenario = Scenario(rate, seconds, Population.read(people, notices, seed))
        outcome = scenario.run(where)
    click.echo("\n".join(lines_of(outcome)))
    sys.exit(FAILED if error_share(outcome) > ERRORS_MAX_SHARE else 0)


if __name__ == "__main__":
    main()
