"""Proof of work: make challenges of altcha (version 2) and judge what is sent back.

A challenge hides a counter; its solver hashes from nought up to it (``SHA-256``, iterated). The
counter lies between half of the most and the most, so that no phone is unlucky without end. It is
signed, expires, and is bound. A challenge for several names takes as many times the work: one
calculation, so that a phone shows one progress. Plain SHA-256: it works in any browser, also
over http in a health department's own house, where browsers withhold their cryptography.

Threat: replay, work done ahead, work for one thing spent on another, cheap floods of challenges.
Limit: single use, minutes of life, binding; a challenge costs the service some 0.1 ms and no
memory. What it does not stop stands in docs/threat-model.md: a graphics card hashes a hundred
thousand times faster than an old phone.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altcha
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.limits.outcomes import Purpose
from app.proofs.binding import Binding, ProofRefused

ALGORITHM = "SHA-256"
HASHES_OF_A_STEP = 200
EASIEST_PART = 8  # at no pressure a proof takes this part of the hardest one
PAYLOAD_MAX_CHARACTERS = 3_000
HEX_32 = r"^[0-9a-f]{32}$"
HEX_64 = r"^[0-9a-f]{64}$"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class BoundTo(_Strict):
    """What a challenge holds for, as its data say it: codes in hex."""

    purpose: str = Field(pattern="^(network|document|sign_in)$")
    network: str = Field(pattern="^[0-9a-f]{16}$")
    document: str = Field(pattern="^([0-9a-f]{32})?$")
    names: int = Field(ge=1, le=255, description="How many names the proof pays for.")
    counter_max: int = Field(ge=1, description="The counter sought is not above this.")


class ChallengeParameters(_Strict):
    """The parameters of an altcha challenge, version 2, as this service makes them."""

    algorithm: str = Field(pattern=f"^{ALGORITHM}$")
    cost: int = Field(ge=1, description="Hashes for each counter tried.")
    keyLength: int  # noqa: N815 - altcha's name
    keyPrefix: str = Field(pattern=HEX_32)  # noqa: N815
    keySignature: str = Field(pattern=HEX_64)  # noqa: N815
    nonce: str = Field(pattern=HEX_32)
    salt: str = Field(pattern=HEX_32)
    expiresAt: int  # noqa: N815
    data: BoundTo


class Challenge(_Strict):
    """An altcha challenge: parameters and their signature."""

    parameters: ChallengeParameters
    signature: str = Field(pattern=HEX_64)


class Solution(_Strict):
    """What solves a challenge; altcha's solvers also tell how long it took, in milliseconds."""

    counter: int = Field(ge=0, lt=2**32)
    derivedKey: str = Field(pattern=HEX_64)  # noqa: N815
    time: float | int | None = None


class Payload(_Strict):
    """Challenge and solution, sent as Base64 of this JSON."""

    challenge: Challenge
    solution: Solution


@dataclass(frozen=True, slots=True)
class WorkProof:
    """A proof of work that holds; proof_id: 16 bytes by which its second use is known; until: its
    expiry.
    """

    binding: Binding
    proof_id: bytes
    until: int


class WorkChallenges:
    """Makes challenges and judges what comes back."""

    def __init__(
        self,
        key: bytes,
        hashes_max: int,
        seconds: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._sign = hmac.digest(key, b"gauge/v1/altcha/challenge", "sha256")
        self._hide = hmac.digest(key, b"gauge/v1/altcha/counter", "sha256")
        self._hashes_max = hashes_max
        self._seconds = seconds
        self._clock = clock

    def make(self, binding: Binding, pressure: float) -> dict[str, Any]:
        """Return a challenge as its solver takes it; pressure: 0 (easiest) to 1 (hardest)."""
        most = max(2, hashes_of(pressure, self._hashes_max) // HASHES_OF_A_STEP) * binding.names
        least = most // 2
        challenge = altcha.create_challenge(
            ALGORITHM,
            HASHES_OF_A_STEP,
            derive_key=_derive,
            counter=least + secrets.randbelow(most - least + 1),
            expires_at=int(self._clock()) + self._seconds,
            data={
                "purpose": binding.purpose.value,
                "network": binding.network.hex(),
                "document": binding.document.hex(),
                "names": binding.names,
                "counter_max": most,
            },
            hmac_secret=self._sign,
            hmac_key_secret=self._hide,
        )
        document: dict[str, Any] = challenge.to_dict()
        return document

    def judge(self, payload: str) -> WorkProof:
        """Return the proof that ``payload`` holds. Raises ProofRefused."""
        parsed = _parse(payload)
        parameters = parsed.challenge.parameters
        if parameters.expiresAt <= self._clock():
            raise ProofRefused("expired")
        verdict = altcha.verify_solution(
            altcha.Payload.from_dict(parsed.model_dump()),
            self._sign,
            derive_key=_derive,
            hmac_key_secret=self._hide,
        )
        if not verdict.verified:
            raise ProofRefused("wrong")
        bound = parameters.data
        return WorkProof(
            Binding(
                Purpose(bound.purpose),
                bytes.fromhex(bound.network),
                bytes.fromhex(bound.document),
                bound.names,
            ),
            bytes.fromhex(parsed.challenge.signature)[:16],
            parameters.expiresAt,
        )


def hashes_of(pressure: float, hashes_max: int) -> int:
    """Return the most hashes that a proof takes under ``pressure``, from 0 to 1."""
    easiest = hashes_max / EASIEST_PART
    return max(HASHES_OF_A_STEP, int(easiest + (hashes_max - easiest) * pressure))


def _parse(payload: str) -> Payload:
    if len(payload) > PAYLOAD_MAX_CHARACTERS:
        raise ProofRefused("malformed")
    try:
        document = base64.b64decode(payload.encode("ascii"), validate=True)
        return Payload.model_validate(json.loads(document))
    except (binascii.Error, ValidationError, ValueError, RecursionError):
        raise ProofRefused("malformed") from None


def _derive(parameters: altcha.ChallengeParameters, salt: bytes, password: bytes) -> bytes:
    """Return altcha's iterated SHA-256; its own looks the algorithm up for every hash."""
    derived = salt + password
    for _ in range(parameters.cost):
        derived = hashlib.sha256(derived).digest()
    return derived
