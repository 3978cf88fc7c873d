"""Every manifest that was ever published here, by its SHA-256: for whoever follows the chain.

Threat: whoever asks for digests that nobody published makes every question a walk through the
archive. Limit: the looks for a new build go through it, where a folder has changed; a question
reads one file or none.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from app.indexes.file_stamps import FileStamp, file_stamp
from exposure_index.files.index_directory import index_directories
from exposure_index.publishing.manifest_log import LOG_FOLDER
from exposure_index.regular_files import MANIFEST_MAX_BYTES, read_regular


class ManifestArchive:
    """Knows the archives beside the indexes as of the last look; each file is hashed once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._digests: dict[FileStamp, str] = {}
        self._folders: dict[Path, tuple[FileStamp | None, list[FileStamp]]] = {}
        self._paths: Mapping[str, Path] = {}

    def file_of(self, digest: str) -> bytes | None:
        """Return the manifest's file of a SHA-256 in hex, None where there is none."""
        path = self._paths.get(digest)
        if path is None:
            return None
        try:
            data = read_regular(path, MANIFEST_MAX_BYTES)
        except OSError:
            return None
        return data if sha256(data).hexdigest() == digest else None

    def look(self) -> None:
        """Take in what was published since the last look; one thread at a time looks."""
        folders: dict[Path, tuple[FileStamp | None, list[FileStamp]]] = {}
        for folder in self._archives():
            stamp = file_stamp(folder)
            earlier = self._folders.get(folder)
            if earlier is None or earlier[0] != stamp:
                earlier = (stamp, list(_manifests(folder)))
            folders[folder] = earlier
        self._folders = folders
        present = [stamp for _, stamps in folders.values() for stamp in stamps]
        self._digests = dict(self._hashed(present))
        self._paths = {digest: Path(stamp.path) for stamp, digest in self._digests.items()}

    def _archives(self) -> list[Path]:
        try:
            return [folder / LOG_FOLDER for folder in index_directories(self._root)]
        except OSError:
            return []

    def _hashed(self, stamps: list[FileStamp]) -> Iterator[tuple[FileStamp, str]]:
        for stamp in stamps:
            digest = self._digests.get(stamp)
            with suppress(OSError):
                digest = digest or _sha256(Path(stamp.path))
            if digest is not None:
                yield stamp, digest


def _sha256(file: Path) -> str:
    return sha256(read_regular(file, MANIFEST_MAX_BYTES)).hexdigest()


def _manifests(folder: Path) -> Iterator[FileStamp]:
    """Yield the stamps of the manifests in a folder, in order of name."""
    try:
        with os.scandir(folder) as files:
            names = sorted(file.name for file in files if file.name.endswith(".json"))
    except OSError:
        return
    for name in names:
        stamp = file_stamp(folder / name)
        if stamp is not None and stamp.size_bytes <= MANIFEST_MAX_BYTES:
            yield stamp
