"""An evaluator that is silent, or dies in the middle of an answer."""

import socket
import threading

import pytest

from app.evaluators import remote
from app.evaluators.remote import RemoteEvaluator
from app.evaluators.wire import SUCCESS, receive_payload, send_payload
from exposure_index.private.evaluation import EvaluatorGone


@pytest.fixture
def listening(tmp_path_factory):
    path = tmp_path_factory.mktemp("r") / "s"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield path, listener


def answering(listener, answers):
    def answer():
        for payload in answers:
            with listener.accept()[0] as connection:
                receive_payload(connection)
                if payload is not None:
                    send_payload(connection, payload)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return thread


def test_a_process_that_dies_while_it_answers_is_asked_again(listening):
    path, listener = listening
    answering(listener, [None, SUCCESS + bytes(169)])
    assert bytes(169) == RemoteEvaluator(path).evaluate(bytes(105))


def test_two_that_die_are_an_evaluator_gone(listening):
    path, listener = listening
    answering(listener, [None, None])
    with pytest.raises(EvaluatorGone):
        RemoteEvaluator(path).evaluate(bytes(105))


def test_a_silent_one_is_asked_once(listening, monkeypatch):
    path, listener = listening
    monkeypatch.setattr(remote, "TIMEOUT_SECONDS", 0.1)
    with pytest.raises(EvaluatorGone):
        RemoteEvaluator(path).public_keys()
    listener.setblocking(False)
    listener.accept()[0].close()
    with pytest.raises(BlockingIOError):
        listener.accept()
