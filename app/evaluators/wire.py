"""The wire between web workers and evaluator: u16be length ‖ payload, one each way.

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
SUCCESS = b"\x00"
INVALID = b"\x01"
UNKNOWN = b"\x02"
PUBLIC_KEY_BYTES = 32
_LENGTH = struct.Struct(">H")
_KEY_BYTES = KEY_ID_BYTES + PUBLIC_KEY_BYTES


class PayloadInvalid(Exception):
    """No payload behind its length, cut short, or neither question nor answer of ours."""


def send_payload(connection: socket.socket, payload: bytes) -> None:
    """Send one payload behind its length. Raises OSError."""
    connection.sendall(_LENGTH.pack(len(payload)) + payload)


def receive_payload(connection: socket.socket) -> bytes:
    """Return one payload. Raises PayloadInvalid, OSError."""
    (length,) = _LENGTH.unpack(_receive(connection, _LENGTH.size))
    if not 0 < length <= PAYLOAD_MAX_BYTES:
        raise PayloadInvalid
    return _receive(connection, length)


def answer_question(question: bytes, evaluator: Evaluator) -> bytes:
    """Return the answer to a question. Raises PayloadInvalid."""
    if question == KEYS:
        keys = evaluator.public_keys()
        return SUCCESS + b"".join(key_id + public_key for key_id, public_key in keys.items())
    if question[:1] != EVALUATE:
        raise PayloadInvalid
    try:
        return SUCCESS + evaluator.evaluate(question[1:])
    except RequestInvalid:
        return INVALID
    except KeyUnknown:
        return UNKNOWN


def parse_public_keys(answer: bytes) -> dict[bytes, bytes]:
    """Return the public keys of an answer to `K`. Raises PayloadInvalid."""
    content = answer[1:]
    if answer[:1] != SUCCESS or len(content) % _KEY_BYTES:
        raise PayloadInvalid
    keys = (content[at : at + _KEY_BYTES] for at in range(0, len(content), _KEY_BYTES))
    return {key[:KEY_ID_BYTES]: key[KEY_ID_BYTES:] for key in keys}


def parse_response(answer: bytes) -> bytes:
    """Return the response of an answer to `E`.

    Raises RequestInvalid or KeyUnknown as the evaluator did, PayloadInvalid.
    """
    if answer == INVALID:
        raise RequestInvalid("the evaluator refuses it")
    if answer == UNKNOWN:
        raise KeyUnknown
    if answer[:1] != SUCCESS or len(answer) != len(SUCCESS) + RESPONSE_BYTES:
        raise PayloadInvalid
    return answer[1:]


def _receive(connection: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length:
        part = connection.recv(length - len(content))
        if not part:
            raise PayloadInvalid
        content += part
    return content
