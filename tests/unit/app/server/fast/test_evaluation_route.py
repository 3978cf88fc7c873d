"""The fast route answers and counts an evaluation as the view does."""

import pytest

from app.server.fast import wsgi
from app.services import EXTENSION


@pytest.fixture
def fast_and_view(private_app, private_checker_of, monkeypatch):
    by_route, by_view = (private_checker_of(private_app()) for _ in range(2))

    def ask(body):
        answers = []
        for private_checker, longest in ((by_route, 4_096), (by_view, 0)):
            with monkeypatch.context() as only_now:
                only_now.setattr(wsgi, "FAST_BODY_MAX_BYTES", longest)
                answers.append(private_checker.evaluation(body))
        return answers

    return ask


CHANGES = {
    "none": lambda body: body,
    "short": lambda body: body[:-1],
    "key": lambda body: body[:1] + bytes(8) + body[9:],
    "element": lambda body: body[:73] + b"\xff" * 32,
    "version": lambda body: b"\x03" + body[1:],
    "first edition": lambda body: b"\x01" + body[1:73],
}


@pytest.mark.parametrize("name", CHANGES)
def test_route_and_view_answer_alike(fast_and_view, private_checker, people, name):
    one, other = fast_and_view(CHANGES[name](private_checker.blinded(people.close).request))
    assert (other.status_code, len(other.data)) == (one.status_code, len(one.data))
    assert other.data[:105] == one.data[:105]  # a proof is random
    assert sorted(other.headers.items()) == sorted(one.headers.items())


def test_every_request_is_counted_once(private_app, private_checker_of, people):
    private_checker = private_checker_of(private_app(network_checks=3))
    body = private_checker.blinded(people.close).request
    sent = [body, body[:-1], CHANGES["element"](body), body]
    assert [200, 422, 422, 429] == [private_checker.evaluation(each).status_code for each in sent]


def test_a_bug_is_told_as_one_and_logged_without_a_value(
    private_app, private_checker_of, people, monkeypatch, capsys
):
    app = private_app()
    private_checker = private_checker_of(app)
    body = private_checker.blinded(people.close).request

    def fails(_):
        raise RuntimeError(body.hex())

    monkeypatch.setattr(app.extensions[EXTENSION].private_builds._evaluator, "evaluate", fails)
    assert 500 == private_checker.evaluation(body).status_code
    assert body.hex() not in "".join(capsys.readouterr())
