import socket
import threading

import pytest

from app.evaluators.wire import (
    PayloadInvalid,
    answer_question,
    parse_public_keys,
    parse_response,
    receive_payload,
    send_payload,
)
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import KeyUnknown, LocalEvaluator, PrivateKey, RequestInvalid

KEYS = [PrivateKey.derive(no, bytes([no]) * 32) for no in (1, 2)]
EVALUATOR = LocalEvaluator(KEYS)
PERSON = parse_identity("passport", "X0000001", "ANA SILVA")
REQUEST = BlindedIdentity.blind(PERSON, KEYS[0].key_id).request


def test_the_public_keys_arrive():
    assert EVALUATOR.public_keys() == parse_public_keys(answer_question(b"K", EVALUATOR))


def test_a_response_arrives_and_is_believed():
    blinded = BlindedIdentity.blind(PERSON, KEYS[1].key_id)
    response = parse_response(answer_question(b"E" + blinded.request, EVALUATOR))
    blinded.finalize(response, KEYS[1].public_key)


def test_refusals_arrive_as_what_they_are():
    with pytest.raises(RequestInvalid):
        parse_response(answer_question(b"E" + REQUEST[:-1], EVALUATOR))
    with pytest.raises(KeyUnknown):
        parse_response(answer_question(b"E" + REQUEST, LocalEvaluator([KEYS[1]])))


@pytest.mark.parametrize("question", [b"X", b"KK", b"k", REQUEST], ids=range(4))  # one is random
def test_another_question_is_none(question):
    with pytest.raises(PayloadInvalid):
        answer_question(question, EVALUATOR)


@pytest.mark.parametrize("answer", [b"", b"\x00", b"\x03", bytes(169), b"\x01" + bytes(2)])
def test_another_answer_is_none(answer):
    with pytest.raises(PayloadInvalid):
        parse_response(answer)
    if answer != b"\x00":  # no keys at all
        with pytest.raises(PayloadInvalid):
            parse_public_keys(answer)


def payload_of(stream: bytes) -> bytes:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(stream)
        here.shutdown(socket.SHUT_WR)
        return receive_payload(there)


@pytest.mark.parametrize(
    "stream", [b"", b"\x00", b"\x00\x00", b"\x00\x02K", b"\xff\xff" + bytes(99)]
)
def test_a_payload_cut_short_empty_or_too_long_is_refused(stream):
    with pytest.raises(PayloadInvalid):
        payload_of(stream)


def test_a_payload_in_pieces_is_whole():
    here, there = socket.socketpair()
    with here, there:
        sending = threading.Thread(target=lambda: [here.sendall(bytes([b])) for b in b"\x00\x02ab"])
        sending.start()
        assert b"ab" == receive_payload(there)
        sending.join()


def test_a_payload_goes_behind_its_length():
    here, there = socket.socketpair()
    with here, there:
        send_payload(here, b"abc")
        assert b"\x00\x03abc" == there.recv(99)
