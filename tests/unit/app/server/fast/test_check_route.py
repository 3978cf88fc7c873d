"""The fast route answers what the view would answer, and counts what the view would count."""

import io
import json

import pytest

from app.server.fast import wsgi


@pytest.fixture
def fast_and_view(client_of, monkeypatch):
    """Answer one request by the fast route and by the view alone."""
    fast = client_of()
    monkeypatch.setattr(wsgi, "FAST_BODY_MAX_BYTES", 0)
    view = client_of()
    monkeypatch.undo()

    def ask(**request):
        monkeypatch.setattr(wsgi, "FAST_BODY_MAX_BYTES", 4_096)
        by_route = fast.post("/api/v1/checks", **request)
        monkeypatch.setattr(wsgi, "FAST_BODY_MAX_BYTES", 0)
        by_view = view.post("/api/v1/checks", **request)
        return by_route, by_view

    return ask


BODIES = {
    "listed": lambda people: people.close.as_form(),
    "unlisted": lambda people: people.unlisted.as_form(),
    "wrong name": lambda people: people.wrong_name.as_form(),
    "wrong check digit": lambda people: {**people.close.as_form(), "id_number": "1" * 18},
    "field missing": lambda _: {"id_type": "other"},
    "field unknown": lambda people: {**people.close.as_form(), "x": "y"},
    "no object": lambda _: [],
}


@pytest.mark.parametrize("name", BODIES)
def test_route_and_view_answer_alike(fast_and_view, people, name):
    one, other = fast_and_view(json=BODIES[name](people))
    assert other.status_code == one.status_code
    assert other.data == one.data
    assert sorted(other.headers.items()) == sorted(one.headers.items())


@pytest.mark.parametrize(
    "body",
    [
        b'{"id_type":"other","id_number":"A1","name":"x","name":"y"}',
        b'{"id_type":"other","id_number":"A1","name":"x","n\\u0061me":"y"}',
        b'{"id_type":"other","id_number":"A1","name":"\xff"}',
        b"{",
        b"",
    ],
)
def test_route_and_view_refuse_alike(fast_and_view, body):
    one, other = fast_and_view(data=body, content_type="application/json")
    assert 400 <= one.status_code < 500
    assert (other.status_code, other.data) == (one.status_code, one.data)


def test_a_limit_is_answered_by_the_fast_route_too(client_of, people):
    client = client_of(network_checks=2)
    statuses = [
        client.post("/api/v1/checks", json=people.close.as_form()).status_code for _ in range(3)
    ]
    assert [200, 200, 429] == statuses


def test_a_request_handed_on_is_counted_once(client_of, people):
    client = client_of(network_checks=2)
    wrong = {**people.close.as_form(), "id_number": "1"}
    assert 422 == client.post("/api/v1/checks", json=wrong).status_code
    assert 200 == client.post("/api/v1/checks", json=people.close.as_form()).status_code
    assert 429 == client.post("/api/v1/checks", json=people.close.as_form()).status_code


def test_without_an_index_the_fast_route_does_not_answer(app_of, own_deployment, people):
    (own_deployment.index / "current").unlink()
    response = (
        app_of(own_deployment).test_client().post("/api/v1/checks", json=people.unlisted.as_form())
    )
    assert 503 == response.status_code
    assert "Retry-After" in response.headers
    assert "application/problem+json" == response.content_type


def test_a_chunked_body_is_left_to_the_view(client, people):
    body = json.dumps(people.close.as_form()).encode()
    response = client.post(
        "/api/v1/checks",
        input_stream=io.BytesIO(body),
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked", "Content-Length": str(len(body))},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert "exposed" == response.json["status"]
