"""The disclosure log: who asked about whom and why, one line each, written before any answer."""

import getpass
import hmac
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exposure_index.crypto.keys import KeyRing

_PRIVATE = 0o600
_DIGEST_HEX = 32


class DisclosureLog:
    """Lines of JSON: time, user, action, reason, about (keyed digests of documents), and more.

    Whoever holds root_plain can tell whether a known document was asked about; nobody can read a
    name or number out of it. Raises OSError where a line cannot be written: then nothing is told.
    """

    def __init__(self, path: Path, keys: KeyRing) -> None:
        self._path = path
        kdf = HKDF(SHA512(), 32, salt=None, info=b"gauge/v1/why")
        self._key = kdf.derive(keys.bytes("root_plain"))

    def write(
        self, action: str, reason: str, documents: Iterable[str], **more: str | int | bool
    ) -> None:
        """Append one line and make it durable."""
        line = {
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "user": _user(),
            "action": action,
            "reason": reason,
            "about": [self._digest(document) for document in documents],
            **more,
        }
        data = f"{json.dumps(line, ensure_ascii=False)}\n".encode()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(self._path, flags, _PRIVATE)
        try:
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)

    def _digest(self, document: str) -> str:
        return hmac.digest(self._key, document.encode(), "sha256").hex()[:_DIGEST_HEX]


def _user() -> str:
    """Return who is at the keyboard, also behind sudo."""
    name = os.environ.get("SUDO_USER")
    try:
        return name or getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
