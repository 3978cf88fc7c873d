"""The evaluator as web workers see it: a Unix socket, and no key."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.evaluators.wire import (
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

Told = TypeVar("Told")


class RemoteEvaluator:
    """Asks the process that holds the keys, over one connection a question."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id. Raises EvaluatorGone."""
        return self._answered(KEYS, public_keys_in)

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request. Raises RequestInvalid, KeyUnknown, EvaluatorGone."""
        return self._answered(EVALUATE + request, response_in)

    def _answered(self, question: bytes, read: Callable[[bytes], Told]) -> Told:
        try:
            try:
                return read(self._asked(question))
            except (ConnectionError, FrameInvalid):  # one process of several died: ask another
                return read(self._asked(question))
        except (OSError, FrameInvalid) as error:
            raise EvaluatorGone from error

    def _asked(self, question: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(TIMEOUT_SECONDS)
            connection.connect(self._path)
            send_frame(connection, question)
            return received_frame(connection)
