"""Derivations from an output y of the oblivious function: the entry's material, the bucket.

material = HKDF-Expand-SHA512(y, "gauge/v1/entry" ‖ 0x00 ‖ build_id, 60), bound to the build;
bucket = the top bits of u32be HKDF-Expand-SHA512(y_xd, "gauge/v1/bucket", 4), the same in every
build, so that watching several of them narrows nobody down. Source: RFC 5869, section 2.3.
"""

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from exposure_index.crypto.keyed_hash import MATERIAL_BYTES

PLACE_BYTES = 4
PLACE_BITS = 8 * PLACE_BYTES
_ENTRY = b"gauge/v1/entry\x00"
_BUCKET = b"gauge/v1/bucket"


def entry_material(output: bytes, build_id: bytes) -> bytes:
    """Derive locator16 ‖ key32 ‖ nonce12 of an output of 64 bytes in one build (16 raw bytes)."""
    return HKDFExpand(SHA512(), MATERIAL_BYTES, _ENTRY + build_id).derive(output)


def place(document_output: bytes) -> bytes:
    """Derive the 4 bytes whose top bits number the bucket; of y_xd, for both entries."""
    return HKDFExpand(SHA512(), PLACE_BYTES, _BUCKET).derive(document_output)


def bucket_number(place: bytes, log2_buckets: int) -> int:
    """Return the number of the bucket among 2^log2_buckets."""
    return int.from_bytes(place, "big") >> (PLACE_BITS - log2_buckets)
