"""Every manifest that was ever published here, by its SHA-256: for whoever follows the chain."""

import re
import threading
from hashlib import sha256
from pathlib import Path

from app.indexes.file_stamps import FileStamp, file_stamp
from exposure_index.files.index_directory import index_directories
from exposure_index.publishing.manifest_log import LOG_FOLDER

DIGEST = re.compile("[0-9a-f]{64}")
MANIFEST_MAX_BYTES = 4 * 1024 * 1024


class ManifestArchive:
    """Reads the archives beside the indexes; each file is hashed once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._hashing = threading.Lock()
        self._paths: dict[str, Path] = {}
        self._hashed: set[FileStamp] = set()

    def file_of(self, digest: str) -> bytes | None:
        """Return the manifest's file of a SHA-256 in hex, None where there is none."""
        if not DIGEST.fullmatch(digest):
            return None
        if digest not in self._paths:
            self._hash_new_files()
        path = self._paths.get(digest)
        try:
            data = b"" if path is None else path.read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == digest else None

    def _hash_new_files(self) -> None:
        with self._hashing:
            for folder in index_directories(self._root):
                for path in sorted((folder / LOG_FOLDER).glob("*.json")):
                    self._hash(path)

    def _hash(self, path: Path) -> None:
        stamp = file_stamp(path)
        if stamp is None or stamp in self._hashed or stamp.size_bytes > MANIFEST_MAX_BYTES:
            return
        try:
            self._paths[sha256(path.read_bytes()).hexdigest()] = path
        except OSError:
            return
        self._hashed.add(stamp)
