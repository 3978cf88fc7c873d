"""HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

What is sealed is ``enc 65 ‖ ciphertext ‖ tag 16``; the purpose is the info string, so that what was
sealed for one purpose opens for no other.
"""

from enum import Enum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES = 65
SCALAR_BYTES = 32
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()


class SealPurpose(Enum):
    """What is sealed, as the info string of HPKE."""

    CHECKIN = b"gauge/v1/kiosk/checkin"
    CHECK = b"gauge/v1/kiosk/check"
    DOOR_KEY = b"gauge/v1/kiosk/door-key"


class PointInvalid(ValueError):
    """Not an uncompressed point of P-256."""


class Unsealable(Exception):
    """Sealed to another key or for another purpose, cut or altered."""


def public_key_of(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of an uncompressed point, 65 bytes. Raises PointInvalid."""
    if len(point) != POINT_BYTES or point[0] != 4:
        raise PointInvalid
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError:
        raise PointInvalid from None


def new_key_pair() -> tuple[bytes, bytes]:
    """Return a fresh private key, a scalar of 32 bytes, and its public point of 65 bytes."""
    key = ec.generate_private_key(CURVE)
    scalar = key.private_numbers().private_value.to_bytes(SCALAR_BYTES, "big")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return scalar, point


def private_key_of(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a scalar of 32 bytes."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), CURVE)


def seal(point: bytes, purpose: SealPurpose, plaintext: bytes) -> bytes:
    """Return what only the holder of the private key opens. Raises PointInvalid."""
    return SUITE.encrypt(plaintext, public_key_of(point), info=purpose.value)


def open_sealed(
    private_key: ec.EllipticCurvePrivateKey, purpose: SealPurpose, sealed: bytes
) -> bytes:
    """Return the plaintext. Raises Unsealable."""
    try:
        return SUITE.decrypt(sealed, private_key, info=purpose.value)
    except InvalidTag:
        raise Unsealable from None
