"""`make bench-attacks`: plays the attackers of docs/threat-model.md against a local service.

Prints what was measured beside what the shipped settings price. Everything goes over HTTP; the
addresses of the attackers are made up and come through a trusted proxy, which this is.
"""

import base64
import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any
from urllib.parse import urlsplit

import altcha

from loadtests import organisation_attacks, servers
from loadtests.command_line import run_command

ROLL = 1_500  # more than one address may ask freely
PROOFS = 40
NAMES = 12
ADDRESSES = 12
SHIPPED = {  # the limits as shipped: the other benchmarks lift them
    "GAUGE_NETWORK_CHECKS": "1200",
    "GAUGE_CHECKS_PER_SECOND": "2000",
    "GAUGE_TRUSTED_PROXIES": "127.0.0.0/8",
}
HEADER = "X-Gauge-Proof"
TOLERANCE = 0.02


@dataclass
class Attacker:
    """One address, asking over one connection."""

    connection: http.client.HTTPConnection
    address: str

    def ask(self, number: str, name: str, proof: str = "") -> tuple[int, dict[str, Any]]:
        """Return status and body of one check."""
        body = json.dumps({"id_type": "passport", "id_number": number, "name": name})
        headers = {"Content-Type": "application/json", "X-Forwarded-For": self.address}
        if proof:
            headers[HEADER] = proof
        self.connection.request("POST", "/api/v1/checks", body, headers)
        response = self.connection.getresponse()
        return response.status, json.loads(response.read())

    def earn(self, number: str, name: str) -> int:
        """Ask, solve what is asked for, ask again; return the last status."""
        status, body = self.ask(number, name)
        if status == 429 and "challenge" in body:
            status, _ = self.ask(number, name, solution_of(body["challenge"]))
        return status


def solution_of(challenge: dict[str, Any]) -> str:
    """Return the proof for a challenge, by altcha's own solver."""
    altcha_challenge = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(altcha_challenge)
    if solution is None:
        message = "a challenge was not solved"
        raise RuntimeError(message)
    payload = altcha.Payload(altcha_challenge, solution).to_dict()
    return base64.b64encode(json.dumps(payload).encode()).decode()


def name(one: int, other: int) -> str:
    """Return a name for each pair of small numbers.

    Of each letter it has one: in a name letters may stand in any order, and doubled ones are one.
    """
    letters = next(islice(combinations("BCDFGHJKLM", 3), one, None))
    return f"A{''.join(letters)} {'NPRSTVWXZ'[other]}"


def main() -> int:
    """Play every attacker; return 1 where more was admitted than was priced."""
    priced = json.loads(
        subprocess.run(
            [sys.executable, "-m", "tools.threat_prices", "--json"],
            capture_output=True,
            check=True,
            cwd=servers.ROOT,
        ).stdout
    )
    with servers.gauge(SHIPPED) as url:
        site = urlsplit(url)

        def attacker(number: int) -> Attacker:
            connection = http.client.HTTPConnection(site.hostname or "", site.port, timeout=30)
            return Attacker(connection, f"203.0.{number // 250}.{number % 250 + 1}")

        outcomes = [
            leaked_roll(attacker(0), priced),
            one_document_one_address(attacker(1), priced),
            one_document_many_addresses([attacker(10 + n) for n in range(ADDRESSES)]),
        ]
    outcomes.append(organisation_attacks.play(SHIPPED))
    return 0 if all(outcomes) else 1


def leaked_roll(attacker: Attacker, priced: dict[str, Any]) -> bool:
    """A roll of people from one address: what is free, and what a proof makes of the rest."""
    started = time.monotonic()
    statuses = [attacker.ask(f"X{number:07}", "NOBODY")[0] for number in range(ROLL)]
    free_seconds = (time.monotonic() - started) / ROLL
    free = statuses.count(200)
    started = time.monotonic()
    earned = [attacker.earn(f"Y{number:07}", "NOBODY") for number in range(PROOFS)]
    proof_seconds = (time.monotonic() - started) / PROOFS
    print(f"roll: {free:,} of {ROLL:,} free from one address; priced {priced['window_free']:,}")
    print(
        f"roll: {free_seconds * 1e3:.2f} ms a free check, {proof_seconds * 1e3:.1f} ms a proven "
        f"one (one core, no graphics card): {proof_seconds / free_seconds:.0f} times the cost"
    )
    print(f"roll: {1 / proof_seconds:.0f} proven checks a second and core")
    most = priced["window_free"] * (1 + TOLERANCE)
    return bool(free <= most and earned.count(200) == PROOFS)


def one_document_one_address(attacker: Attacker, priced: dict[str, Any]) -> bool:
    """Names for one document from one address: so many free, so many earned, then none."""
    free = sum(attacker.ask("X9000001", name(n, 0))[0] == 200 for n in range(NAMES))
    earned = sum(attacker.earn("X9000001", name(n, 1)) == 200 for n in range(priced["names"] * 2))
    print(
        f"one document, one address: {free} names free, {free + earned} at all; "
        f"priced {priced['names_free']} and {priced['names']}"
    )
    return bool(free <= priced["names_free"] and free + earned <= priced["names"])


def one_document_many_addresses(attackers: list[Attacker]) -> bool:
    """Names for one document from many addresses: past what is free everywhere each is earned."""
    statuses = [
        attacker.ask("X9000002", name(place, turn))[0]
        for turn in range(6)
        for place, attacker in enumerate(attackers)
    ]
    owner = attackers[-1]
    owner.address = "198.51.100.1"
    first, second = owner.ask("X9000002", "OWNER")[0], owner.earn("X9000002", "OWNER")
    print(
        f"one document, {len(attackers)} addresses: {statuses.count(200)} names free, then each is "
        f"earned; its owner: {first}, with a proof {second}"
    )
    return second == 200


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
