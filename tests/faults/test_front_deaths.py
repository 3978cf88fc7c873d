"""Processes of the service that are killed or stopped: who is left, who is answered, and how."""

import json
import os
import signal
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from app.server import gunicorn_server
from app.server.connections import deadlines
from loadtests.ports import is_free
from tests.fixtures.bulk_programs import children_of
from tests.fixtures.http_framings import CHECKS
from tests.fixtures.loopback import accepts_connections
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
)
from tests.fixtures.server_processes import (
    descriptors_of,
    family_of,
    lives,
    web_workers_of,
)

UNLIMITED = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}
PATIENT = {
    deadlines: {"HEADERS_SECONDS": PATIENCE_SECONDS, "BODY_GRACE_SECONDS": PATIENCE_SECONDS},
    gunicorn_server: {"GRACEFUL_TIMEOUT_SECONDS": int(PATIENCE_SECONDS)},
}
ENDLESS = {
    deadlines: {"BODY_GRACE_SECONDS": 9 * PATIENCE_SECONDS},
    gunicorn_server: {"GRACEFUL_TIMEOUT_SECONDS": 9 * int(PATIENCE_SECONDS)},
}
"""Whoever ends while a client says nothing did not wait for it."""
CLIENTS_OF_EACH = 32  # more than a worker opens files by itself
HEALTH = head_of("GET /healthz HTTP/1.1", "Host: localhost")


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


def port_of(service):
    return urlsplit(service.url).port


def test_nothing_outlives_a_killed_server_and_its_port_is_free(
    start_service, own_private_deployment
):
    environment = {
        **UNLIMITED,
        "GAUGE_WORKERS": "2",
        "GAUGE_EVALUATOR": "process",
        "GAUGE_EVALUATOR_WORKERS": "1",
    }
    service = start_service(own_private_deployment, environment)
    wait_until(lambda: len(web_workers_of(service)) == 2)
    assert len(children_of(service.process.pid)) > 2  # the evaluator too
    family = family_of(service.process.pid)
    service.process.kill()
    service.process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not any(lives(each) for each in family) and is_free(port_of(service)))


def test_a_killed_server_ends_though_a_client_is_in_the_middle_of_a_request(
    start_service, own_deployment, check
):
    service = start_service(own_deployment, {**UNLIMITED, "GAUGE_WORKERS": "2"}, ENDLESS)
    wait_until(lambda: len(web_workers_of(service)) == 2)
    family = family_of(service.process.pid)
    with open_connection(service.url) as connection:
        connection.sendall(check[:-9])
        assert exchange(service.url, HEALTH).startswith(b"HTTP/1.1 200 ")
        service.process.kill()
        service.process.wait(PATIENCE_SECONDS)
        wait_until(lambda: not any(lives(each) for each in family) and is_free(port_of(service)))


@dataclass
class Load:
    """Clients that ask until the end, on connections that they keep."""

    url: str
    requests: list[tuple[bytes, str]]
    answers: int = 0
    losses: int = 0
    wrong: list[object] = field(default_factory=list)

    def __post_init__(self):
        self._has_ended = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(4)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._has_ended.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    def _run(self):
        while not self._has_ended.is_set():
            try:
                with open_connection(self.url) as connection:
                    self._ask(connection)
            except (OSError, ValueError):  # whoever answered was killed
                self.losses += 1

    def _ask(self, connection):
        stream = connection.makefile("rb")
        while not self._has_ended.is_set():
            for request, expected in self.requests:
                connection.sendall(request)
                answer = read_response(stream)
                if (answer.status, json.loads(answer.body)["status"]) != (200, expected):
                    self.wrong.append((answer.status, answer.body[:200]))
                self.answers += 1


def test_a_killed_worker_is_replaced_and_nobody_is_answered_wrongly(
    start_service, published, people, start_redis, tmp_path
):
    settings = {
        **UNLIMITED,
        "GAUGE_REDIS_URL": start_redis().url,
        "GAUGE_WORKERS": "2",
        "GAUGE_STATE_DIR": str(tmp_path / "state"),
    }
    service = start_service(published, settings)
    pairs = ((people.close, "exposed"), (people.unlisted, "not_found"))
    requests = [
        (post_of(CHECKS, json.dumps(person.as_form()).encode()), expected)
        for person, expected in pairs
    ]
    with Load(service.url, requests) as load:
        for _ in range(5):
            # the first one answers before the second is forked, up to a tenth of a second later
            wait_until(lambda: len(web_workers_of(service)) == 2)
            workers = web_workers_of(service)
            answers = load.answers
            wait_until(lambda before=answers: load.answers > before + 50)
            os.kill(workers[0], signal.SIGKILL)
            answers = load.answers
            wait_until(lambda before=answers: load.answers > before + 50)  # by the other
            wait_until(lambda gone=workers[0]: is_replaced(service, gone))
    assert [] == load.wrong
    assert load.losses <= 5 * 4  # a connection each, of those that the killed had
    assert 0 == service.stop()


def is_replaced(service, gone):
    workers = web_workers_of(service)
    return len(workers) == 2 and gone not in workers


def test_a_stopping_service_answers_what_began_and_refuses_whoever_comes(
    start_service, published, check
):
    """In each state that a request may be in: read in part, waited for, its answer unread."""
    service = start_service(published, UNLIMITED, PATIENT)
    body = check.partition(b"\r\n\r\n")[2]
    chunks = head_of(
        f"POST {CHECKS} HTTP/1.1", "Host: localhost", "Content-Type: application/json",
        "Transfer-Encoding: chunked",
    )  # fmt: skip
    halves = {
        "a head": (check[:50], check[50:]),
        "a body": (check[:-9], check[-9:]),
        "chunks": (chunks, f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"),
    }
    connections = {name: open_connection(service.url) for name in halves}
    idle = open_connection(service.url)
    idle.sendall(HEALTH)
    assert 200 == read_response(idle.makefile("rb")).status
    for name, (half, _) in halves.items():
        connections[name].sendall(half)
    assert exchange(service.url, HEALTH).startswith(b"HTTP/1.1 200 ")
    service.process.send_signal(signal.SIGTERM)
    wait_until(lambda: not accepts_connections(port_of(service)))
    for name, (_, half) in halves.items():
        connections[name].sendall(half)
    for name, connection in connections.items():
        answer = read_response(connection.makefile("rb"))
        assert (name, 200) == (name, answer.status)
        assert "exposed" == json.loads(answer.body)["status"]
        assert b"" == connection.recv(1)  # and is not kept for another
        connection.close()
    assert b"" == idle.recv(1)
    idle.close()
    assert 0 == service.process.wait(PATIENCE_SECONDS)


def test_workers_share_clients_also_after_one_was_killed(start_service, own_deployment):
    service = start_service(own_deployment, {**UNLIMITED, "GAUGE_WORKERS": "2"})
    wait_until(lambda: len(web_workers_of(service)) == 2)
    killed = web_workers_of(service)[0]
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: not lives(killed) and len(web_workers_of(service)) == 2)
    workers = web_workers_of(service)
    before = {worker: descriptors_of(worker) for worker in workers}

    def both_have_clients():
        connection = connections.enter_context(open_connection(service.url))
        connection.sendall(HEALTH)
        assert read_response(connection.makefile("rb")).status == 200
        more = [descriptors_of(worker) - before[worker] for worker in workers]
        return min(more) >= CLIENTS_OF_EACH

    with ExitStack() as connections:
        wait_until(both_have_clients)
