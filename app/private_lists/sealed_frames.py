"""Sealed frames: how answers of a list lie in a file, readable only beside the list itself.

`"GAUGEPL1" ‖ salt16`, then frames `u32be length ‖ nonce12 ‖ ChaCha20-Poly1305(JSON, blanks)`. The
key is HKDF-SHA512 of a digest of the list and of how it is read, and is stored nowhere.

Threat: whoever finds the file learns who is exposed; a frame changed, left out or put elsewhere
makes a listed person not found. Limit: without the list nothing of it opens, the length of a frame
goes in steps of 4 KiB whoever is listed, and each is bound to its number. What does not open, and
all behind it, counts as not there.
"""

import json
import secrets
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"GAUGEPL1"
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
HEAD_BYTES = len(MAGIC) + SALT_BYTES
STEP_BYTES = 4096
FRAME_MAX_BYTES = 16 * 1024 * 1024
_INFO = b"gauge/v1/private-list"
_LENGTH = struct.Struct(">I")
_NUMBER = struct.Struct(">Q")

Frame = dict[str, Any]


def new_head() -> bytes:
    """Return the head of a new file: magic and a salt of its own."""
    return MAGIC + secrets.token_bytes(SALT_BYTES)


def cipher_of(head: bytes, list_digest: bytes) -> ChaCha20Poly1305:
    """Return the cipher of a file's frames; list_digest: 32 bytes or more."""
    derivation = HKDF(SHA512(), 32, salt=head[len(MAGIC) :], info=_INFO)
    return ChaCha20Poly1305(derivation.derive(list_digest))


def sealed_frame(cipher: ChaCha20Poly1305, number: int, content: Frame) -> bytes:
    """Seal the frame of a number, from 0."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % STEP_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, text, MAGIC + _NUMBER.pack(number))
    return _LENGTH.pack(len(sealed)) + nonce + sealed


def frames_in(file: BinaryIO, list_digest: bytes) -> Iterator[tuple[int, Frame]]:
    """Yield each frame of a file with the place where it ends, up to the first that is not whole.

    None where the file is of another list, or no such file.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
        return
    cipher, number = cipher_of(head, list_digest), 0
    while (frame := _next_frame(file, cipher, number)) is not None:
        yield file.tell(), frame
        number += 1


def _next_frame(file: BinaryIO, cipher: ChaCha20Poly1305, number: int) -> Frame | None:
    length_bytes = file.read(_LENGTH.size)
    if len(length_bytes) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(length_bytes)
    if not TAG_BYTES <= length <= FRAME_MAX_BYTES:
        return None
    nonce, sealed = file.read(NONCE_BYTES), file.read(length)
    if len(sealed) < length:
        return None
    try:
        frame: Frame = json.loads(cipher.decrypt(nonce, sealed, MAGIC + _NUMBER.pack(number)))
    except InvalidTag:
        return None
    return frame
