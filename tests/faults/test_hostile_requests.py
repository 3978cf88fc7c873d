"""Requests that are cut short, silent, or in another charset: refused, never "not found"."""

import json
import socket
from urllib.parse import urlencode, urlsplit

import pytest

from app.answer_pages.render import PADDED_UNIT_BYTES, padding_for
from app.server.connections import deadlines
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

SHORT_SILENCE = {deadlines: {"HEADERS_SECONDS": 1.0}}


@pytest.fixture(scope="module")
def service(published, start_module_service):
    return start_module_service(published)


def connected(service):
    site = urlsplit(service.url)
    return socket.create_connection((site.hostname, site.port), timeout=PATIENCE_SECONDS)


def answered(service, head, body=b""):
    """Send exactly these bytes, then nothing more, and return what comes back."""
    with connected(service) as connection:
        connection.sendall(head.encode() + b"\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(65_536):
            received += piece
    return received


def head_of(path, kind, length):
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n"
    )


HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
FORM = "application/x-www-form-urlencoded"


def test_a_form_cut_short_is_not_answered(service, people):
    body = urlencode(people.close.as_form()).encode()
    received = answered(service, head_of("/check", FORM, len(body)), body[:-9])
    assert received.startswith(b"HTTP/1.1 400")
    assert b"gauge-result" not in received


@pytest.mark.parametrize("missing", [0, 1, 9])
def test_a_check_cut_short_is_not_answered(service, people, missing):
    body = json.dumps(people.close.as_form()).encode()
    head = head_of("/api/v1/checks", "application/json", len(body) + 1)
    assert answered(service, head, body[: len(body) - missing]).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("path", "kind"), [("/check", FORM), ("/api/v1/checks", "application/json")]
)
def test_another_charset_is_refused(client, path, kind):
    response = client.post(path, data=b"x", content_type=f"{kind}; charset=GBK")
    assert 415 == response.status_code
    said = client.post(path, data=b"{}", content_type=f"{kind}; charset=UTF-8")
    assert 415 != said.status_code


def test_silent_connections_are_closed_and_hold_the_service_no_longer(start_service, published):
    service = start_service(published, {"GAUGE_THREADS": "2"}, SHORT_SILENCE)
    silent = [connected(service) for _ in range(4)]
    for connection in silent:
        connection.sendall(b"P")
    wait_until(lambda: answered_bytes(service, HEALTH).startswith(b"HTTP/1.1 200"))
    for connection in silent:
        assert not connection.recv(64).startswith(b"HTTP/1.1 200")  # or ends with our patience
        connection.close()


def test_chunks_that_are_none_are_the_clients_fault(service):
    head = (
        "POST /api/v1/checks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
    )
    assert b" 400 " in answered(service, head, b"zz\r\n{}\r\n0\r\n\r\n")[:16]


@pytest.mark.parametrize("origin", ["http://[::1", "http://]", "null", "::"])
def test_an_origin_that_is_none_is_a_foreign_one(client, people, origin):
    response = client.post("/check", data=people.close.as_form(), headers={"Origin": origin})
    assert 403 == response.status_code


@pytest.mark.parametrize("indexes", [1, 2, 5])
def test_the_page_of_an_answer_has_one_length_however_much_it_lists(indexes):
    lengths = {
        len(part)
        + len(padding_for(len(part), labels=2 * indexes))  # of one name, of the document alone
        for part in (b"", b"x" * 3_000, "字".encode() * (1_300 + 4_000 * indexes))
    }
    assert 1 == len(lengths)
    assert 0 == lengths.pop() % PADDED_UNIT_BYTES


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("ZH-tw", "zh-Hant"), ("zh-hant-hk", "zh-Hant"), ("yue-HK", "zh-Hant"), ("EN-us", "en")],
)
def test_a_language_is_known_in_any_case(client, accepted, expected):
    page = client.get("/", headers={"Accept-Language": accepted}).text
    assert f'lang="{expected}"' in page[:200]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"X0000001 SILVA-ANA\r\n\r\n", 400),
        (b"GET /check?id_number=X0000001 SILVA-ANA\r\n\r\n", 400),
        (b"GET / HTTP/9.9 SILVA-ANA\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX0000001 SILVA-ANA: 1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n SILVA-ANA\r\n\r\n", 400),
        (b"GET /" + b"X0000001SILVA-ANA" * 200 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"X0000001SILVA-ANA" * 400 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"A: SILVA-ANA\r\n" * 80 + b"\r\n", 431),
        (b"POST /check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: SILVA-ANA\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: SILVA-ANA\r\n\r\n", 417),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03SILVA-ANA\r\n\r\n", 400),
        (b"\x00" * 40 + b"SILVA-ANA\r\n\r\n", 400),
    ],
)
def test_bytes_that_are_no_request_get_a_problem_that_repeats_none_of_them(
    service, request_bytes, status
):
    before = len(service.output_text())
    received = answered_bytes(service, request_bytes)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head[:40]
    assert b"application/problem+json" in head
    assert status == json.loads(body)["status"]
    for text in (received, service.output_text()[before:].encode()):
        assert b"SILVA" not in text
        assert b"X0000001" not in text
        assert b"127.0.0.1" not in text


def answered_bytes(service, request_bytes):
    with connected(service) as connection:
        connection.sendall(request_bytes)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while piece := connection.recv(65_536):
                received += piece
        except ConnectionResetError:  # what was too long was not read to its end
            pass
    return received
