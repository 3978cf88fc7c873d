"""Keyrings: which keys open which index, those of the service or an authority's own.

Where several authorities' indexes stand side by side, each may have keys of its own: an index
directory ``east`` is opened with the keys of ``GAUGE_KEYS_DIR/east`` where that directory exists.
An authority can then neither read nor sign for another one.
"""

from hashlib import sha256
from pathlib import Path

from app.indexes.rollback_guard import KeyringId
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import TRUST_FILE, Trust
from exposure_index.regular_files import TRUST_MAX_BYTES, read_regular

OPENING_KEYS = ("root_plain", TRUST_FILE)
LOST_FOUND = "lost+found"  # of a file system by itself, no keyring


class Keyrings:
    """Finds the keyring of an index by the name of its directory."""

    def __init__(self, service_keys: KeyRing) -> None:
        self._service_keys = service_keys

    def keyring(self, index: Path) -> KeyRing:
        """Return the keyring of one index directory."""
        own = self._own_directory(index)
        if own is not None:
            return KeyRing.from_directory(own, {})  # the environment's are of no one authority
        return self._service_keys

    def trust(self, index: Path) -> tuple[Trust, KeyringId]:
        """Return whose signatures count for an index, and which keyring says so.

        Raises Malformed.
        """
        own = self._own_directory(index)
        trust = _trust(self.keyring(index))
        trust_sha256 = sha256(canonical_bytes(trust.as_document())).hexdigest()
        return trust, KeyringId("" if own is None else own.name, trust_sha256)

    def name(self, index: Path) -> str:
        """Return the name of the keyring of an index directory, "" for that of the service."""
        own = self._own_directory(index)
        return "" if own is None else own.name

    def names(self) -> list[str]:
        """Return the names of all keyrings, one for each visible sub-directory of the keys.

        "" for the service's own, where the keys directory has one and no other is a copy of it.
        Raises OSError.
        """
        directory = self._service_keys.directory
        if directory is None or not directory.is_dir():
            return []
        own = sorted(
            path
            for path in directory.iterdir()
            if path.is_dir() and not path.name.startswith(".") and path.name != LOST_FOUND
        )
        service = _opening_files(directory)
        is_ring = any(service) and service not in map(_opening_files, own)
        return [*([""] if is_ring else []), *(path.name for path in own)]

    def same(self, one: Path, other: Path) -> bool:
        """Return whether two index directories are opened with the same keyring."""
        return self.keyring(one).directory == self.keyring(other).directory

    def check_trust(self) -> None:
        """Raise Malformed where any trust.json cannot be read, or there is none."""
        keyrings = [keyring for keyring in all_keyrings(self._service_keys) if _has_trust(keyring)]
        for keyring in keyrings or [self._service_keys]:
            _trust(keyring)

    def _own_directory(self, index: Path) -> Path | None:
        """Return the directory of keys of an index's own, None where it has none."""
        if self._service_keys.directory is None:
            return None
        own = self._service_keys.directory / index.name
        return own if own.is_dir() else None


def all_keyrings(service_keys: KeyRing) -> list[KeyRing]:
    """Return every keyring of a keys directory, the service's own first."""
    directory = service_keys.directory
    if directory is None or not directory.is_dir():
        return [service_keys]
    own = sorted(path for path in directory.iterdir() if path.is_dir())
    return [service_keys, *(KeyRing.from_directory(path, {}) for path in own)]


def _opening_files(directory: Path) -> tuple[bytes, ...]:
    """Return the contents of the files that open an index, b"" for each that is not there."""
    return tuple(_content(directory / name) for name in OPENING_KEYS)


def _content(file: Path) -> bytes:
    try:
        return read_regular(file, TRUST_MAX_BYTES)
    except FileNotFoundError:
        return b""
    except OSError:
        return str(file).encode()  # there, and like no other


def _has_trust(keyring: KeyRing) -> bool:
    return keyring.directory is not None and (keyring.directory / TRUST_FILE).exists()


def _trust(keyring: KeyRing) -> Trust:
    return Trust.load(keyring.directory or Path())
