"""What web workers and evaluator say to each other: u16be length ‖ payload, one each way.

A question is `K` (which keys?) or `E` ‖ a request; an answer is one byte of outcome ‖ what was
asked for. One question a connection: the kernel gives it to whichever evaluator process is free.
"""

import socket
import struct

from exposure_index.private.evaluation import (
    KEY_ID_BYTES,
    RESPONSE_BYTES,
    Evaluator,
    KeyUnknown,
    RequestInvalid,
)

PAYLOAD_MAX_BYTES = 8_192  # 200 keys
KEYS = b"K"
EVALUATE = b"E"
GIVEN = b"\x00"
INVALID = b"\x01"
UNKNOWN = b"\x02"
PUBLIC_KEY_BYTES = 32
_LENGTH = struct.Struct(">H")
_KEY_BYTES = KEY_ID_BYTES + PUBLIC_KEY_BYTES


class FrameInvalid(Exception):
    """Not a frame, cut short, or not a question or answer of ours."""


def send_frame(connection: socket.socket, payload: bytes) -> None:
    """Send one frame. Raises OSError."""
    connection.sendall(_LENGTH.pack(len(payload)) + payload)


def received_frame(connection: socket.socket) -> bytes:
    """Return the payload of one frame. Raises FrameInvalid, OSError."""
    (length,) = _LENGTH.unpack(_received(connection, _LENGTH.size))
    if not 0 < length <= PAYLOAD_MAX_BYTES:
        raise FrameInvalid
    return _received(connection, length)


def answer_to(question: bytes, evaluator: Evaluator) -> bytes:
    """Return the answer to a question. Raises FrameInvalid."""
    if question == KEYS:
        keys = evaluator.public_keys()
        return GIVEN + b"".join(key_id + public_key for key_id, public_key in keys.items())
    if question[:1] != EVALUATE:
        raise FrameInvalid
    try:
        return GIVEN + evaluator.evaluate(question[1:])
    except RequestInvalid:
        return INVALID
    except KeyUnknown:
        return UNKNOWN


def public_keys_in(answer: bytes) -> dict[bytes, bytes]:
    """Return the public keys of an answer to `K`. Raises FrameInvalid."""
    told = answer[1:]
    if answer[:1] != GIVEN or len(told) % _KEY_BYTES:
        raise FrameInvalid
    keys = (told[at : at + _KEY_BYTES] for at in range(0, len(told), _KEY_BYTES))
    return {key[:KEY_ID_BYTES]: key[KEY_ID_BYTES:] for key in keys}


def response_in(answer: bytes) -> bytes:
    """Return the response of an answer to `E`.

    Raises RequestInvalid or KeyUnknown as the evaluator did, FrameInvalid.
    """
    if answer == INVALID:
        raise RequestInvalid("the evaluator refuses it")
    if answer == UNKNOWN:
        raise KeyUnknown
    if answer[:1] != GIVEN or len(answer) != len(GIVEN) + RESPONSE_BYTES:
        raise FrameInvalid
    return answer[1:]


def _received(connection: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        part = connection.recv(length - len(received))
        if not part:
            raise FrameInvalid
        received += part
    return received
