"""Two workers without Redis are one service: what one has counted or used up, the other knows."""

import base64
import http.client
import json
import os
import signal
import threading
from collections import Counter
from itertools import combinations, islice

import altcha
import pytest

from tests.fixtures.bulk_programs import children_of
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

WORKERS = 2
CLIENTS = 6
NETWORK_CHECKS = 60
NAMES = 4
SETTINGS = {
    "GAUGE_WORKERS": str(WORKERS),
    "GAUGE_TRUSTED_PROXIES": "127.0.0.0/8",
    "GAUGE_NETWORK_CHECKS": str(NETWORK_CHECKS),
    "GAUGE_NETWORK_PAGES": "40",
    "GAUGE_NAMES_PER_DOCUMENT": str(NAMES),
    "GAUGE_NAMES_PER_DOCUMENT_EVERYWHERE": "1000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
    "GAUGE_PROOF_HASHES": "1000",
    "GAUGE_WAIT_SECONDS": "1",
    "GAUGE_ORGANISATIONS": "on",
    "GAUGE_BULK_WORKER": "off",
}


@pytest.fixture(scope="module")
def service(start_module_service, published, tmp_path_factory):
    """Two workers over one SQLite file."""
    return start_module_service(
        published, {**SETTINGS, "GAUGE_STATE_DIR": str(tmp_path_factory.mktemp("state"))}
    )


def ask(service, network, body=None, path="/api/v1/checks", **headers):
    """Ask over a connection of its own, which any worker may take; return status and body."""
    connection = http.client.HTTPConnection(
        service.url.removeprefix("http://"), timeout=PATIENCE_SECONDS
    )
    method, content = ("GET", None) if body is None else ("POST", json.dumps(body))
    headers = {"Content-Type": "application/json", "X-Forwarded-For": network, **headers}
    try:
        connection.request(method, path, content, headers)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        return 0, b""  # its worker was killed
    finally:
        connection.close()


def statuses(asked) -> Counter:
    """Do everything that is given, by several clients at once; count the statuses."""
    counted: Counter = Counter()
    lock = threading.Lock()

    def client(mine):
        for each in mine:
            status = each()[0]
            with lock:
                counted[status] += 1

    threads = [
        threading.Thread(target=client, args=(asked[own::CLIENTS],)) for own in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counted


def body(number: int, name: str = "Anna") -> dict[str, str]:
    return {"id_type": "other", "id_number": f"XX{number:07}", "name": name}


def workers_of(service) -> set[int]:
    return set(children_of(service.process.pid))


def test_there_are_as_many_workers_as_were_wanted(service):
    # the first one answers before the second is forked, up to a tenth of a second later
    wait_until(lambda: len(workers_of(service)) == WORKERS)


def test_a_network_is_admitted_exactly_its_limit(service):
    asked = [
        lambda number=number: ask(service, "203.0.113.1", body(number))
        for number in range(3 * NETWORK_CHECKS)
    ]
    assert {200: NETWORK_CHECKS, 429: 2 * NETWORK_CHECKS} == statuses(asked)


def test_names_of_a_document_are_admitted_exactly_their_limit(service):
    names = islice(combinations("BCDFGHJKL", 3), 40)
    asked = [
        lambda name=name: ask(service, "203.0.113.2", body(1_000_000, "Ann " + "".join(name)))
        for name in names
    ]
    assert {200: NAMES, 429: 40 - NAMES} == statuses(asked)


def test_pages_of_a_network_are_admitted_exactly_their_limit(service):
    asked = [lambda: ask(service, "203.0.113.3", path="/trips?mode=train")] * 100
    assert {200: 40, 429: 60} == statuses(asked)


def proofs_wanted(service, network):
    """Use up what is free and return challenge and ticket of the demand."""
    for number in range(NETWORK_CHECKS):
        assert 200 == ask(service, network, body(number))[0]
    status, problem = ask(service, network, body(0))
    assert 429 == status
    return json.loads(problem)


def test_a_solved_challenge_counts_once_whichever_worker_made_it_and_sees_it(service):
    for network in ("203.0.113.4", "203.0.113.5"):
        challenge = altcha.Challenge.from_dict(proofs_wanted(service, network)["challenge"])
        solved = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_dict()
        proof = base64.b64encode(json.dumps(solved).encode()).decode()
        asked = [
            lambda of=network, it=proof: ask(service, of, body(7), **{"X-Gauge-Proof": it})
        ] * 24
        assert {200: 1, 429: 23} == statuses(asked)


def test_a_wait_ticket_counts_once_whichever_worker_sees_it(service):
    ticket = proofs_wanted(service, "203.0.113.6")["ticket"]
    header = {"X-Gauge-Proof": ticket}
    wait_until(lambda: ask(service, "203.0.113.6", body(7), **header)[0] == 200)
    asked = [lambda: ask(service, "203.0.113.6", body(7), **header)] * 24
    assert {429: 24} == statuses(asked)


def test_a_worker_that_is_killed_takes_no_count_with_it(service):
    def kill_one():
        before = workers_of(service)
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: len(workers_of(service) - {min(before)}) == WORKERS)
        return (0, b"")

    asked = [
        (lambda number=number: ask(service, "203.0.113.7", body(number)))
        for number in range(4 * NETWORK_CHECKS)
    ]
    for turn in (20, 60, 110):
        asked[turn] = kill_one
    counted = statuses(asked)
    lost = counted[0] - 3  # counted or not, never answered
    assert counted[200] <= NETWORK_CHECKS <= counted[200] + lost
    assert 429 == ask(service, "203.0.113.7", body(0))[0]


def test_a_reload_takes_no_count_with_it(service):
    assert 429 == ask(service, "203.0.113.1", body(0))[0]
    before = workers_of(service)
    service.process.send_signal(signal.SIGHUP)
    wait_until(lambda: not before & workers_of(service) and len(workers_of(service)) == WORKERS)
    assert 429 == ask(service, "203.0.113.1", body(0))[0]
    assert 200 == ask(service, "203.0.113.8", body(0))[0]
