"""One form of HTTP message signature (RFC 9421) over method, path and Content-Digest (RFC 9530).

Threat: a request is forged, altered, or signed in a form that leaves part of it out. Limit: exactly
one form is read, that of docs/kiosk-protocol.md; what is covered cannot be chosen by the sender,
and anything else counts as no signature. A signature is good for five minutes around its time;
whoever sends a request of a kiosk twice within them changes nothing, as docs/kiosk-protocol.md says
of each.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.kiosk.keys.hpke import public_key_of

GOOD_FOR_SECONDS = 300
COVERED = '("@method" "@path" "content-digest")'
DIGEST = re.compile("sha-256=:([A-Za-z0-9+/]{43}=):")
INPUT = re.compile(
    rf"kiosk=(?P<parameters>{re.escape(COVERED)}"
    r';created=(?P<created>0|[1-9][0-9]{0,11});keyid="(?P<kiosk>[0-9a-f]{32})"'
    r';alg="ecdsa-p256-sha256")'
)
SIGNATURE = re.compile("kiosk=:([A-Za-z0-9+/]{86}==):")
INTEGER_BYTES = 32


class Unsigned(Exception):
    """The request bears no signature of the one form."""


class WrongSignature(Exception):
    """The signature is not that of the kiosk over this request, or there is no such kiosk."""


@dataclass(frozen=True, slots=True)
class SignatureHeaders:
    """Three header fields as they came, None where one is missing."""

    content_digest: str | None
    signature_input: str | None
    signature: str | None


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """What is signed; base: the bytes; signature: r ‖ s, 64 bytes; created: seconds since 1970."""

    kiosk: str
    created: int
    base: bytes
    signature: bytes
    digest: bytes

    def is_recent(self, now: int) -> bool:
        """Return whether it was signed within five minutes of now, in seconds."""
        return abs(now - self.created) <= GOOD_FOR_SECONDS

    def verify_body(self, body: bytes) -> None:
        """Verify that a body is the one that was signed. Raises WrongSignature."""
        if hashlib.sha256(body).digest() != self.digest:
            raise WrongSignature

    def verify_head(self, signing_key: bytes) -> None:
        """Verify the signature, which needs no body; signing_key: a point of 65 bytes.

        Raises WrongSignature.
        """
        half = INTEGER_BYTES
        integers = (
            int.from_bytes(part, "big") for part in (self.signature[:half], self.signature[half:])
        )
        try:
            public_key_of(signing_key).verify(
                encode_dss_signature(*integers), self.base, ec.ECDSA(SHA256())
            )
        except InvalidSignature:
            raise WrongSignature from None


def read_signature(method: str, path: str, headers: SignatureHeaders) -> SignedMessage:
    """Return what a request's headers say is signed, not yet verified. Raises Unsigned."""
    digest = DIGEST.fullmatch(headers.content_digest or "")
    given = INPUT.fullmatch(headers.signature_input or "")
    signature = SIGNATURE.fullmatch(headers.signature or "")
    if digest is None or given is None or signature is None:
        raise Unsigned
    base = signature_base(method, path, digest.group(), given["parameters"])
    try:
        digest_bytes = base64.b64decode(digest[1], validate=True)
        signature_bytes = base64.b64decode(signature[1], validate=True)
    except binascii.Error:
        raise Unsigned from None
    return SignedMessage(given["kiosk"], int(given["created"]), base, signature_bytes, digest_bytes)


def signature_base(method: str, path: str, content_digest: str, parameters: str) -> bytes:
    """Return the signature base (RFC 9421, section 2.5) of the one form."""
    lines = (
        f'"@method": {method}',
        f'"@path": {path}',
        f'"content-digest": {content_digest}',
        f'"@signature-params": {parameters}',
    )
    return "\n".join(lines).encode()
