"""Discovery of builds with a private check: every one that an unexpired, signed manifest names.

Not the newest alone: whoever read a manifest a minute or a day ago asks for the buckets and the key
that it names.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import structlog

from app.indexes.file_stamps import file_stamp
from app.indexes.keyrings import Keyrings
from exposure_index.crypto.trust import Trust
from exposure_index.errors import Malformed, Refused
from exposure_index.files.index_directory import index_directories
from exposure_index.files.manifest import MANIFEST_FILE, Manifest, PrivateFacts
from exposure_index.private.bucket_files import BUCKETS_FOLDER

BuildStamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SignedBuild:
    """A build with a private check; stamp: changes whenever it must be opened anew."""

    folder: Path
    manifest: Manifest
    facts: PrivateFacts
    stamp: BuildStamp


class _Entry(NamedTuple):
    """What one folder holds; build: None where nothing is to be served.

    over_at: when that build expired; should the time be earlier again, it is served again.
    """

    build: SignedBuild | None
    over_at: datetime | None = None


class PrivateDiscovery:
    """Finds the builds under an index directory, and reads each manifest once."""

    def __init__(self, root: Path, keyrings: Keyrings) -> None:
        self._root = root
        self._keyrings = keyrings
        self._entries: dict[BuildStamp, _Entry] = {}

    def discover(self, now: datetime) -> list[SignedBuild]:
        """Return the builds that are signed and have not expired at a time."""
        entries: dict[BuildStamp, _Entry] = {}
        for folder, trust, trust_sha256 in self._folders():
            files = (folder / MANIFEST_FILE, folder / BUCKETS_FOLDER)
            stamp = (str(folder), trust_sha256, *map(file_stamp, files))
            entry = self._entries.get(stamp)
            if entry is None or (entry.over_at is not None and now < entry.over_at):
                try:
                    entry = _Entry(_signed_build(folder, trust, stamp))
                except Exception as error:  # one bad folder must not end the look at the others
                    structlog.get_logger().error("index_unreadable", error=type(error).__name__)
                    continue  # not kept: it is tried again
            if entry.build is not None and entry.build.manifest.expired(now):
                entry = _Entry(None, entry.build.manifest.valid_until)
            entries[stamp] = entry
        self._entries = entries
        return [entry.build for entry in entries.values() if entry.build is not None]

    def _folders(self) -> Iterator[tuple[Path, Trust, str]]:
        """Yield the directory of each build, with whose signatures count for it."""
        for index in _listed(lambda: index_directories(self._root)):
            try:
                trust, keyring = self._keyrings.trust(index)
            except Malformed:
                continue  # the plain index tells of it
            alone = (index / MANIFEST_FILE).exists()
            for folder in [index.resolve()] if alone else _listed(index.iterdir):
                if not folder.is_symlink() and (folder / MANIFEST_FILE).is_file():
                    yield folder, trust, keyring.trust_sha256


def _signed_build(folder: Path, trust: Trust, stamp: BuildStamp) -> SignedBuild | None:
    """Return a build that is signed and has a private check, else None."""
    try:
        manifest = Manifest.load(folder / MANIFEST_FILE)
        trust.check(manifest.signed_bytes(), manifest.signatures)
    except Refused:
        return None
    if manifest.private is None:
        return None
    return SignedBuild(folder, manifest, manifest.private, stamp)


def _listed(listing: Callable[[], Iterable[Path]]) -> list[Path]:
    try:
        return sorted(listing())
    except OSError:
        return []
