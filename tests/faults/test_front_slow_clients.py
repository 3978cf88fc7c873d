"""Clients that are slow on purpose are ended, each by the deadline that it misses.

All of them at once, and beside them somebody who asks as people do.
"""

import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.server.connections import deadlines, timed_connection
from tests.fixtures.http_framings import CHECKS, HEALTH
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
    responses_in,
)
from tests.fixtures.slow_clients import SlowClient, client_ports_at

SHORT = {
    deadlines: {
        "FIRST_BYTE_SECONDS": 3.0,
        "HEADERS_SECONDS": 4.0,
        "BODY_GRACE_SECONDS": 4.0,
        "UNREAD_SECONDS": 4.0,
    },
    timed_connection: {"IDLE_SECONDS": 3.0},
}
UNLIMITED = {
    "GAUGE_NETWORK_CHECKS": "1000000",
    "GAUGE_CHECKS_PER_SECOND": "1000000",
    "GAUGE_NETWORK_PAGES": "1000000",
}
THREADS = 4
OF_EACH_KIND = 2 * THREADS
STEP_SECONDS = 0.05  # a byte of each client: far below a KiB a second
STEPS_BETWEEN_REQUESTS = 10
BUNDLE = Path("app/static/bundle")
WASM = max(BUNDLE.glob("*.wasm"), key=lambda path: path.stat().st_size)
DOWNLOAD = head_of(f"GET /bundle/{WASM.name} HTTP/1.1", "Host: localhost")
PAGE = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")
FORM = "application/x-www-form-urlencoded"
SENDS_FOR_EVER = {"rest": itertools.repeat(ord("a")), "bytes_read_a_step": 65_536}
CHUNKED = head_of(
    f"POST {CHECKS} HTTP/1.1", "Host: localhost", "Content-Type: application/json",
    "Transfer-Encoding: chunked",
)  # fmt: skip

SILENT = {
    "that says nothing": lambda _: SlowClient(b""),
    "that says one byte": lambda _: SlowClient(b"P"),
    "that says half a head": lambda check: SlowClient(check[:60]),
    "that says half a body": lambda check: SlowClient(check[:-9]),
    "that says half a chunk": lambda _: SlowClient(CHUNKED + b"99\r\n{"),
    "that has got its answer": lambda _: SlowClient(HEALTH),
    "that has got a page": lambda _: SlowClient(PAGE),
    "that waits to send and sends nothing": lambda _: SlowClient(
        post_of(CHECKS, b"", "Expect: 100-continue", length=99)
    ),
    "that asks often and reads nothing": lambda check: SlowClient(check * 200),
    "that goes on asking and reads nothing": lambda check: SlowClient(
        check, itertools.cycle(check), bytes_sent_a_step=4_000
    ),
    "that asks for pages and reads nothing": lambda _: SlowClient(PAGE * 40),
    "that downloads and reads nothing": lambda _: SlowClient(DOWNLOAD),
    "that downloads a byte at a time": lambda _: SlowClient(DOWNLOAD, bytes_read_a_step=1),
    "that reads a byte of many answers at a time": lambda check: SlowClient(
        check * 200, bytes_read_a_step=1
    ),
}
SENDING = {
    "a request line": lambda _: SlowClient(b"GET /", **SENDS_FOR_EVER),
    "a header": lambda _: SlowClient(HEALTH[:-2] + b"X-A: ", **SENDS_FOR_EVER),
    "headers": lambda _: SlowClient(
        HEALTH[:-2], itertools.cycle(b"A: 1\r\n"), bytes_read_a_step=65_536
    ),
    "the body of a check": lambda _: SlowClient(
        post_of(CHECKS, b"", length=4_000), **SENDS_FOR_EVER
    ),
    "the body of a form": lambda _: SlowClient(
        post_of("/check", b"", content_type=FORM, length=4_000), **SENDS_FOR_EVER
    ),
    "chunks": lambda _: SlowClient(
        CHUNKED, itertools.cycle(b"1\r\n \r\n"), bytes_read_a_step=65_536
    ),
    "trailers": lambda _: SlowClient(
        CHUNKED + b"2\r\n{}\r\n0\r\n", itertools.cycle(b"A: 1\r\n"), bytes_read_a_step=65_536
    ),
}
KINDS = {**SILENT, **SENDING}


@dataclass
class Siege:
    """What became of slow clients, by kind, and of who asked meanwhile."""

    connected: set[str] = field(default_factory=set)
    replies: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    answers: list[list[object]] = field(default_factory=list)


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


@pytest.fixture(scope="module")
def service(start_module_service, published):
    settings = {**UNLIMITED, "GAUGE_THREADS": str(THREADS)}
    return start_module_service(published, settings, SHORT)


@pytest.fixture(scope="module")
def siege(service, check):
    """All slow clients at once, until each has been ended or patience has."""
    result = Siege()
    clients = {
        (kind, number): make(check).connect(service.url)
        for number in range(OF_EACH_KIND)
        for kind, make in KINDS.items()
    }
    deadline = time.monotonic() + PATIENCE_SECONDS
    for step in itertools.count():
        for client in clients.values():
            client.step()
        ports = client_ports_at(urlsplit(service.url).port)
        result.connected = {kind for (kind, _), each in clients.items() if each.port in ports}
        if not result.connected or time.monotonic() > deadline:
            break
        if step % STEPS_BETWEEN_REQUESTS == 0:
            result.answers.append(answers_of(service, check + HEALTH + PAGE))
        time.sleep(STEP_SECONDS)
    for (kind, _), client in clients.items():
        client.read()  # what came since its last step
        result.replies[kind].add(bytes(client.reply[:13]))
        client.close()
    return result


def answers_of(service, request):
    return [
        json.loads(response.body)["status"] if response.status == 200 else response.status
        for response in responses_in(exchange(service.url, request))
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_is_ended(siege, kind):
    assert kind not in siege.connected


@pytest.mark.parametrize("kind", SENDING)
def test_who_sends_too_slowly_is_told_so(siege, kind):
    assert {b"HTTP/1.1 408 "} == siege.replies[kind]


def test_meanwhile_others_are_answered(siege):
    assert siege.answers
    assert [] == [answers for answers in siege.answers if answers != ["exposed", "ok", 404]]


def test_a_slow_body_that_keeps_coming_is_answered(service, people):
    body = json.dumps(people.close.as_form()).encode() + b" " * 30_000
    request = post_of(CHECKS, body)
    with open_connection(service.url) as connection:
        for at in range(0, len(request), 512):
            connection.sendall(request[at : at + 512])
            time.sleep(0.01)
        answer = read_response(connection.makefile("rb"))
    assert 200 == answer.status
    assert "exposed" == json.loads(answer.body)["status"]


def test_a_slow_reader_that_keeps_reading_gets_all_of_a_download(service):
    with open_connection(service.url, receive_buffer_bytes=4_096) as connection:
        connection.sendall(DOWNLOAD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        reply = bytearray()
        while piece := connection.recv(4_096):
            reply += piece
            time.sleep(0.01)
    (answer,) = responses_in(bytes(reply))
    assert WASM.read_bytes() == answer.body
