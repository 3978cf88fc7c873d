"""A request is answered alike by the event loop and by the view, bytes over a socket.

Checks, evaluations and buckets of the private check, and trips. What sends a request to the view: a
header of proof that nobody needs, chunks, or a parameter of its content type. Each makes another
request only for whoever decides who answers.
"""

import json

import pytest

from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import private_keys
from tests.fixtures.http_framings import CHECKS, chunk
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    read_response,
)

EVALUATIONS = "/api/v1/private/evaluations"
OCTETS = "application/octet-stream"
JSON = "application/json"
RANDOM_FROM = 105  # of an evaluation: the proof behind it is another each time
UNLIMITED = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}
FEW = {"GAUGE_NETWORK_CHECKS": "2"}


@pytest.fixture(scope="module")
def service(start_module_service, published_privately):
    return start_module_service(published_privately, UNLIMITED)


def by_proof(path, body, content_type):
    return post_of(path, body, "X-Gauge-Proof: none", content_type=content_type)


def by_chunks(path, body, content_type):
    head = head_of(
        f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Type: {content_type}",
        "Transfer-Encoding: chunked",
    )  # fmt: skip
    return head + (chunk(body) if body else b"") + b"0\r\n\r\n"


def by_parameter(path, body, content_type):
    return post_of(path, body, content_type=f"{content_type}; charset=utf-8")


VIEWS = {"proof": by_proof, "chunks": by_chunks, "parameter": by_parameter}


def answer_to(service, request, source="127.0.0.1"):
    """Return status, headers and body; the time of day is another each time."""
    with open_connection(service.url, source) as connection:
        connection.sendall(request)
        answer = read_response(connection.makefile("rb"))
    headers = sorted(item for item in answer.headers.items() if item[0] != "date")
    return answer.status, headers, answer.body


def encoded(form):
    return json.dumps(form).encode()


CHECK_BODIES = {
    "listed": lambda people: encoded(people.close.as_form()),
    "listed by its number": lambda people: encoded(people.nameless.as_form()),
    "of two names": lambda people: encoded(people.general.with_han_name("安娜甲").as_form()),
    "unlisted": lambda people: encoded(people.unlisted.as_form()),
    "of a wrong name": lambda people: encoded(people.wrong_name.as_form()),
    "of a wrong number": lambda people: encoded({**people.close.as_form(), "id_number": "1" * 18}),
    "without a field": lambda _: encoded({"id_type": "other"}),
    "with a field too many": lambda people: encoded({**people.close.as_form(), "x": "y"}),
    "with a field twice": lambda _: b'{"id_type":"other","id_number":"A1","name":"x","name":"y"}',
    "of no object": lambda _: b"[]",
    "of no JSON": lambda _: b"{",
    "of no UTF-8": lambda _: b'{"id_type":"other","id_number":"A1","name":"\xff"}',
    "of blanks": lambda _: b" " * 4_096,
    "of nothing": lambda _: b"",
    "as long as the loop reads": lambda people: encoded(people.close.as_form()).ljust(4_096),
    "longer than the loop reads": lambda people: encoded(people.close.as_form()).ljust(4_097),
    "of deep JSON": lambda _: b"[" * 4_000,
    "of a large number": lambda _: b'{"id_type":"other","id_number":' + b"9" * 3_000 + b"}",
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", CHECK_BODIES)
def test_a_check_is_answered_alike(service, people, name, view):
    body = CHECK_BODIES[name](people)
    by_view = answer_to(service, VIEWS[view](CHECKS, body, JSON))
    assert by_view == answer_to(service, post_of(CHECKS, body))


def evaluation_of(deployment, person):
    key = private_keys(KeyRing.from_directory(deployment.web_keys, {}))[0]
    return BlindedIdentity.blind(parse_identity(*person.as_form().values()), key.key_id).request


TRIP_QUERIES = [
    "number=G1234&date=2020-01-22",
    "number=g1234&date=20200122&mode=train",
    "number=G1234&date=2020-01-23",
    "number=G1243&date=2020-01-22",
    "number=%EF%BC%A7%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94&date=2020-01-22",
    "number=K12&date=2020-01-21",
    "number=&date=",
    "number=G1&date=2020-02-30",
    "number=G1&number=G2&date=2020-01-22",
    "number=G1&date=2020-01-22&name=Ana",
    "number=%ff&date=2020-01-22",
    "number=G1",
    "",
    f"number={'1' * 999}&date=2020-01-22",
]


@pytest.mark.parametrize("query", TRIP_QUERIES)
def test_a_trip_is_answered_alike(service, query):
    line = f"GET /api/v1/trips?{query} HTTP/1.1" if query else "GET /api/v1/trips HTTP/1.1"
    by_view = answer_to(service, head_of(line, "Host: localhost", "X-Gauge-Proof: none"))
    by_loop = answer_to(service, head_of(line, "Host: localhost"))
    assert by_view == by_loop
    assert by_loop[0] in {200, 422}


def test_a_bucket_is_answered_alike(service, published_privately):
    build_id = (published_privately.index / "current").resolve().name
    for number in ("00000000", "00000001", "ffffffff", "0000000A"):
        line = f"GET /b/{build_id}/{number} HTTP/1.1"
        by_view = answer_to(service, head_of(line, "Host: localhost", "X-Gauge-Proof: none"))
        by_loop = answer_to(service, head_of(line, "Host: localhost"))
        assert by_view == by_loop
        assert by_loop[0] in {200, 404}


CHANGES = {
    "as it should be": lambda body: body,
    "too short": lambda body: body[:-1],
    "too long": lambda body: body + b"x",
    "under another key": lambda body: body[:1] + bytes(8) + body[9:],
    "of no element": lambda body: body[:73] + b"\xff" * 32,
    "of another version": lambda body: b"\x03" + body[1:],
    "of nothing": lambda _: b"",
}


@pytest.mark.parametrize("view", ["proof", "chunks"])
@pytest.mark.parametrize("name", CHANGES)
def test_an_evaluation_is_answered_alike(service, published_privately, people, name, view):
    body = CHANGES[name](evaluation_of(published_privately, people.close))
    by_view = answer_to(service, VIEWS[view](EVALUATIONS, body, OCTETS))
    by_loop = answer_to(service, post_of(EVALUATIONS, body, content_type=OCTETS))
    assert by_view[:2] == by_loop[:2]
    assert len(by_view[2]) == len(by_loop[2])
    assert by_view[2][:RANDOM_FROM] == by_loop[2][:RANDOM_FROM]


@pytest.mark.parametrize("method", ["GET", "PUT", "OPTIONS", "HEAD", "DELETE"])
@pytest.mark.parametrize("path", [CHECKS, EVALUATIONS])
def test_another_method_never_finds_anybody(service, people, method, path):
    body = encoded(people.close.as_form())
    reply = exchange(service.url, post_of(path, body).replace(b"POST", method.encode(), 1))
    assert reply[:10] in {b"HTTP/1.1 4", b"HTTP/1.1 2"}
    assert b"exposed" not in reply
    assert b"not_found" not in reply


@pytest.mark.parametrize("path", [f"{CHECKS}/", f"/{CHECKS}", "/api/v1/%63hecks", f"{CHECKS}?x=1"])
def test_another_spelling_of_the_path_is_answered_as_the_view_would(service, people, path):
    body = encoded(people.close.as_form())
    by_view = answer_to(service, by_proof(path, body, JSON))
    assert by_view == answer_to(service, post_of(path, body))


def test_listed_and_unlisted_differ_in_nothing_but_the_answer(service, people):
    for make in (lambda path, body, _: post_of(path, body), *VIEWS.values()):
        answers = [
            answer_to(service, make(CHECKS, encoded(person.as_form()), JSON))
            for person in (people.close, people.unlisted, people.wrong_name)
        ]
        assert 1 == len({(status, str(headers), len(body)) for status, headers, body in answers})


def test_both_ways_count_for_one_limit(start_service, published, people):
    service = start_service(published, FEW)
    body = encoded(people.close.as_form())
    for source, makers in (
        ("127.0.0.5", (by_proof, by_proof, by_proof)),
        ("127.0.0.6", (by_plain, by_plain, by_plain)),
        ("127.0.0.7", (by_plain, by_parameter, by_plain)),
        ("127.0.0.8", (by_parameter, by_plain, by_parameter)),
    ):
        requests = [make(CHECKS, body, JSON) for make in makers]
        statuses = [answer_to(service, request, source)[0] for request in requests]
        assert [200, 200] == statuses[:2]
        assert statuses[2] in {403, 422, 429}
    refused = [
        answer_to(service, make(CHECKS, body, JSON), "127.0.0.6")
        for make in (by_plain, by_parameter)
    ]
    assert 429 == refused[0][0]
    assert refused[0][0] == refused[1][0]
    assert [n for n, _ in refused[0][1]] == [n for n, _ in refused[1][1]]
    assert json.loads(refused[0][2]).keys() == json.loads(refused[1][2]).keys()


def by_plain(path, body, content_type):
    return post_of(path, body, content_type=content_type)
