"""What a challenge or ticket holds for: one purpose, one network, at most one document.

Threat: work is done, or time waited, by many machines at ease and spent from one network, or on
another document. Limit: each is bound to what it was asked for, by codes that tell nothing.
"""

import hmac
from dataclasses import dataclass

from app.limits.admission_proof import Means, Shown
from app.limits.outcomes import ProofNeeded, Purpose

NETWORK_CODE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Binding:
    """network: a code of it under the key ``altcha``; document: its code of the day, or b""."""

    purpose: Purpose
    network: bytes
    document: bytes

    @classmethod
    def of(cls, needed: ProofNeeded, network: bytes, key: bytes) -> "Binding":
        """Return what to bind to where ``needed`` was raised for a network."""
        return cls(needed.purpose, network_code(key, network), needed.document)

    def shown(self, means: Means) -> Shown:
        """Return it as the limits take it."""
        return Shown(means, self.purpose, self.document)


def network_code(key: bytes, network: bytes) -> bytes:
    """Return the 8-byte code of a network: HMAC-SHA-256 under a part of the key ``altcha``."""
    mac = hmac.digest(key, b"gauge/v1/altcha/network\x00" + network, "sha256")
    return mac[:NETWORK_CODE_BYTES]
