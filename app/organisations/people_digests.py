"""Digests of people under the key of one organisation, by which its quota counts them.

Lists and kiosks make the same digest of the same person, so that nobody is counted twice.
"""

from collections.abc import Iterable
from hashlib import blake2b

from app.records.encrypted_fields import FieldCipher
from exposure_index.identity.canonical import IdentityClaim

DIGEST_BYTES = 16
CLAIM, FIELD = "\x1d", "\x1f"
"""Between claims of one text, and between a claim's document and its names."""


class PeopleDigests:
    """Digests of people under the key of one organisation; nobody else's can be compared."""

    def __init__(self, key: bytes) -> None:
        self._keyed = blake2b(key=key, digest_size=DIGEST_BYTES)

    def of(self, claims: str) -> bytes:
        """Return 16 bytes for whom a text asks about: equal for equal claims only."""
        digest = self._keyed.copy()
        digest.update(claims.encode())
        return digest.digest()


def people_key(cipher: FieldCipher, organisation_id: int) -> bytes:
    """Return the key of digests of people of one organisation."""
    return cipher.digest("bulk people", str(organisation_id).encode())


def claims_text(claims: Iterable[IdentityClaim]) -> str:
    """Return whom somebody asks about as one text."""
    return CLAIM.join([FIELD.join((claim.document, *claim.names)) for claim in claims])
