"""Keys of jobs: a file each, in a directory of their own; unlinking one destroys what it opens.

Threat: whoever has the directory of the encrypted files, or that of the keys, or the database reads
a list of people. Limit: a key is wrapped under the key ``records`` and bound to its job, so that
all three are needed. Its file is written over before it is unlinked; a disk that keeps what was
written over keeps a wrapped key.
"""

import os
import secrets
from pathlib import Path

from app.records.encrypted_fields import FieldCipher, FieldUnreadable, Place
from exposure_index.atomic_files import PRIVATE, sync_directory, write_whole

KEY_BYTES = 32
SUFFIX = ".key"


class KeyGone(Exception):
    """There is no such key any more, or it does not unwrap: what it opened is gone."""


class KeyFiles:
    """The keys of jobs by name, such as ``JOB.upload``; its repr shows none."""

    def __init__(self, directory: Path, cipher: FieldCipher) -> None:
        self._directory = directory
        self._cipher = cipher

    def make(self, name: str) -> bytes:
        """Make a fresh random key, keep it wrapped, and return its 32 bytes. Raises OSError."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(KEY_BYTES)
        write_whole(self._path(name), self._cipher.encrypt(_place(name), key.hex()), PRIVATE)
        return key

    def get(self, name: str) -> bytes:
        """Return a key, 32 bytes. Raises KeyGone, or OSError where the directory is unreadable."""
        try:
            wrapped = self._path(name).read_bytes()
            return bytes.fromhex(self._cipher.decrypt(_place(name), wrapped))
        except (FileNotFoundError, FieldUnreadable, ValueError):
            raise KeyGone from None

    def destroy(self, name: str) -> None:
        """Write over a key and unlink it; nothing where there is none. Raises OSError."""
        path = self._path(name)
        try:
            with path.open("r+b", buffering=0) as file:
                file.write(bytes(path.stat().st_size))
                os.fsync(file.fileno())
        except FileNotFoundError:
            return
        path.unlink(missing_ok=True)
        sync_directory(self._directory)

    def names(self) -> list[str]:
        """Return the name of every key that is kept."""
        return sorted(path.name[: -len(SUFFIX)] for path in self._directory.glob(f"*{SUFFIX}"))

    def _path(self, name: str) -> Path:
        return self._directory / f"{name}{SUFFIX}"


def _place(name: str) -> Place:
    return Place("bulk_keys", "key", name)
