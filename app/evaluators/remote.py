"""The evaluator as web workers see it: a Unix socket, and no key."""

import socket
from pathlib import Path

from app.evaluators.frames import (
    EVALUATE,
    KEYS,
    FrameInvalid,
    public_keys_in,
    received_frame,
    response_in,
    send_frame,
)
from exposure_index.private.evaluation import EvaluatorGone

TIMEOUT_SECONDS = 2.0  # of some thousand evaluations


class RemoteEvaluator:
    """Asks the process that holds the keys, over one connection a question."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id. Raises EvaluatorGone."""
        try:
            return public_keys_in(self._answer(KEYS))
        except FrameInvalid as error:
            raise EvaluatorGone from error

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request. Raises RequestInvalid, KeyUnknown, EvaluatorGone."""
        try:
            return response_in(self._answer(EVALUATE + request))
        except FrameInvalid as error:
            raise EvaluatorGone from error

    def _answer(self, question: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(TIMEOUT_SECONDS)
                connection.connect(self._path)
                send_frame(connection, question)
                return received_frame(connection)
        except OSError as error:
            raise EvaluatorGone from error
