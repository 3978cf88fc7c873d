"""The evaluator of a process that holds the private keys itself, and notices new and removed ones.

A new key is named by a manifest before any process is told of it; a destroyed one must not live
on in memory. Both show in the keys directory, which is looked at again at most once a second.
"""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog

from app.indexes.file_stamps import FileStamp, file_stamp
from app.indexes.keyrings import all_keyrings
from exposure_index.crypto.keys import PRIVATE_NAME, KeyFault, KeyRing
from exposure_index.private.evaluation import LocalEvaluator, PrivateKey

LOOK_SECONDS = 1.0


class ReloadingEvaluator:
    """Evaluates under every private key of a keys directory, also of those of one authority."""

    def __init__(self, service_keys: KeyRing, ticks: Callable[[], float] = time.monotonic) -> None:
        self._service_keys = service_keys
        self._ticks = ticks
        self._loading = threading.Lock()
        self._stamps: tuple[FileStamp | None, ...] | None = None
        self._look_at = 0.0
        self._keys = LocalEvaluator(())

    def public_keys(self) -> dict[bytes, bytes]:
        """Return the public keys by key_id."""
        return self._current_keys().public_keys()

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request. Raises RequestInvalid or KeyUnknown."""
        return self._current_keys().evaluate(request)

    def is_at_hand(self) -> bool:
        """Return whether no look at the keys directory is due, which may lie on a slow disk."""
        return self._stamps is not None and self._ticks() < self._look_at

    def _current_keys(self) -> LocalEvaluator:
        now = self._ticks()
        if not self.is_at_hand():
            with self._loading:
                self._look_at = now + LOOK_SECONDS
                stamps = tuple(map(file_stamp, _private_files(self._service_keys)))
                if stamps != self._stamps:
                    self._keys = LocalEvaluator(_readable_keys(self._service_keys))
                    self._stamps = stamps
        return self._keys


def can_read_private_keys(service_keys: KeyRing) -> bool:
    """Return whether this process can read a private key of any ring of a keys directory."""
    return any(keyring.private_numbers() for keyring in all_keyrings(service_keys))


def _readable_keys(service_keys: KeyRing) -> Iterator[PrivateKey]:
    for keyring in all_keyrings(service_keys):
        for no in keyring.private_numbers():
            name = f"private_{no}"
            try:
                yield PrivateKey.derive(no, keyring.bytes(name))
            except KeyFault:  # the others go on; the builds of this one say that they cannot
                structlog.get_logger().error("private_key_unusable", reason=name)


def _private_files(service_keys: KeyRing) -> Iterator[Path]:
    for keyring in all_keyrings(service_keys):
        try:
            names = list(keyring.directory.iterdir()) if keyring.directory is not None else []
        except OSError:
            continue
        yield from sorted(file for file in names if PRIVATE_NAME.fullmatch(file.name))
