"""A set of keyed digests as bits (a Bloom filter): it tells whether one is in it, and lists none.

32 bits and 22 places an identity: of identities that are not in a full filter, two in ten million
are taken for one that is; of those that are in it, none is missed.
Source: Bloom 1970; places from two hashes, mixed by the finaliser of SplitMix64 (Steele, Lea and
Flood 2014): places in equal steps would let one in 100,000 strangers pass in a filter of some
hundreds, those of equal step.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BITS_EACH = 32
PLACES = 22
HASH_BYTES = 16
MIXING = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)

Hashes = NDArray[np.uint64]  # one row an identity, two numbers each
Truths = NDArray[np.bool_]


def keyed_hashes(key: bytes, digests: Sequence[bytes]) -> Hashes:
    """Return the hashes of digests under the key of one organisation, one row each."""
    keyed = hashlib.blake2b(key=key, digest_size=HASH_BYTES)
    hashes = bytearray()
    for digest in digests:
        each = keyed.copy()
        each.update(digest)
        hashes += each.digest()
    return np.frombuffer(hashes, dtype="<u8").reshape(-1, 2)


class IdentityFilter:
    """A filter for so many identities; past them it takes strangers for its own more often."""

    def __init__(self, capacity: int, bits: bytes | None = None) -> None:
        self.capacity = capacity
        size = capacity * BITS_EACH // 8
        self._bits = np.zeros(size, np.uint8) if bits is None else np.frombuffer(bits, np.uint8)

    @classmethod
    def from_bytes(cls, bits: bytes) -> "IdentityFilter":
        """Return the filter that ``to_bytes`` made."""
        return cls(len(bits) * 8 // BITS_EACH, bits)

    def to_bytes(self) -> bytes:
        """Return its bits: four bytes for each identity that it has room for."""
        return self._bits.tobytes()

    def contains(self, hashes: Hashes) -> Truths:
        """Return for each row whether it is in the filter."""
        candidates = np.arange(len(hashes))
        for place in range(PLACES):  # most strangers are gone after two
            positions = self._positions(hashes[candidates], place)
            is_set = self._bits[positions >> 3] >> (positions & 7).astype(np.uint8) & 1
            candidates = candidates[is_set.astype(bool)]
        contained = np.zeros(len(hashes), bool)
        contained[candidates] = True
        return contained

    def with_hashes(self, hashes: Hashes) -> "IdentityFilter":
        """Return a filter that holds these too."""
        bits = self._bits.copy()
        for place in range(PLACES):
            positions = self._positions(hashes, place)
            np.bitwise_or.at(bits, positions >> 3, np.uint8(1) << (positions & 7).astype(np.uint8))
        return IdentityFilter(self.capacity, bits.tobytes())

    def _positions(self, hashes: Hashes, place: int) -> NDArray[np.int64]:
        mixed = hashes[:, 0] + np.uint64(place) * (hashes[:, 1] | np.uint64(1))
        for shift, factor in MIXING:
            mixed = (mixed ^ (mixed >> shift)) * factor
        mixed ^= mixed >> np.uint64(31)
        return (mixed % np.uint64(len(self._bits) * 8)).astype(np.int64)
