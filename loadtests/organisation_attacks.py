"""The attackers of an organisation: a stolen key, a leaked roll, lists that differ by one person.

Part of `make bench-attacks`; over HTTP alone, with keys of organisations that were made to be
attacked. docs/threat-model.md prices what is measured here.
"""

import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from loadtests import servers

HEADCOUNT = 300
ROLL_TIMES = 3  # of the quota: what a thief would like to ask
NUMBERS_IN_A_CELL = 8
LEAST_PEOPLE = 50
GUESSES = 400
JOBS = "/api/v1/bulk/jobs"
REFUSED = {"counts": {"exposed": 0, "not_found": 0, "incomplete": 0}, "status": "refused"}
DONE = ("done", "failed", "cancelled")
PATIENCE_SECONDS = 120
POLL_SECONDS = 0.2
REPEATS = 200_000  # rows of one person, which cost no quota and keep a job running


@dataclass(frozen=True)
class Organisation:
    """Whose key was stolen; quota: distinct identities in a fortnight."""

    api_key: str
    quota: int


@dataclass(frozen=True)
class Thief:
    """Somebody with a key, or a guess of one, from one address."""

    site: str
    api_key: str
    address: str = "203.0.200.1"

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Return status and body of one request."""
        parts = urlsplit(self.site)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.api_key}", "X-Forwarded-For": self.address}
        if body is not None:
            headers["Content-Type"] = "text/csv"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def check(self, rows: list[str]) -> dict[str, Any]:
        """Send a list in and return its job as it ended; REFUSED where the quota covers nobody.

        Raises RuntimeError.
        """
        job_id = self.send(rows)
        return self.reached(job_id, lambda _: False) if job_id else REFUSED

    def send(self, rows: list[str]) -> str:
        """Send a list in and return its id, "" where the quota covers nobody.

        Raises RuntimeError.
        """
        lines = "\n".join(["id_type,id_number,name", *rows, ""])
        status, body = self.ask("POST", JOBS, lines.encode())
        if status == http.client.TOO_MANY_REQUESTS and json.loads(body)["code"] == "quota":
            return ""
        if status != http.client.ACCEPTED:
            message = f"a list was answered with {status}"
            raise RuntimeError(message)
        return str(json.loads(body)["id"])

    def reached(self, job_id: str, is_enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a job until it is far enough or has ended; return it. Raises RuntimeError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            status, body = self.ask("GET", f"{JOBS}/{job_id}")
            if status == http.client.OK:
                job: dict[str, Any] = json.loads(body)
                if job["status"] in DONE or is_enough(job):
                    return job
            time.sleep(POLL_SECONDS)
        message = "a job did not end"
        raise RuntimeError(message)


def person(number: int) -> str:
    """Return the row of an invented person, whom no index lists."""
    return f"passport,E9{number:07},ANY PERSON"


def looked_up(job: Mapping[str, Any]) -> int:
    """Return of how many rows a job tells an answer."""
    counts = job["counts"]
    return int(counts["exposed"] + counts["not_found"] + counts["incomplete"])


def stolen_key(thief: Thief, organisation: Organisation) -> bool:
    """A roll of several times the quota, again, and another one: nothing past the quota."""
    quota = organisation.quota
    roll = [person(number) for number in range(quota * ROLL_TIMES)]
    began = time.monotonic()
    first = looked_up(thief.check(roll))
    seconds = time.monotonic() - began
    again = looked_up(thief.check(roll))
    fresh = [person(number) for number in range(1_000_000, 1_000_000 + quota)]
    other = looked_up(thief.check(fresh))
    print(
        f"stolen key: {first:,} of {len(roll):,} people answered in {seconds:.1f} s, the same roll "
        f"again {again:,}, {len(fresh):,} others {other:,}; priced {quota:,} in a fortnight"
    )
    return first == again == quota and other == 0


def many_in_a_cell(thief: Thief, organisation: Organisation) -> bool:
    """Several documents in each cell: each counts, so packing gains nothing."""
    rows = []
    for row in range(organisation.quota):
        numbers = [f"E8{row * NUMBERS_IN_A_CELL + n:07}" for n in range(NUMBERS_IN_A_CELL)]
        rows.append(f"passport,{' / '.join(numbers)},ANY PERSON")
    rows_answered = looked_up(thief.check(rows))
    documents = rows_answered * NUMBERS_IN_A_CELL
    print(
        f"stolen key, {NUMBERS_IN_A_CELL} documents in a cell: {rows_answered:,} rows answered, "
        f"{documents:,} documents; priced {organisation.quota:,}"
    )
    return documents <= organisation.quota


def differing_lists(thief: Thief) -> bool:
    """Counts only: a list and the same with one person more, of one build; then a short one."""
    base = [person(number) for number in range(LEAST_PEOPLE)]
    first = thief.check(base)
    second = thief.check([*base, person(LEAST_PEOPLE)])
    status, _ = thief.ask("GET", f"{JOBS}/{first['id']}/results")
    counts = sorted(set(first["counts"].values()))
    print(
        f"counts only: {first['status']} with counts {counts}, results {status}; one person more "
        f"of the same build: {second['status']} ({(second['failure'] or {}).get('code', 'none')})"
    )
    return (
        first["status"] == "done"
        and all(count % 5 == 0 for count in counts)
        and status == http.client.FORBIDDEN
        and second["status"] != "done"
    )


def stopped_lists(thief: Thief) -> bool:
    """Counts only: a long list that is read under way and destroyed; then another of its build."""
    people = [person(number) for number in range(LEAST_PEOPLE)]
    job_id = thief.send([*people, *people[-1:] * REPEATS])
    seen = thief.reached(job_id, lambda job: bool(job["checked"]))
    thief.ask("DELETE", f"{JOBS}/{job_id}")
    second = thief.check(people)
    print(
        f"counts only, stopped under way: {seen['status']} with {seen['checked']:,} rows checked "
        f"and counts {sorted(set(seen['counts'].values()))}; another list of the same build: "
        f"{second['status']} ({(second['failure'] or {}).get('code', 'none')})"
    )
    return (
        seen["status"] == "running"
        and not any(seen["counts"].values())
        and second["status"] != "done"
    )


def guessed_keys(site: str) -> bool:
    """Guesses at keys from one address: refused alike, then not even looked at."""
    guesser = Thief(site, "", "203.0.201.1")
    statuses = []
    for number in range(GUESSES):
        guess = Thief(site, f"cgk_{number:016x}_{number:064x}", guesser.address)
        statuses.append(guess.ask("GET", JOBS + "/0")[0])
    refused, limited = statuses.count(401), statuses.count(429)
    print(f"guessed keys: {refused} refused of {GUESSES}, then {limited} not looked at")
    return refused + limited == GUESSES and limited > 0


def stranger(thief: Thief, other: Thief) -> bool:
    """Another organisation's job: not there, by any method."""
    job = thief.check([person(0)])
    path = f"{JOBS}/{job['id']}"
    statuses = [other.ask(method, path)[0] for method in ("GET", "DELETE")]
    statuses.append(other.ask("GET", f"{path}/results")[0])
    print(f"another organisation's job: {statuses}")
    return set(statuses) == {http.client.NOT_FOUND}


def made(
    settings: Mapping[str, str], slug: str, policy: str, headcount: int = HEADCOUNT
) -> Organisation:
    """Make an organisation to attack, in the records of some settings."""
    command = [sys.executable, "-m", "tools.benchmarks.attacked_organisation"]
    done = subprocess.run(
        [*command, slug, str(headcount), policy],
        capture_output=True,
        check=True,
        cwd=servers.ROOT,
        env={**servers.inherited_environment(), **settings},
    )
    return Organisation(**json.loads(done.stdout))


@contextmanager
def attacked_service(limits: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Organisation]]]:
    """Serve the demo with records of its own; yield its address and organisations by slug."""
    with tempfile.TemporaryDirectory() as state:
        settings = {
            "GAUGE_DEMO": "1",
            "GAUGE_KEYS_DIR": str(servers.ROOT / "var" / "demo" / "keys"),
            "GAUGE_STATE_DIR": state,
        }
        policies = {
            "robbed": "individuals",
            "packed": "individuals",
            "counted": "counts",
            "stopped": "counts",
        }
        organisations = {slug: made(settings, slug, policy) for slug, policy in policies.items()}
        with servers.gauge({**limits, "GAUGE_STATE_DIR": state}) as site:
            yield site, organisations


def play(limits: Mapping[str, str]) -> bool:
    """Play every attacker; return whether none got more than is priced."""
    with attacked_service(limits) as (site, organisations):
        thieves = {slug: Thief(site, one.api_key) for slug, one in organisations.items()}
        outcomes = [
            stolen_key(thieves["robbed"], organisations["robbed"]),
            many_in_a_cell(thieves["packed"], organisations["packed"]),
            stranger(thieves["robbed"], thieves["packed"]),
            differing_lists(thieves["counted"]),
            stopped_lists(thieves["stopped"]),
            guessed_keys(site),
        ]
    return all(outcomes)
