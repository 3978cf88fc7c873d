"""The folder of one job: its encrypted files, and the two keys that open them.

The key ``ID.upload`` opens the list as it came and whom its rows ask about; it is destroyed when
the job ends. The key ``ID.results`` opens the rows and their answers, until they expire.
"""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from app.bulk.uploads.encrypted_files import (
    DecryptingFile,
    EncryptedWriter,
    read_encrypted,
    write_encrypted,
)
from app.bulk.uploads.key_files import KeyFiles

KeyName = Literal["upload", "results"]
UPLOAD: KeyName = "upload"
RESULTS: KeyName = "results"
LIST = "list"
UPLOAD_FILES = (LIST, "note", "question", "claims-*", "digests-*", "*.new")
"""Files under the key `upload`, and what a killed process left half written."""
BUFFER_BYTES = 1 << 16


class JobFolder:
    """Files of one job, by name; each is bound to the job and to what it is."""

    def __init__(self, directory: Path, keys: KeyFiles, job: str) -> None:
        self.path = directory / job
        self._keys = keys
        self._job = job
        self._open_keys: dict[KeyName, bytes] = {}

    def make(self) -> None:
        """Make the folder and both keys. Raises OSError."""
        self.path.mkdir(parents=True, mode=0o700)
        for name in (UPLOAD, RESULTS):
            self._open_keys[name] = self._keys.make(f"{self._job}.{name}")

    def list_writer(self) -> EncryptedWriter:
        """Return the writer of the list as it comes. Raises OSError."""
        return EncryptedWriter(self.path / LIST, self._key(UPLOAD), self._name(LIST))

    def list_opener(self) -> Callable[[], BinaryIO]:
        """Return what opens the list: a fresh stream at its start, decrypting. Raises KeyGone."""
        key, path, name = self._key(UPLOAD), self.path / LIST, self._name(LIST)

        def open_list() -> BinaryIO:
            raw = DecryptingFile(path, key, name)
            return cast("BinaryIO", io.BufferedReader(raw, BUFFER_BYTES))

        return open_list

    def write(self, key: KeyName, name: str, data: bytes) -> None:
        """Write a file whole, in the place of an earlier one. Raises KeyGone or OSError."""
        write_encrypted(self.path / name, self._key(key), self._name(name), data)

    def read(self, key: KeyName, name: str) -> bytes:
        """Return a file's content. Raises KeyGone, FileDamaged or another OSError."""
        return read_encrypted(self.path / name, self._key(key), self._name(name))

    def write_json(self, key: KeyName, name: str, value: object) -> None:
        """Write a value as JSON. Raises KeyGone or OSError."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.write(key, name, text.encode("utf-8", "surrogatepass"))

    def read_json(self, key: KeyName, name: str) -> Any:  # noqa: ANN401 - whatever was written
        """Return a value that was written as JSON. Raises KeyGone, FileDamaged or OSError."""
        return json.loads(self.read(key, name).decode("utf-8", "surrogatepass"))

    def has(self, name: str) -> bool:
        """Return whether there is a file of that name."""
        return (self.path / name).exists()

    def destroy_upload(self) -> None:
        """Destroy the list and whom its rows ask about: the key first, then the files."""
        self._open_keys.pop(UPLOAD, None)
        self._keys.destroy(f"{self._job}.{UPLOAD}")
        for pattern in UPLOAD_FILES:
            for file in self.path.glob(pattern):
                file.unlink(missing_ok=True)

    def destroy(self) -> None:
        """Destroy everything: the keys first, then the files and the folder. Raises OSError."""
        self._open_keys.clear()
        for name in (UPLOAD, RESULTS):
            self._keys.destroy(f"{self._job}.{name}")
        shutil.rmtree(self.path, ignore_errors=True)

    def _key(self, name: KeyName) -> bytes:
        if name not in self._open_keys:
            self._open_keys[name] = self._keys.get(f"{self._job}.{name}")
        return self._open_keys[name]

    def _name(self, name: str) -> str:
        return f"{self._job}/{name}"
