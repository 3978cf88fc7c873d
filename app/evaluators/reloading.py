"""The evaluator of a process that holds the private keys itself, and notices new and removed ones.

A new key is named by a manifest before any process was told of it; a destroyed one must not live
on in memory. Both show in the keys directory, which is looked at again at most once a second.
"""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog

from app.indexes.keyrings import all_keyrings
from exposure_index.crypto.keys import PRIVATE_NAME, KeyFault, KeyRing
from exposure_index.private.evaluation import LocalEvaluator, PrivateKey

LOOK_SECONDS = 1.0

Stamp = tuple[tuple[str, int, int], ...]


class ReloadingEvaluator:
    """Evaluates under every private key of a keys directory, also of those of one authority."""

    def __init__(self, keys: KeyRing, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ring = keys
        self._ticks = ticks
        self._turn = threading.Lock()
        self._stamp: Stamp | None = None
        self._look_at = 0.0
        self._held = LocalEvaluator(())

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id."""
        return self._present().public_keys()

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request. Raises RequestInvalid or KeyUnknown."""
        return self._present().evaluate(request)

    def _present(self) -> LocalEvaluator:
        now = self._ticks()
        if self._stamp is None or now >= self._look_at:
            with self._turn:
                self._look_at = now + LOOK_SECONDS
                stamp = tuple(_file_stamps(self._ring))
                if stamp != self._stamp:
                    self._held = LocalEvaluator(_readable_keys(self._ring))
                    self._stamp = stamp
        return self._held


def can_read_private_keys(keys: KeyRing) -> bool:
    """Return whether this process can read a private key of any ring of a keys directory."""
    return any(ring.private_numbers() for ring in all_keyrings(keys))


def _readable_keys(keys: KeyRing) -> Iterator[PrivateKey]:
    for ring in all_keyrings(keys):
        for no in ring.private_numbers():
            name = f"private_{no}"
            try:
                yield PrivateKey.derived(no, ring.bytes(name))
            except KeyFault:  # the others go on; the builds of this one say that they cannot
                structlog.get_logger().error("private_key_unusable", reason=name)


def _file_stamps(keys: KeyRing) -> Iterator[tuple[str, int, int]]:
    for ring in all_keyrings(keys):
        for file in _private_files(ring.directory):
            try:
                status = file.stat()
            except OSError:
                continue
            yield str(file), status.st_mtime_ns, status.st_ino


def _private_files(directory: Path | None) -> list[Path]:
    try:
        names = list(directory.iterdir()) if directory is not None else []
    except OSError:
        return []
    return sorted(file for file in names if PRIVATE_NAME.fullmatch(file.name))
