"""Discovery: which index directories there are, whom they should be of, and what has changed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.indexes.expected_authorities import idle_keyrings
from app.indexes.file_stamps import file_stamp
from app.indexes.keyrings import OPENING_KEYS, Keyrings
from app.indexes.rollback_guard import RollbackGuard, StateUnusable
from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory, index_directories

DirectoryStamp = tuple[object, ...]


class NothingDiscovered(Exception):
    """The directories cannot be gone through; ``reason`` is a short word for operators."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IndexDirectory:
    """stamp: changes whenever opening it may end otherwise than before."""

    path: Path
    stamp: DirectoryStamp


@dataclass(frozen=True, slots=True)
class Discovery:
    """known_authorities: those that were served before and not forgotten.

    idle_keyrings: as in ExpectedAuthorities; shared_keyring: whether one opens several indexes, and
    could not tell that one of them is gone.
    """

    directories: tuple[IndexDirectory, ...]
    known_authorities: frozenset[str]
    idle_keyrings: tuple[str, ...]
    shared_keyring: bool


class IndexDiscovery:
    """Goes through what stands under the index directory, and opens nothing."""

    def __init__(self, root: Path, keyrings: Keyrings, guard: RollbackGuard) -> None:
        self._root = root
        self._keyrings = keyrings
        self._guard = guard

    def discover(self) -> Discovery:
        """Return what is there now. Raises NothingDiscovered."""
        try:
            self._keyrings.check_trust()
            served = self._guard.entries()
            paths = index_directories(self._root)
            keyrings = self._keyrings.names()
        except Malformed:
            raise NothingDiscovered("trust") from None
        except StateUnusable:
            raise NothingDiscovered("state") from None
        except OSError:
            raise NothingDiscovered("missing") from None
        directories = tuple(IndexDirectory(path, self._stamp(path)) for path in paths)
        used = [self._keyrings.name(path) for path in paths]
        return Discovery(
            directories,
            frozenset(one.authority for one in served),
            idle_keyrings(keyrings, used, served),
            len(set(used)) < len(used),
        )

    def _stamp(self, path: Path) -> DirectoryStamp:
        return (str(path), *map(file_stamp, self._files(path)))

    def _files(self, path: Path) -> Iterator[Path]:
        with suppress(Malformed, OSError):  # then it cannot be opened, until there are files
            yield from sorted(build_directory(path).iterdir())
        keys = self._keyrings.keyring(path).directory
        if keys is not None:
            yield from (keys / name for name in OPENING_KEYS)
