"""Thousands of connections that say nothing, or half of something, keep nobody else waiting.

No clock tells whether somebody was kept waiting: the deadlines of the silent are longer than the
test, so that whoever is answered was answered beside all of them.
"""

import json
import resource
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.server.connections import deadlines, timed_connection
from tests.fixtures.http_framings import CHECKS, HEALTH
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.raw_connections import exchange, head_of, post_of, responses_in
from tests.fixtures.server_processes import descriptors_of, threads_of, web_workers_of
from tests.fixtures.slow_clients import SlowClient, client_ports_at

LONG_SECONDS = 9 * PATIENCE_SECONDS  # longer than anybody here waits
ENDLESS = {
    deadlines: {
        "FIRST_BYTE_SECONDS": LONG_SECONDS,
        "HEADERS_SECONDS": LONG_SECONDS,
        "BODY_GRACE_SECONDS": LONG_SECONDS,
        "UNREAD_SECONDS": LONG_SECONDS,
    },
    timed_connection: {"IDLE_SECONDS": LONG_SECONDS},
}
SETTINGS = {"GAUGE_WORKERS": "1", "GAUGE_THREADS": "4"}
REQUESTS = 20
DESCRIPTORS = 12_000  # of the test and, since it starts it, of the service
OF_A_NETWORK = 1_000  # as the settings have it
PAGE = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")
FORM = "application/x-www-form-urlencoded"
WASM = max(Path("app/static/bundle").glob("*.wasm"), key=lambda path: path.stat().st_size)


@pytest.fixture(scope="module", autouse=True)
def _many_descriptors() -> Iterator[None]:
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if most == resource.RLIM_INFINITY else min(DESCRIPTORS, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, wanted), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


@pytest.fixture(scope="module")
def service(start_module_service, published):
    return start_module_service(published, SETTINGS, ENDLESS)


@pytest.fixture
def crowd_at(service):
    """Open connections that are silent after a beginning; they end with the test."""
    clients = []

    def open_many(number, beginning, sources=("127.0.0.2",)):
        new = [
            SlowClient(beginning).connect(service.url, sources[at % len(sources)])
            for at in range(number)
        ]
        clients.extend(new)
        return {client.port for client in new}

    yield open_many
    for client in clients:
        client.close()
    ports = {client.port for client in clients}
    wait_until(lambda: not ports & open_ports(service))


def open_ports(service):
    return client_ports_at(urlsplit(service.url).port)


def statuses_of(service, request):
    return [
        json.loads(response.body)["status"] if response.status == 200 else response.status
        for response in responses_in(exchange(service.url, request))
    ]


def assert_answered_beside(service, ports, *requests):
    """Every request is answered while every one of the silent is still connected."""
    wait_until(lambda: ports <= open_ports(service))
    for _ in range(REQUESTS):
        for request, expected in requests:
            assert [expected] == statuses_of(service, request)
    assert ports <= open_ports(service)


@pytest.mark.parametrize("number", [1_000, 5_000])
def test_silent_connections_keep_nobody_waiting(service, crowd_at, check, number):
    (worker,) = web_workers_of(service)
    threads = threads_of(worker)
    networks = [f"127.0.0.{10 + at}" for at in range(number // OF_A_NETWORK)]
    ports = crowd_at(number, b"", networks)
    assert_answered_beside(service, ports, (check, "exposed"), (HEALTH, "ok"), (PAGE, 404))
    assert threads_of(worker) <= threads + int(SETTINGS["GAUGE_THREADS"])


HALVES = {
    "a byte": lambda _: b"P",
    "half a head": lambda check: check[:60],
    "half a body": lambda check: check[:-9],
    "half a form": lambda _: post_of("/check", b"x", content_type=FORM, length=4_000),
    "half a chunk": lambda _: (
        head_of(f"POST {CHECKS} HTTP/1.1", "Host: x", "Transfer-Encoding: chunked") + b"99\r\n{"
    ),
    "half an upload": lambda _: post_of("/check", b"x" * 9_000, content_type=FORM, length=200_000),
    "half a list": lambda _: post_of(
        "/api/v1/bulk/jobs", b"x" * 9_000, content_type="text/csv", length=1 << 28
    ),
    "half a kiosk's message": lambda _: post_of(
        "/api/v1/kiosk/checkins", b"x" * 9_000, length=200_000
    ),
    "a check, its answer unread": lambda check: check,
    "many checks, their answers unread": lambda check: check * 40,
}


@pytest.mark.parametrize("name", HALVES)
def test_half_of_anything_keeps_nobody_waiting(service, crowd_at, check, name):
    crowd_at(200, HALVES[name](check))
    for _ in range(REQUESTS):
        for request, expected in ((check, "exposed"), (HEALTH, "ok"), (PAGE, 404)):
            assert [expected] == statuses_of(service, request)


LONG_ANSWERS = {
    "an asset with a query": f"/bundle/{WASM.name}?x=1",
    "a page of the framework": "/api/openapi.json?lang=%65n",
}


@pytest.mark.parametrize("name", LONG_ANSWERS)
def test_long_answers_that_nobody_reads_keep_nobody_waiting(service, crowd_at, check, name):
    """Asked for so often that the buffers of the system do not hold them."""
    request = head_of(f"GET {LONG_ANSWERS[name]} HTTP/1.1", "Host: localhost")
    crowd_at(3 * int(SETTINGS["GAUGE_THREADS"]), request * 40)
    for _ in range(REQUESTS):
        for sound, expected in ((check, "exposed"), (HEALTH, "ok"), (PAGE, 404)):
            assert [expected] == statuses_of(service, sound)


def test_a_network_past_its_connections_loses_the_oldest_and_no_other_network_does(
    service, crowd_at, check
):
    others = crowd_at(10, b"", ["127.0.0.3"])
    first = crowd_at(50, b"", ["127.0.0.4"]) - others  # one port may serve two addresses
    wait_until(lambda: others | first <= open_ports(service))
    crowd_at(OF_A_NETWORK, b"", ["127.0.0.4"])
    wait_until(lambda: not first & open_ports(service))
    assert others <= open_ports(service)
    assert b"HTTP/1.1 200 " == exchange(service.url, check, source="127.0.0.4")[:13]
    assert b"HTTP/1.1 200 " == exchange(service.url, check)[:13]


def test_when_the_crowd_has_gone_its_descriptors_have(service, check):
    (worker,) = web_workers_of(service)
    wait_until(lambda: not open_ports(service))
    before = descriptors_of(worker)
    for _ in range(REQUESTS):
        assert ["exposed"] == statuses_of(service, check)
    wait_until(lambda: descriptors_of(worker) <= before)
