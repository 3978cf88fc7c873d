import pytest

from exposure_index.private.client import ResponseRefused


def test_everybody_listed_is_found_and_nobody_else(asking, people):
    counts = {name: len(asking.labels(person)) for name, person in vars(people).items()}
    assert {"close": 1, "general": 1, "nameless": 1, "unlisted": 0, "wrong_name": 0} == counts


def test_an_answer_is_octets_and_kept_by_nobody(asking, people):
    answer = asking.evaluation(asking.blinded(people.close).request)
    assert "application/octet-stream" == answer.headers["Content-Type"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.fixture
def faulty(asking, people):
    body = asking.blinded(people.close).request
    return {
        "empty": b"",
        "short": body[:-1],
        "long": body + b"\0",
        "version": b"\x02" + body[1:],
        "key": body[:1] + bytes(8) + body[9:],
        "identity element": body[:9] + bytes(32) + body[41:],
        "not canonical": body[:41] + b"\xff" * 32,
        "text": b"x" * 73,
    }


def test_whatever_is_no_request_is_refused_alike(asking, faulty):
    answers = {name: asking.evaluation(body) for name, body in faulty.items()}
    assert {422} == {answer.status_code for answer in answers.values()}
    assert 1 == len({answer.data for answer in answers.values()})
    assert {"application/problem+json"} == {a.content_type for a in answers.values()}


def test_another_type_is_refused(asking, people):
    body = asking.blinded(people.close).request
    assert 415 == asking.http.post("/api/v1/private/evaluations", data=body).status_code


def test_a_large_body_is_refused(asking):
    assert 413 == asking.evaluation(bytes(100_000)).status_code


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(asking, method):
    assert 405 == asking.http.open("/api/v1/private/evaluations", method=method).status_code


def test_it_counts_as_a_check_of_the_network(private_app, asking_of, people):
    asking = asking_of(private_app(network_checks=3))
    body = asking.blinded(people.close).request
    statuses = [asking.evaluation(body).status_code for _ in range(2)]
    plain = asking.http.post("/api/v1/checks", json=people.close.as_form()).status_code
    refused = asking.evaluation(body)
    assert ([200, 200], 200, 429) == (statuses, plain, refused.status_code)
    assert {"challenge", "ticket", "wait_seconds"} <= set(refused.get_json())
    assert "Retry-After" in refused.headers


def test_a_wait_ticket_earns_an_evaluation(private_app, asking_of, people, monkeypatch):
    asking = asking_of(private_app(network_checks=1, wait_seconds=1))
    body = asking.blinded(people.close).request
    asking.evaluation(body)
    ticket = asking.evaluation(body).get_json()["ticket"]
    monkeypatch.setattr("app.proofs.tickets.WaitTickets.remaining", lambda *_: 0)
    assert 200 == asking.evaluation(body, headers={"X-Gauge-Proof": ticket}).status_code


def test_without_a_private_index_there_is_no_answer(asking, asking_of, app_of, published, people):
    body = asking.blinded(people.close).request
    answer = asking_of(app_of(published)).evaluation(body)
    assert (503, "60") == (answer.status_code, answer.headers["Retry-After"])


def test_an_evaluation_under_another_key_is_never_believed(asking, people):
    manifest = asking.manifest()
    blinded = asking.blinded(people.close, manifest)
    answer = asking.evaluation(blinded.request).data
    with pytest.raises(ResponseRefused):
        blinded.finalize(answer, bytes([manifest.private.public_key[0] ^ 1]) + bytes(31))
