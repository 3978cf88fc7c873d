import pytest

from exposure_index.private.client import ResponseRefused


def test_everybody_listed_is_found_and_nobody_else(private_checker, people):
    counts = {name: len(private_checker.labels(person)) for name, person in vars(people).items()}
    assert {"close": 1, "general": 1, "nameless": 1, "unlisted": 0, "wrong_name": 0} == counts


def test_an_answer_is_octets_and_kept_by_nobody(private_checker, people):
    answer = private_checker.evaluation(private_checker.blinded(people.close).request)
    assert "application/octet-stream" == answer.headers["Content-Type"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.fixture
def faulty(private_checker, people):
    body = private_checker.blinded(people.close).request
    return {
        "empty": b"",
        "short": body[:-1],
        "long": body + b"\0",
        "version": b"\x03" + body[1:],
        "version of the first edition": b"\x01" + body[1:],
        "length of the first edition": body[:73],
        "key": body[:1] + bytes(8) + body[9:],
        "identity element": body[:9] + bytes(32) + body[41:],
        "identity element in the last place": body[:73] + bytes(32),
        "not canonical": body[:73] + b"\xff" * 32,
        "text": b"x" * 105,
    }


def test_whatever_is_no_request_is_refused_alike(private_checker, faulty):
    answers = {name: private_checker.evaluation(body) for name, body in faulty.items()}
    assert {422} == {answer.status_code for answer in answers.values()}
    assert 1 == len({answer.data for answer in answers.values()})
    assert {"application/problem+json"} == {a.content_type for a in answers.values()}


def test_a_client_of_the_first_edition_is_sent_for_a_newer_one(private_checker, people):
    body = private_checker.blinded(people.close).request
    answer = private_checker.evaluation(b"\x01" + body[1:73])
    assert (422, True) == (answer.status_code, "Load the page again" in answer.get_json()["detail"])


def test_another_type_is_refused(private_checker, people):
    body = private_checker.blinded(people.close).request
    assert 415 == private_checker.http.post("/api/v1/private/evaluations", data=body).status_code


def test_a_large_body_is_refused(private_checker):
    assert 413 == private_checker.evaluation(bytes(100_000)).status_code


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(private_checker, method):
    assert (
        405 == private_checker.http.open("/api/v1/private/evaluations", method=method).status_code
    )


def test_it_counts_as_a_check_of_the_network(private_app, private_checker_of, people):
    private_checker = private_checker_of(private_app(network_checks=3))
    body = private_checker.blinded(people.close).request
    statuses = [private_checker.evaluation(body).status_code for _ in range(2)]
    plain = private_checker.http.post("/api/v1/checks", json=people.close.as_form()).status_code
    refused = private_checker.evaluation(body)
    assert ([200, 200], 200, 429) == (statuses, plain, refused.status_code)
    assert {"challenge", "ticket", "wait_seconds"} <= set(refused.get_json())
    assert "Retry-After" in refused.headers


def test_a_wait_ticket_earns_an_evaluation(private_app, private_checker_of, people, monkeypatch):
    private_checker = private_checker_of(private_app(network_checks=1, wait_seconds=1))
    body = private_checker.blinded(people.close).request
    private_checker.evaluation(body)
    ticket = private_checker.evaluation(body).get_json()["ticket"]
    monkeypatch.setattr("app.proofs.tickets.WaitTickets.remaining", lambda *_: 0)
    assert 200 == private_checker.evaluation(body, headers={"X-Gauge-Proof": ticket}).status_code


def test_without_a_private_index_there_is_no_answer(
    private_checker, private_checker_of, app_of, published, people
):
    body = private_checker.blinded(people.close).request
    answer = private_checker_of(app_of(published)).evaluation(body)
    assert (503, "60") == (answer.status_code, answer.headers["Retry-After"])


def test_an_evaluation_under_another_key_is_never_believed(private_checker, people):
    manifest = private_checker.manifest()
    blinded = private_checker.blinded(people.close, manifest)
    answer = private_checker.evaluation(blinded.request).data
    with pytest.raises(ResponseRefused):
        blinded.finalize(answer, bytes([manifest.private.public_key[0] ^ 1]) + bytes(31))
