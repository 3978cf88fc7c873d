"""The Merkle tree over a build's buckets: SHA-256, leaf `0x00 ‖ …`, node `0x01 ‖ left ‖ right`.

The two prefixes keep a node from passing for a leaf (RFC 6962, section 2.1).
"""

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32
LEAF = b"\x00"
_NODE = b"\x01"


class Tree:
    """The hashes of 2^k leaves, k at least 1."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        if len(leaves) < 2 or len(leaves) & (len(leaves) - 1):
            raise ValueError("the number of leaves is no power of two")
        self._levels = [list(leaves)]
        while len(level := self._levels[-1]) > 1:
            pairs = zip(level[::2], level[1::2], strict=True)
            self._levels.append([sha256(_NODE + left + right).digest() for left, right in pairs])

    @property
    def root(self) -> bytes:
        """The hash that proves every leaf."""
        return self._levels[-1][0]

    def path(self, number: int) -> bytes:
        """Return the k sibling hashes of a leaf, bottom up, 32 bytes each."""
        return b"".join(
            level[(number >> height) ^ 1] for height, level in enumerate(self._levels[:-1])
        )


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(LEAF + content).digest()


def root_over(leaf: bytes, number: int, path: bytes) -> bytes:
    """Return the root that a leaf's hash, its number and its path lead to."""
    node = leaf
    for height in range(len(path) // HASH_BYTES):
        sibling = path[height * HASH_BYTES : (height + 1) * HASH_BYTES]
        pair = sibling + node if number >> height & 1 else node + sibling
        node = sha256(_NODE + pair).digest()
    return node
