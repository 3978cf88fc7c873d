"""A question of a build, and its id: the same in every build and machine with these keys."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ID_HEX_DIGITS = 20
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one department. key: what makes it this question and no other.

    subject: columns of `replies` it fills in, and `window_from`, `window_to`, `passengers` where
    they help; requesters: who reported the cases that ask it ("" where nobody is named) → how many
    cases.
    """

    kind: str
    department: str
    key: tuple[str, ...]
    subject: Mapping[str, str]
    requesters: Mapping[str, int]


class InquiryIds:
    """Makes ids out of questions, with a key of their own: an id tells nobody what was asked.

    Id: kind, "-", 20 hexadecimal digits of HMAC-SHA-256 over the length-prefixed key (RFC 2104),
    keyed by HKDF-SHA-512(root_plain, info "gauge/v1/inquiry", 32 bytes) (RFC 5869).
    """

    def __init__(self, root_plain: bytes) -> None:
        hkdf = HKDF(SHA512(), _KEY_BYTES, salt=None, info=b"gauge/v1/inquiry")
        self._keyed = hmac.new(hkdf.derive(root_plain), digestmod="sha256")

    def of(self, question: Question) -> str:
        """Return the id of a question."""
        mac = self._keyed.copy()
        for part in (question.kind, *question.key):
            data = part.encode()
            mac.update(len(data).to_bytes(4, "big") + data)
        return f"{question.kind}-{mac.hexdigest()[:_ID_HEX_DIGITS]}"
