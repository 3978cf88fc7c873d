"""Digests of people under the key of one organisation, by which its quota counts them.

Lists and kiosks make the same digest of the same person, so that nobody is counted twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import overload

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


class DigestColumn(Sequence[bytes]):
    """Digests that stand behind each other in one piece of memory: a million of them in 16 MB."""

    def __init__(self, joined: bytes) -> None:
        self._joined = joined

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._joined) // DIGEST_BYTES

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> "DigestColumn": ...

    def __getitem__(self, at: int | slice) -> "bytes | DigestColumn":
        """Return one digest, or some of them."""
        if isinstance(at, slice):
            return DigestColumn(b"".join([self[place] for place in range(*at.indices(len(self)))]))
        place = range(len(self))[at]
        return self._joined[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]

    def __iter__(self) -> Iterator[bytes]:
        """Yield every one in order."""
        starts = range(0, len(self._joined), DIGEST_BYTES)
        return (self._joined[at : at + DIGEST_BYTES] for at in starts)


def people_key(cipher: FieldCipher, organisation_id: int) -> bytes:
    """Return the key of digests of people of one organisation."""
    return cipher.digest("bulk people", str(organisation_id).encode())


def claims_text(claims: Iterable[IdentityClaim]) -> str:
    """Return whom somebody asks about as one text."""
    return CLAIM.join([FIELD.join((claim.document, *claim.names)) for claim in claims])
