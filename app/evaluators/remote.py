"""The remote evaluator, as web workers have it: a Unix socket, and no key."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.evaluators.wire import (
    EVALUATE,
    KEYS,
    PayloadInvalid,
    parse_public_keys,
    parse_response,
    receive_payload,
    send_payload,
)
from exposure_index.private.evaluation import EvaluatorGone

TIMEOUT_SECONDS = 2.0  # of some thousand evaluations

Answer = TypeVar("Answer")


class RemoteEvaluator:
    """Asks the process that holds the keys, over one connection a question."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id. Raises EvaluatorGone."""
        return self._ask(KEYS, parse_public_keys)

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request. Raises RequestInvalid, KeyUnknown, EvaluatorGone."""
        return self._ask(EVALUATE + request, parse_response)

    def is_at_hand(self) -> bool:
        """Return False: another process is asked."""
        return False

    def _ask(self, question: bytes, parse: Callable[[bytes], Answer]) -> Answer:
        try:
            try:
                return parse(self._exchange(question))
            except (ConnectionError, PayloadInvalid):  # one process of several died: ask another
                return parse(self._exchange(question))
        except (OSError, PayloadInvalid) as error:
            raise EvaluatorGone from error

    def _exchange(self, question: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(TIMEOUT_SECONDS)
            connection.connect(self._path)
            send_payload(connection, question)
            return receive_payload(connection)
