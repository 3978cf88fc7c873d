"""Columns that name a person or give access, encrypted and digested under the key ``records``.

Threat: a copy of the database tells who stands in it, or a value is moved to another row. Limit:
ChaCha20-Poly1305 under a key that is not in the database, bound to table, column and row.
Field: version u8=1 ‖ nonce 12 ‖ ciphertext ‖ tag 16.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class FieldUnreadable(Exception):
    """Encrypted under another key, for another place, or damaged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; it opens nowhere else."""

    table: str
    column: str
    row: str

    def bound(self) -> bytes:
        """Return the place as bytes; names of ours hold no zero byte, so that none is ambiguous."""
        return b"\x00".join(part.encode() for part in (self.table, self.column, self.row))


class FieldCipher:
    """Encrypts and digests with keys drawn from ``records``; its repr shows none."""

    def __init__(self, records_key: bytes) -> None:
        self._fields = ChaCha20Poly1305(_subkey(records_key, b"gauge/v1/records/fields"))
        self._digests = _subkey(records_key, b"gauge/v1/records/digests")

    def encrypt(self, place: Place, text: str) -> bytes:
        """Return the encrypted field; its length tells that of the text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._fields.encrypt(nonce, text.encode(), place.bound())

    def decrypt(self, place: Place, field: bytes) -> str:
        """Return the text of an encrypted field. Raises FieldUnreadable."""
        nonce, sealed = field[1 : 1 + NONCE_BYTES], field[1 + NONCE_BYTES :]
        if field[:1] != VERSION or len(nonce) != NONCE_BYTES:
            raise FieldUnreadable
        try:
            return self._fields.decrypt(nonce, sealed, place.bound()).decode()
        except InvalidTag:
            raise FieldUnreadable from None

    def digest(self, purpose: str, value: bytes) -> bytes:
        """Return 32 bytes by which a value is found again and from which nobody can tell it."""
        return hmac.digest(self._digests, purpose.encode() + b"\x00" + value, "sha256")


def _subkey(key: bytes, info: bytes) -> bytes:
    return HKDFExpand(SHA256(), KEY_BYTES, info).derive(key)
