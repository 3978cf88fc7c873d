"""Messages that the web tier writes and only the builder's side can read: corrections, trip alerts.

Threat: who takes over the service, or a copy of its database, reads who asked to be corrected or
watches a trip. Limit: HPKE (RFC 9180) to ``sealed.pub``; the key ``sealed`` is not on that
machine. Every message of a kind has one length, so that length tells nothing.

Message: version u8=1 ‖ HPKE (DHKEM X25519, HKDF-SHA256, ChaCha20-Poly1305; base mode, no aad) of
plaintext length u32be ‖ plaintext ‖ zeros to the size of the kind.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

VERSION = b"\x01"
LENGTH_BYTES = 4
OVERHEAD_BYTES = len(VERSION) + 32 + LENGTH_BYTES + 16  # version, encapsulated key, length, tag


@dataclass(frozen=True, slots=True)
class MessageKind:
    """info: binds a message to its purpose; plaintext_max_bytes: to which each is padded."""

    info: bytes
    plaintext_max_bytes: int

    @property
    def sealed_bytes(self) -> int:
        """Return the length of every sealed message of this kind."""
        return OVERHEAD_BYTES + self.plaintext_max_bytes


CORRECTION = MessageKind(b"gauge/v1/correction", 8_192)
TRIP_ALERT = MessageKind(b"gauge/v1/watch", 512)


class MessageTooLong(ValueError):
    """The plaintext is longer than its kind allows."""


class MessageUnreadable(Exception):
    """Not sealed to this key for this purpose, or damaged. Says nothing of the content."""


def seal(public_key: bytes, plaintext: bytes, kind: MessageKind) -> bytes:
    """Seal a message; return ``kind.sealed_bytes`` bytes.

    public_key: ``sealed.pub``, 32 bytes. Two messages of one plaintext differ.
    Raises MessageTooLong; ValueError where the key is no X25519 key.
    """
    if len(plaintext) > kind.plaintext_max_bytes:
        raise MessageTooLong
    padded = len(plaintext).to_bytes(LENGTH_BYTES) + plaintext.ljust(
        kind.plaintext_max_bytes, b"\x00"
    )
    return VERSION + _suite().encrypt(
        padded, X25519PublicKey.from_public_bytes(public_key), info=kind.info
    )


def open_sealed(private_key: bytes, message: bytes, kind: MessageKind) -> bytes:
    """Open a sealed message and return its plaintext. private_key: ``sealed``, 32 bytes.

    Raises MessageUnreadable for another key or kind, and for anything cut, longer or changed.
    """
    if len(message) != kind.sealed_bytes or message[:1] != VERSION:
        raise MessageUnreadable
    try:
        padded = _suite().decrypt(
            message[1:], X25519PrivateKey.from_private_bytes(private_key), info=kind.info
        )
    except (InvalidTag, ValueError):
        raise MessageUnreadable from None
    length = int.from_bytes(padded[:LENGTH_BYTES])
    plaintext = padded[LENGTH_BYTES : LENGTH_BYTES + length]
    if any(padded[LENGTH_BYTES + length :]) or len(plaintext) != length:
        raise MessageUnreadable
    return plaintext


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
