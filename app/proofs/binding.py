"""What a challenge or ticket holds for: one purpose, one network, at most one document, its names.

Threat: work is done, or time waited, by many machines at ease and spent from one network, or on
another document, or for more names than it was asked for. Limit: each is bound to what it was asked
for, by pseudonyms that tell nothing.
"""

import hmac
from dataclasses import dataclass

from app.limits.outcomes import AdmissionProof, ProofKind, ProofNeeded, Purpose

NETWORK_PSEUDONYM_BYTES = 8


class ProofRefused(Exception):
    """A proof or ticket does not count.

    reason: ``malformed``, ``wrong``, ``expired``, ``used``, ``elsewhere`` (another network) or
    ``too_soon``, with ``remaining`` seconds to wait.
    """

    def __init__(self, reason: str, remaining: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remaining = remaining


@dataclass(frozen=True, slots=True)
class Binding:
    """network: pseudonym under the key ``altcha``; document: its pseudonym of the day, or b"".

    names: how many it pays for.
    """

    purpose: Purpose
    network: bytes
    document: bytes
    names: int = 1

    @classmethod
    def of(cls, needed: ProofNeeded, network: bytes, key: bytes) -> "Binding":
        """Return what to bind to where ``needed`` was raised for a network."""
        return cls(needed.purpose, network_pseudonym(key, network), needed.document, needed.names)

    def admission_proof(self, kind: ProofKind) -> AdmissionProof:
        """Return the admission proof of this kind for what is bound."""
        return AdmissionProof(kind, self.purpose, self.document, self.names)


def network_pseudonym(key: bytes, network: bytes) -> bytes:
    """Return the 8-byte pseudonym of a network: HMAC-SHA-256 under a part of the key ``altcha``."""
    mac = hmac.digest(key, b"gauge/v1/altcha/network\x00" + network, "sha256")
    return mac[:NETWORK_PSEUDONYM_BYTES]
