import socket
import threading

import pytest

from app.evaluators.wire import (
    FrameInvalid,
    answer_to,
    public_keys_in,
    received_frame,
    response_in,
    send_frame,
)
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import KeyUnknown, LocalEvaluator, PrivateKey, RequestInvalid

KEYS = [PrivateKey.derived(no, bytes([no]) * 32) for no in (1, 2)]
HELD = LocalEvaluator(KEYS)
PERSON = parse_identity("passport", "X0000001", "ANA SILVA")
REQUEST = BlindedIdentity.blind(PERSON, KEYS[0].key_id).request


def test_the_public_keys_arrive():
    assert HELD.public_keys() == public_keys_in(answer_to(b"K", HELD))


def test_a_response_arrives_and_is_believed():
    blinded = BlindedIdentity.blind(PERSON, KEYS[1].key_id)
    response = response_in(answer_to(b"E" + blinded.request, HELD))
    blinded.finalize(response, KEYS[1].public_key)


def test_refusals_arrive_as_what_they_are():
    with pytest.raises(RequestInvalid):
        response_in(answer_to(b"E" + REQUEST[:-1], HELD))
    with pytest.raises(KeyUnknown):
        response_in(answer_to(b"E" + REQUEST, LocalEvaluator([KEYS[1]])))


@pytest.mark.parametrize("question", [b"X", b"KK", b"k", REQUEST], ids=range(4))  # one is random
def test_another_question_is_none(question):
    with pytest.raises(FrameInvalid):
        answer_to(question, HELD)


@pytest.mark.parametrize("answer", [b"", b"\x00", b"\x03", bytes(137), b"\x01" + bytes(2)])
def test_another_answer_is_none(answer):
    with pytest.raises(FrameInvalid):
        response_in(answer)
    if answer != b"\x00":  # no keys at all
        with pytest.raises(FrameInvalid):
            public_keys_in(answer)


def received(sent: bytes) -> bytes:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(sent)
        here.shutdown(socket.SHUT_WR)
        return received_frame(there)


@pytest.mark.parametrize("sent", [b"", b"\x00", b"\x00\x00", b"\x00\x02K", b"\xff\xff" + bytes(99)])
def test_a_frame_cut_short_empty_or_too_long_is_refused(sent):
    with pytest.raises(FrameInvalid):
        received(sent)


def test_a_frame_in_pieces_is_whole():
    here, there = socket.socketpair()
    with here, there:
        sending = threading.Thread(target=lambda: [here.sendall(bytes([b])) for b in b"\x00\x02ab"])
        sending.start()
        assert b"ab" == received_frame(there)
        sending.join()


def test_a_frame_is_its_length_and_its_payload():
    here, there = socket.socketpair()
    with here, there:
        send_frame(here, b"abc")
        assert b"\x00\x03abc" == there.recv(99)
