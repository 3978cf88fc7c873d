"""Encrypted files: written as a stream, read at any place; a file cut short is noticed.

Threat: a copy of the disk holds a list of people. Limit: AES-256-GCM in chunks of 64 KiB under a
key drawn from that of the job, which is kept in another directory (``key_files``). Each nonce names
the place of its chunk and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizar, 2015), so that chunks cannot be moved, left out or cut off.
File: magic 8 ‖ salt 32 ‖ chunks, each with its tag of 16 bytes; the last one may be empty.
"""

import io
import os
import secrets
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exposure_index.atomic_files import PRIVATE, sync_directory

MAGIC = b"GAUGEU01"
SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + SALT_BYTES
CHUNK_BYTES = 1 << 16
TAG_BYTES = 16
_SEALED_BYTES = CHUNK_BYTES + TAG_BYTES


class FileDamaged(OSError):
    """An encrypted file that is cut, changed, or of another key or name."""


class EncryptedWriter:
    """Writes one file; nothing of it is readable before ``finish``."""

    def __init__(self, path: Path, key: bytes, name: str) -> None:
        """Create the file for this user alone. Raises FileExistsError, or another OSError.

        name: what the file is; it opens under no other.
        """
        salt = secrets.token_bytes(SALT_BYTES)
        self._cipher = _file_cipher(key, salt, name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._file = os.fdopen(os.open(path, flags, PRIVATE), "wb", buffering=0)
        self._pending = bytearray()
        self._number = 0
        self.length = 0
        """How many bytes were given to ``write``."""
        self._put(MAGIC + salt)

    def write(self, data: bytes) -> None:
        """Append bytes. Raises OSError, say of a full disk."""
        self.length += len(data)
        self._pending += data
        while len(self._pending) > CHUNK_BYTES:  # what fills the last chunk waits for the end
            self._seal(bytes(self._pending[:CHUNK_BYTES]), last=False)
            del self._pending[:CHUNK_BYTES]

    def finish(self, *, durable: bool = True) -> None:
        """Write the last chunk and, where it must outlive a power cut, the file to the disk.

        Raises OSError.
        """
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()
        if durable:
            os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Close the file as it is; it does not open."""
        self._pending.clear()
        self._file.close()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1

    def _put(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]


class DecryptingFile(io.RawIOBase):
    """Reads one file at any place; holds one chunk in memory."""

    def __init__(self, path: Path, key: bytes, name: str) -> None:
        """Open the file and prove its end. Raises FileDamaged, or another OSError."""
        super().__init__()
        self._file: IO[bytes] = path.open("rb", buffering=0)
        try:
            header = self._file.read(HEADER_BYTES)
            sealed = os.fstat(self._file.fileno()).st_size - HEADER_BYTES
            self._last, rest = divmod(max(sealed - 1, 0), _SEALED_BYTES)
            self._size = self._last * CHUNK_BYTES + rest + 1 - TAG_BYTES
            if len(header) < HEADER_BYTES or not header.startswith(MAGIC) or rest + 1 < TAG_BYTES:
                raise FileDamaged("cut, or no encrypted file")
            self._cipher = _file_cipher(key, header[len(MAGIC) :], name)
            self._at, self._number, self._chunk = 0, -1, b""
            self._load(self._last)
        except BaseException:
            self._file.close()
            raise

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, also behind the end; return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        """Fill a buffer as far as the chunk here reaches; return how many bytes. 0 at the end."""
        view = memoryview(buffer).cast("B")
        if self._at >= self._size or not len(view):
            return 0
        number, begin = divmod(self._at, CHUNK_BYTES)
        if number != self._number:
            self._load(number)
        piece = self._chunk[begin : begin + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file and forget the chunk."""
        if not self.closed:
            self._chunk = b""
            self._file.close()
        super().close()

    def _load(self, number: int) -> None:
        self._file.seek(HEADER_BYTES + number * _SEALED_BYTES)
        sealed = self._file.read(_SEALED_BYTES)
        try:
            nonce = _nonce(number, last=number == self._last)
            self._chunk, self._number = self._cipher.decrypt(nonce, sealed, None), number
        except InvalidTag:
            raise FileDamaged("a chunk fails its check") from None


def write_encrypted(path: Path, key: bytes, name: str, data: bytes) -> None:
    """Write a small file whole or not at all, in the place of an earlier one. Raises OSError.

    It outlives the process at once, and a power cut only after ``make_durable``.
    """
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    writer = EncryptedWriter(beside, key, name)
    try:
        writer.write(data)
        writer.finish(durable=False)
        beside.replace(path)
    except BaseException:
        writer.discard()
        beside.unlink(missing_ok=True)
        raise


def make_durable(folder: Path) -> None:
    """Let every file of a folder outlive a power cut. Raises OSError."""
    for file in folder.iterdir():
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_directory(folder)


def read_encrypted(path: Path, key: bytes, name: str) -> bytes:
    """Return the whole content of a small file. Raises FileDamaged, or another OSError."""
    with DecryptingFile(path, key, name) as file:
        return file.readall()


def _file_cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    info = b"gauge/v1/bulk/file\x00" + name.encode()
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=info).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])
