"""Requests framed in every way that HTTP/1.1 allows are answered; every other is refused unread.

Marks stand where a client may put an identity by mistake; nothing that comes back or is written
holds one of them.
"""

import json
import socket
import urllib.request

import pytest

from loadtests.ports import free_port
from tests.fixtures.http_framings import (
    BAD_FRAMES,
    CHECKS,
    FRAMINGS,
    HEALTH,
    LONG,
    MARK,
    NO_REQUESTS,
    NUMBER,
    chunk,
    chunked_post,
)
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
    responses_in,
)

EXPOSED = ["exposed"]
CLIENT = "127.0.0.9"  # another address than that of the service, which its log may hold
MARKS = (MARK, "SILVA ANA", NUMBER, CLIENT)
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def metrics_port():
    return free_port()


@pytest.fixture(scope="module")
def service(start_module_service, published, metrics_port):
    """A service that writes all it ever writes."""
    settings = {"GAUGE_METRICS_PORT": str(metrics_port), "GAUGE_LOG_LEVEL": "debug"}
    return start_module_service(published, settings)


@pytest.fixture(scope="module")
def body(people):
    return json.dumps(people.close.as_form()).encode()


def answers_of(service, *request_bytes):
    """Return the final statuses of what comes back, and of checks their result."""
    answers = []
    for response in responses_in(exchange(service.url, *request_bytes)):
        content = json.loads(response.body) if "json" in response.headers["content-type"] else {}
        answers.append(content["status"] if response.status == 200 else response.status)
    return answers


@pytest.mark.parametrize("name", FRAMINGS)
def test_a_check_is_answered(service, body, name):
    assert EXPOSED == answers_of(service, FRAMINGS[name](body))


@pytest.mark.parametrize("name", ["in one chunk", "with trailers", "in chunks with extensions"])
def test_what_comes_behind_a_chunked_body_is_a_request_of_its_own(service, body, name):
    assert ["exposed", "ok"] == answers_of(service, FRAMINGS[name](body) + HEALTH)


def test_pipelined_requests_are_answered_in_order(service, body, people):
    """Quick ones wait for slow ones: the loop's own answers for those of the framework."""
    unlisted = json.dumps(people.unlisted.as_form()).encode()
    page = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")
    with_proof = post_of(CHECKS, body, "X-Gauge-Proof: none")  # judged by the view
    request_bytes = [
        page,
        post_of(CHECKS, body),
        HEALTH,
        with_proof,
        post_of(CHECKS, unlisted),
        page,
        HEALTH,
    ]
    expected = [404, "exposed", "ok", "exposed", "not_found", 404, "ok"]
    assert expected == answers_of(service, b"".join(request_bytes))
    assert expected == answers_of(service, *[bytes([byte]) for byte in b"".join(request_bytes)])


def test_a_hundred_pipelined_checks_get_a_hundred_answers(service, body):
    assert EXPOSED * 100 == answers_of(service, post_of(CHECKS, body) * 100)


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_a_client_that_waits_for_leave_to_send_gets_it(service, body, content_type):
    """One way is the fast one, the other the view."""
    whole = post_of(CHECKS, body, "Expect: 100-continue", content_type=content_type)
    with open_connection(service.url) as connection:
        stream = connection.makefile("rb")
        connection.sendall(whole[: -len(body)])
        assert 100 == read_response(stream).status
        connection.sendall(body)
        answer = read_response(stream)
        assert (200, "exposed") == (answer.status, json.loads(answer.body)["status"])
        connection.sendall(HEALTH)
        assert 200 == read_response(stream).status


def test_a_client_of_http_1_0_may_keep_its_connection(service):
    keep_alive = head_of("GET /healthz HTTP/1.0", "Connection: keep-alive")
    assert ["ok", "ok", "ok"] == answers_of(service, keep_alive * 2 + HEALTH)
    closing = head_of("GET /healthz HTTP/1.0")
    assert ["ok"] == answers_of(service, closing + HEALTH)


def test_a_connection_that_its_client_wants_closed_is_closed(service):
    closing = head_of("GET /healthz HTTP/1.1", "Host: localhost", "Connection: close")
    with open_connection(service.url) as connection:
        connection.sendall(closing + HEALTH)
        reply = connection.makefile("rb").read()
    assert [200] == [response.status for response in responses_in(reply)]


def test_head_gets_the_headers_of_get_and_no_body(service):
    for path in ("/healthz", "/no-such-page", "/check?lang=en&lang=ko"):
        head, get = (
            exchange(service.url, head_of(f"{method} {path} HTTP/1.1", "Host: localhost"))
            for method in ("HEAD", "GET")
        )
        assert head.endswith(b"\r\n\r\n")
        fields = [
            each for each in get.partition(b"\r\n\r\n")[0].splitlines() if b"Date" not in each
        ]
        assert [] == [each for each in fields if each not in head.splitlines()]


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_body_whose_end_nobody_knows_is_refused_with_all_behind_it(service, body, name):
    """Else what one reads as a body is to another a request of somebody else."""
    status, frame = BAD_FRAMES[name]
    assert_refused(
        service, frame(body) + (b"" if "cut" in name or "no " in name else HEALTH), status
    )


def assert_refused(service, request_bytes, status):
    (refusal,) = responses_in(exchange(service.url, request_bytes, source=CLIENT))
    assert PROBLEM == refusal.headers["content-type"]
    assert status == refusal.status == json.loads(refusal.body)["status"]
    refusal_text = f"{refusal.headers}{refusal.body!r}"
    assert [] == [each for each in MARKS if each in refusal_text]


UNFINISHED = {
    "a request line": lambda _: b"GET /heal",
    "a head": lambda _: HEALTH[:-2],
    "the body of a check": lambda body: post_of(CHECKS, body)[:-9],
    "the body of a check for the view": lambda body: post_of(CHECKS, body, "X-Gauge-Proof: none")[
        :-9
    ],
    "a chunked body": lambda body: chunked_post(chunk(body)),
}


@pytest.mark.parametrize("name", UNFINISHED)
@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_request_without_its_end_is_refused_behind_others_too(service, body, name, number):
    """Not after the time of slow clients (408): whoever has half closed sends nothing more."""
    page = head_of("GET /no-such-page HTTP/1.1", "Host: localhost")  # of the framework, not at once
    expected = [404] * number + [400]
    assert expected == answers_of(service, page * number + UNFINISHED[name](body))


@pytest.mark.parametrize("name", NO_REQUESTS)
def test_what_is_no_request_is_refused_with_all_behind_it(service, name):
    status, text = NO_REQUESTS[name]
    assert_refused(service, text.encode() + HEALTH, status)


REFUSED_READS = [
    name
    for name, (_, text) in NO_REQUESTS.items()
    if text.startswith("GET ") and name != "HTTP/0.9"  # which has no HEAD
]


@pytest.mark.parametrize("name", REFUSED_READS)
def test_a_refusal_of_head_has_no_body(service, name):
    """Who reads responses one behind the other would take it for the next (RFC 9110, 9.3.2)."""
    status, text = NO_REQUESTS[name]
    by_get = exchange(service.url, text.encode())
    by_head = exchange(service.url, f"HEAD{text[3:]}".encode())
    head, end, body = by_get.partition(b"\r\n\r\n")
    assert status == json.loads(body)["status"]
    assert head + end == by_head


@pytest.mark.parametrize("name", UNFINISHED)
def test_a_refusal_of_an_unfinished_head_request_has_no_body(service, body, name):
    _, _, rest = UNFINISHED[name](body).partition(b" ")
    reply = exchange(service.url, b"HEAD " + rest)
    assert reply.startswith(b"HTTP/1.1 4")
    assert reply.endswith(b"\r\n\r\n")


TLS_HELLO = bytes.fromhex("16030100f1010000ed0303") + MARK.encode() * 20


@pytest.mark.parametrize(
    "request_bytes",
    [
        TLS_HELLO,
        b"\x16\x03\x01\x0a\n" + TLS_HELLO,
        b"\0" * 70_000,
        f"GET /{MARK}".encode() * LONG,
        f"GET / HTTP/1.1\r\nX-A: {MARK}".encode() * LONG,
        b"GET / HTTP/1.1\r\n" + f"X-A: {MARK}\r\n".encode() * LONG,
    ],
    ids=["TLS", "TLS and a line", "NUL", "endless line", "endless header", "endless headers"],
)
def test_an_endless_head_is_not_read_to_its_end(service, request_bytes):
    """The server closes with bytes unread: its refusal may be lost with them, and is never 200."""
    reply = exchange(service.url, request_bytes)
    assert reply == b"" or reply.startswith(b"HTTP/1.1 4")
    assert MARK.encode() not in reply


UPGRADE = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")


@pytest.mark.parametrize("path", ["/healthz", "/", CHECKS])
def test_no_connection_becomes_a_websocket(service, path):
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    request = head_of(f"GET {path} HTTP/1.1", "Host: localhost", *UPGRADE, key)
    reply = exchange(service.url, request)
    assert reply.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 4"))
    assert b"websocket" not in reply.lower().partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    "line",
    [f"CONNECT {MARK}.example:443 HTTP/1.1", "OPTIONS * HTTP/1.1", f"{MARK} /healthz HTTP/1.1"],
)
def test_no_tunnel_and_no_method_of_anybody_is_served(service, line):
    reply = exchange(service.url, head_of(line, "Host: localhost"))
    assert reply.startswith(b"HTTP/1.1 4") or reply.startswith(b"HTTP/1.1 501 ")
    assert MARK.encode() not in reply


def test_a_connection_that_says_nothing_gets_nothing(service):
    with open_connection(service.url) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert b"" == connection.makefile("rb").read()


def test_neither_log_nor_metrics_hold_a_word_or_an_address_of_a_client(
    service, metrics_port, body, people
):
    frames = [frame(body) for _, frame in BAD_FRAMES.values()]
    heads = [text.encode() for _, text in NO_REQUESTS.values()]
    wrong = post_of(CHECKS, json.dumps({**people.close.as_form(), "name": MARK * 99}).encode())
    for request_bytes in (*frames, *heads, TLS_HELLO, wrong, post_of(CHECKS, body)):
        exchange(service.url, request_bytes, source=CLIENT)
    with urllib.request.urlopen(
        f"http://127.0.0.1:{metrics_port}/metrics", timeout=PATIENCE_SECONDS
    ) as response:
        metrics = response.read().decode()
    assert 'gauge_requests_total{outcome="answered",surface="check_api"}' in metrics
    texts = (*MARKS, people.close.id_number, people.close.name)
    for record in (metrics, service.output_text()):
        assert [] == [text for text in texts if text in record]
