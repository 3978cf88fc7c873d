"""Every manifest that was ever published here, by its SHA-256: for whoever follows the chain."""

import re
import threading
from hashlib import sha256
from pathlib import Path

from exposure_index.files.index_directory import index_directories
from exposure_index.publishing.manifest_log import LOG_FOLDER

DIGEST = re.compile("[0-9a-f]{64}")
MANIFEST_MAX_BYTES = 4 * 1024 * 1024

_Stamp = tuple[str, int, int]


class ManifestArchive:
    """Reads the archives beside the indexes; each file is hashed once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._looking = threading.Lock()
        self._known: dict[str, Path] = {}
        self._hashed: set[_Stamp] = set()

    def file_of(self, digest: str) -> bytes | None:
        """Return the manifest's file of a SHA-256 in hex, None where there is none."""
        if not DIGEST.fullmatch(digest):
            return None
        if digest not in self._known:
            self._look()
        path = self._known.get(digest)
        try:
            data = b"" if path is None else path.read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == digest else None

    def _look(self) -> None:
        with self._looking:
            for folder in index_directories(self._root):
                for path in sorted((folder / LOG_FOLDER).glob("*.json")):
                    self._hash(path)

    def _hash(self, path: Path) -> None:
        try:
            status = path.stat()
            stamp = (str(path), status.st_mtime_ns, status.st_size)
            if stamp in self._hashed or status.st_size > MANIFEST_MAX_BYTES:
                return
            self._known[sha256(path.read_bytes()).hexdigest()] = path
        except OSError:
            return
        self._hashed.add(stamp)
