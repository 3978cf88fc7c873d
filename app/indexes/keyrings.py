"""Which keys open which index: those of the service, or an authority's own.

Where several authorities' indexes stand side by side, each may have keys of its own: an index
directory ``east`` is opened with the keys of ``GAUGE_KEYS_DIR/east`` where that directory exists.
An authority can then neither read nor sign for another one.
"""

from hashlib import sha256
from pathlib import Path

from app.indexes.rollback_guard import KeyringId
from exposure_index.crypto.canonical_json import canonical
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import TRUST_FILE, Trust


class Keyrings:
    """Finds the keys of an index by the name of its directory."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def ring(self, index: Path) -> KeyRing:
        """Return the keys of one index directory."""
        own = self._own(index)
        if own is not None:
            return KeyRing.from_directory(own, {})  # the environment's are of no one authority
        return self._keys

    def trust(self, index: Path) -> tuple[Trust, KeyringId]:
        """Return whose signatures count for an index, and which keys those are.

        Raises Malformed.
        """
        own = self._own(index)
        trust = _trust(self.ring(index))
        fingerprint = sha256(canonical(trust.as_document())).hexdigest()
        return trust, KeyringId("" if own is None else own.name, fingerprint)

    def same(self, one: Path, other: Path) -> bool:
        """Return whether two index directories are opened with the same keys."""
        return self.ring(one).directory == self.ring(other).directory

    def check_trust(self) -> None:
        """Raise Malformed where any trust.json cannot be read, or there is none."""
        for ring in [ring for ring in all_keyrings(self._keys) if _has_trust(ring)] or [self._keys]:
            _trust(ring)

    def _own(self, index: Path) -> Path | None:
        """Return the directory of keys of an index's own, None where it has none."""
        if self._keys.directory is None:
            return None
        own = self._keys.directory / index.name
        return own if own.is_dir() else None


def all_keyrings(keys: KeyRing) -> list[KeyRing]:
    """Return every set of keys in a keys directory, the service's own first."""
    directory = keys.directory
    if directory is None or not directory.is_dir():
        return [keys]
    own = sorted(path for path in directory.iterdir() if path.is_dir())
    return [keys, *(KeyRing.from_directory(path, {}) for path in own)]


def _has_trust(ring: KeyRing) -> bool:
    return ring.directory is not None and (ring.directory / TRUST_FILE).exists()


def _trust(ring: KeyRing) -> Trust:
    return Trust.load(ring.directory or Path())
