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
from urllib.parse import urlencode

import click

from loadtests import servers
from loadtests.scenarios.arrivals import Request
from loadtests.scenarios.open_loop import (
    ERRORS_MAX_SHARE,
    FAILED,
    RATE_MAX,
    SECONDS_MAX,
    Scenario,
    error_share,
    lines_of,
    require_loopback,
)

SHARED_ADDRESSES, OWN_ADDRESSES = 24, 50_000
SHARED_PART = 0.2
PEOPLE = servers.ROOT / "var" / "demo" / "people.csv"
NOTICES = servers.ROOT / "var" / "demo" / "source" / "notices.csv"
PRODUCTION = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32", "GAUGE_NETWORK_CHECKS": "1200"}


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
    require_loopback(address)
    service = nullcontext(address) if address else servers.gauge(PRODUCTION)
    with service as where:
        scenario = Scenario(rate, seconds, Population.read(people, notices, seed))
        outcome = scenario.run(where)
    click.echo("\n".join(lines_of(outcome)))
    sys.exit(FAILED if error_share(outcome) > ERRORS_MAX_SHARE else 0)


if __name__ == "__main__":
    main()
