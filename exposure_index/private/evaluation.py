"""RFC 9497 VOPRF, ristretto255-SHA512, mode 1: keys, requests of three blinded inputs, responses.

The library accepts seeds of a wrong length and elements with bytes behind them; lengths are checked
here. It holds the interpreter's lock while it computes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from voprf import ristretto

from exposure_index.crypto.keys import PRIVATE_KEY_BYTES, KeyRing

VERSION = b"\x02"
KEY_ID_BYTES = 8
ELEMENT_BYTES = 32
PROOF_BYTES = 64
INPUTS = 3  # the document alone, and under each of two names
_ELEMENTS_AT = 1 + KEY_ID_BYTES
REQUEST_BYTES = _ELEMENTS_AT + INPUTS * ELEMENT_BYTES
RESPONSE_BYTES = REQUEST_BYTES + PROOF_BYTES
_INFO = b"gauge/v1/private|key="
_FIRST_EDITION = b"\x01"
_FIRST_EDITION_BYTES = _ELEMENTS_AT + 2 * ELEMENT_BYTES


class RequestInvalid(ValueError):
    """A request of another length or version, or an element that is no canonical encoding."""


class FirstEditionRequest(RequestInvalid):
    """A request of two inputs, as clients of the first edition send it: they must be renewed."""


class KeyUnknown(LookupError):
    """No evaluator holds the key that a request names."""


class EvaluatorGone(Exception):
    """The process that holds the keys does not answer."""


class Evaluator(Protocol):
    """Evaluates requests under private keys that only it holds."""

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id, 8 bytes. Raises EvaluatorGone."""
        ...

    def evaluate(self, request: bytes) -> bytes:
        """Evaluate a request. Raises RequestInvalid, KeyUnknown, EvaluatorGone."""
        ...

    def is_at_hand(self) -> bool:
        """Return whether ``evaluate`` would only compute: read no file, ask no other process."""
        ...


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """One key of the oblivious function; no: 1 for `private_1`; its repr shows no seed."""

    no: int
    _function: ristretto.Evaluator = field(repr=False)
    public_key: bytes
    key_id: bytes

    @classmethod
    def derive(cls, no: int, seed: bytes) -> "PrivateKey":
        """Derive the key of a seed of 32 bytes: DeriveKeyPair of RFC 9497, section 3.2.1.

        Raises ValueError for another length, which the library would take.
        """
        if len(seed) != PRIVATE_KEY_BYTES or no < 1:
            raise ValueError("a private key has 32 bytes and a number from 1")
        function = ristretto.Evaluator.from_seed(seed, _INFO + str(no).encode())
        public_key = bytes(function.public_key.serialize())
        return cls(no, function, public_key, key_id(public_key))

    def output(self, encoded: bytes) -> bytes:
        """Evaluate an encoded identity (x0 or xd); return y, its 64 bytes, without any proof."""
        return bytes(self._function.evaluate_known_input(encoded))

    def evaluate(self, request: bytes) -> bytes:
        """Evaluate a request; return `0x02 ‖ key_id8 ‖ three evaluated elements of 32 ‖ proof64`.

        In the order of the request, xd, x0, x1, with one proof of all three.
        Raises RequestInvalid, or KeyUnknown where the request names another key.
        """
        if requested_key(request) != self.key_id:
            raise KeyUnknown
        try:
            # 32 bytes each, of which the group takes the canonical encoding alone (RFC 9496, 4.3.1)
            blinded = list(map(ristretto.BlindedInput.deserialize, _elements(request)))
            batch = bytes(self._function.evaluate_batch(blinded).serialize())
        except ValueError as error:
            raise RequestInvalid("an element is none of the group") from error
        return VERSION + self.key_id + batch[PROOF_BYTES:] + batch[:PROOF_BYTES]


class LocalEvaluator:
    """Evaluator of the process that holds the keys itself."""

    def __init__(self, keys: Iterable[PrivateKey]) -> None:
        self._keys = {key.key_id: key for key in keys}

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id."""
        return {name: key.public_key for name, key in self._keys.items()}

    def evaluate(self, request: bytes) -> bytes:
        """Evaluate a request. Raises RequestInvalid or KeyUnknown."""
        key = self._keys.get(requested_key(request))
        if key is None:
            raise KeyUnknown
        return key.evaluate(request)

    def is_at_hand(self) -> bool:
        """Return True: its keys are in memory."""
        return True


def key_id(public_key: bytes) -> bytes:
    """Return the 8 bytes that name a public key of 32 bytes."""
    return sha256(public_key).digest()[:KEY_ID_BYTES]


def requested_key(request: bytes) -> bytes:
    """Return the key_id of a request.

    Raises RequestInvalid for another length or version, FirstEditionRequest for that of the first.
    """
    if len(request) != REQUEST_BYTES or request[:1] != VERSION:
        if len(request) == _FIRST_EDITION_BYTES and request[:1] == _FIRST_EDITION:
            raise FirstEditionRequest("a request of the first edition")
        raise RequestInvalid("a request has 105 bytes and begins with its version, 2")
    return request[1:_ELEMENTS_AT]


def private_keys(keys: KeyRing) -> list[PrivateKey]:
    """Return every private key of a ring, in the order of their numbers. Raises a KeyFault."""
    return [PrivateKey.derive(no, keys.bytes(f"private_{no}")) for no in keys.private_numbers()]


def _elements(message: bytes) -> list[bytes]:
    return [
        message[at : at + ELEMENT_BYTES] for at in range(_ELEMENTS_AT, REQUEST_BYTES, ELEMENT_BYTES)
    ]
