"""The keyed hash: 60 bytes for each identity and build, and the sealed entry.

okm = locator16 ‖ key32 ‖ nonce12 = HMAC-SHA512(K, x)[:60],
K = HKDF-SHA512(root_plain, salt=build_id, info="gauge/v1/plain", 64 bytes). Pages of the file that
holds the entries prove themselves under HKDF-SHA512(root_plain, salt=build_id,
info="gauge/v2/page", 32 bytes).
Sources: RFC 2104 (HMAC), RFC 5869 (HKDF), RFC 8439 (ChaCha20-Poly1305).
"""

from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exposure_index.crypto.primed_hmac import PrimedHmac
from exposure_index.label.codec import LABEL_BYTES

BUILD_ID_BYTES = 16
KEY_ID_BYTES = 8
LOCATOR_BYTES = 16
MATERIAL_BYTES = 60
PAGE_KEY_BYTES = 32
ENTRY_BYTES = 80
_KEY_END = 48


class EntryInvalid(Exception):
    """A sealed entry that its key does not open."""


def plain_build_key(root_plain: bytes, build_id: bytes) -> bytes:
    """Derive the 64-byte key K of one build; root_plain 64 bytes, build_id 16 raw bytes."""
    return HKDF(SHA512(), 64, salt=build_id, info=b"gauge/v1/plain").derive(root_plain)


def plain_page_key(root_plain: bytes, build_id: bytes) -> bytes:
    """Derive the 32 bytes under which the pages of one build prove themselves; build_id 16 raw."""
    return HKDF(SHA512(), PAGE_KEY_BYTES, salt=build_id, info=b"gauge/v2/page").derive(root_plain)


def key_id(root_plain: bytes) -> bytes:
    """Return the 8 bytes that name `root_plain` in headers and manifests."""
    return HKDF(SHA512(), KEY_ID_BYTES, salt=None, info=b"gauge/v1/key-id").derive(root_plain)


def entry_hmac(build_key: bytes) -> PrimedHmac:
    """Return HMAC-SHA512 keyed with K: half the time of keying it anew for each identity."""
    return PrimedHmac(build_key, "sha512")


def entry_material(keyed: PrimedHmac, encoded: bytes) -> bytes:
    """Derive locator16 ‖ key32 ‖ nonce12 of one encoded identity (x0 or xd).

    keyed: `entry_hmac` of the build's key; it stays as it was.
    """
    return keyed.mac(encoded)[:MATERIAL_BYTES]


def locator(material: bytes) -> bytes:
    """Return the 16-byte locator of the entry."""
    return material[:LOCATOR_BYTES]


def seal_entry(material: bytes, label: bytes, build_id: bytes) -> bytes:
    """Seal a label; return the 80-byte entry: locator ‖ sealed label.

    The nonce serves one label only, because a build holds one entry per identity and every build
    has its own key.
    """
    if len(label) != LABEL_BYTES:
        raise ValueError("a label has 48 bytes")
    cipher = ChaCha20Poly1305(material[LOCATOR_BYTES:_KEY_END])
    return material[:LOCATOR_BYTES] + cipher.encrypt(material[_KEY_END:], label, build_id)


def seal_entries(
    keyed: PrimedHmac, entries: Sequence[tuple[bytes, bytes]], build_id: bytes
) -> list[bytes]:
    """Seal the labels of many encoded identities, each once; return their entries, 80 bytes each.

    They are what seal_entry makes of each material, a tenth sooner.
    """
    if any(len(label) != LABEL_BYTES for _, label in entries):
        raise ValueError("a label has 48 bytes")
    macs = keyed.macs([encoded for encoded, _ in entries])
    return [
        mac[:LOCATOR_BYTES]
        + ChaCha20Poly1305(mac[LOCATOR_BYTES:_KEY_END]).encrypt(
            mac[_KEY_END:MATERIAL_BYTES], label, build_id
        )
        for mac, (_, label) in zip(macs, entries, strict=True)
    ]


def open_entry(material: bytes, entry: bytes, build_id: bytes) -> bytes:
    """Open an entry and return its 48-byte label. Raises EntryInvalid when it was changed."""
    cipher = ChaCha20Poly1305(material[LOCATOR_BYTES:_KEY_END])
    try:
        return cipher.decrypt(material[_KEY_END:], entry[LOCATOR_BYTES:], build_id)
    except InvalidTag as error:
        raise EntryInvalid from error
