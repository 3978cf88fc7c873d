"""What is past the free checks is earned, over the API, by the quick way and by the view."""

import base64
import json

import altcha
import pytest

from app.server.fast import wsgi

URL = "/api/v1/checks"
HEADER = "X-Gauge-Proof"
SECOND_NAME = {"name_latin": "安娜"}
EASY = {"proof_hashes": 1_000, "wait_seconds": 1}


@pytest.fixture(params=["quick", "view"])
def way(request, monkeypatch):
    if request.param == "view":
        monkeypatch.setattr(wsgi, "FAST_BODY_MAX_BYTES", 0)


@pytest.fixture
def busy(way, client_of, people):
    """A client whose network has used its one free check."""
    client = client_of(network_checks=1, **EASY)
    assert 200 == ask(client, people.unlisted).status_code
    return client


def ask(client, person, proof: str | None = None, **change):
    headers = {} if proof is None else {HEADER: proof}
    return client.post(URL, json={**person.as_form(), **change}, headers=headers)


def solve(problem) -> str:
    challenge = altcha.Challenge.from_dict(problem.get_json()["challenge"])
    payload = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_dict()
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_busy_network_is_offered_a_challenge_and_a_ticket(busy, people):
    problem = ask(busy, people.unlisted)
    assert (429, "application/problem+json") == (problem.status_code, problem.content_type)
    assert 0 < int(problem.headers["Retry-After"]) <= 900
    body = problem.get_json()
    assert "urn:contact-gauge:problem:proof-needed" == body["type"]
    assert ("network", 1, True) == (
        body["purpose"],
        body["wait_seconds"],
        body["ticket"].startswith("wait."),
    )
    assert HEADER in body["detail"]


def test_a_proof_is_answered_once(busy, people):
    proof = solve(ask(busy, people.unlisted))
    assert "exposed" == ask(busy, people.close, proof).get_json()["status"]
    assert 429 == ask(busy, people.close, proof).status_code


def test_a_ticket_before_its_time_is_offered_again(busy, people):
    ticket = ask(busy, people.unlisted).get_json()["ticket"]
    again = ask(busy, people.unlisted, ticket)
    assert (429, ticket) == (again.status_code, again.get_json()["ticket"])


@pytest.mark.parametrize("proof", ["", "x", "wait.", "wait.AAAA", "e30=", "\u00e9\u00e9"])
def test_what_is_no_proof_is_met_as_if_nothing_was_shown(busy, people, proof):
    assert "challenge" in ask(busy, people.unlisted, proof).get_json()


def test_a_proof_that_was_not_needed_does_no_harm(way, client_of, people):
    client = client_of(network_checks=1, **EASY)
    assert 200 == ask(client, people.unlisted, "whatever").status_code


def test_earned_checks_end_at_their_ceiling_without_an_offer(way, client_of, people):
    client = client_of(network_checks=1, network_checks_proven=1, **EASY)
    ask(client, people.unlisted)
    first, second = (solve(ask(client, people.unlisted)) for _ in range(2))
    assert 200 == ask(client, people.unlisted, first).status_code
    refused = ask(client, people.unlisted, second)
    assert (429, "about:blank") == (refused.status_code, refused.get_json()["type"])


def test_a_document_tried_with_many_names_is_asked_for_a_proof_of_its_own(way, client_of, people):
    client = client_of(names_per_document=2, **EASY)
    for name in ("甲", "乙"):
        assert 200 == ask(client, people.close, name=name).status_code
    problem = ask(client, people.close)
    assert "document" == problem.get_json()["purpose"]
    assert 200 == ask(client, people.unlisted).status_code
    assert "exposed" == ask(client, people.close, solve(problem)).get_json()["status"]
    assert "exposed" == ask(client, people.close).get_json()["status"]


def test_no_number_of_strangers_keeps_the_owner_of_a_document_out(way, client_of, people):
    client = client_of(names_per_document_everywhere=2, trusted_proxies="127.0.0.0/8", **EASY)
    for number in range(8):
        client.post(
            URL,
            json={**people.close.as_form(), "name": f"{'甲乙丙丁戊己庚辛'[number]}生人"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
    problem = ask(client, people.close)
    assert "document" == problem.get_json()["purpose"]
    assert "exposed" == ask(client, people.close, solve(problem)).get_json()["status"]


def test_a_proof_for_one_name_earns_no_second_one(busy, people):
    proof = solve(ask(busy, people.general))
    assert 429 == ask(busy, people.general, proof, **SECOND_NAME).status_code
    both = ask(busy, people.general, **SECOND_NAME)
    assert 2 == both.get_json()["challenge"]["parameters"]["data"]["names"]
    answer = ask(busy, people.general, solve(both), **SECOND_NAME)
    assert "exposed" == answer.get_json()["status"]


def test_both_names_of_a_document_are_counted(way, client_of, people):
    client = client_of(names_per_document=2, **EASY)
    assert 200 == ask(client, people.general, **SECOND_NAME).status_code
    assert 200 == ask(client, people.general, **SECOND_NAME).status_code
    problem = ask(client, people.general, name="Another")
    assert "document" == problem.get_json()["purpose"]


def test_an_evaluation_which_may_hold_two_names_is_paid_for_as_two(
    way, private_app, private_checker_of, people
):
    checker = private_checker_of(private_app(network_checks=1, **EASY))
    blinded = checker.blinded(people.close)
    assert 200 == checker.evaluation(blinded.request).status_code
    problem = checker.evaluation(blinded.request)
    assert 2 == problem.get_json()["challenge"]["parameters"]["data"]["names"]
    earned = checker.evaluation(blinded.request, headers={HEADER: solve(problem)})
    assert 200 == earned.status_code


def test_what_is_offered_tells_nothing_of_the_identity(busy, people):
    problem = ask(busy, people.close)
    for typed in (people.close.id_number, people.close.name):
        assert typed not in problem.text
    assert ask(busy, people.unlisted).content_length == problem.content_length
