"""Opening one index: what it must pass before the service serves it, in this order.

The keys of its authority can be read (``keyrings``). ``OpenIndex.open`` then holds that enough keys
of trust.json signed the manifest; that its sequence is not below the highest served
(``rollback_guard``); that it has not expired; that identity tables, checksums of all files and
root_plain fit; and that the canary is found by an ordinary look-up. Last, that its authority is
still the one claimed, and that it was not built in the future. It is served only after all of it.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from app.indexes.keyrings import Keyrings
from app.indexes.rollback_guard import RollbackGuard, StateUnusable
from app.indexes.served_index import ServedIndex
from exposure_index.crypto.keys import KeyFault
from exposure_index.errors import Malformed, Refused
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.files.trip_list import TripListDamaged
from exposure_index.lookup.open_index import OpenIndex

UNREADABLE = "unreadable"
BUILT_AHEAD_MAX = timedelta(hours=1)  # more, and one of the two clocks is wrong


class IndexRefused(Exception):
    """An index that is not served; ``reason`` is a short word for operators."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class IndexOpener:
    """Opens indexes, and keeps in the rollback guard which sequence was the highest."""

    def __init__(
        self, keyrings: Keyrings, guard: RollbackGuard, clock: Callable[[], datetime]
    ) -> None:
        self._keyrings = keyrings
        self._guard = guard
        self._clock = clock

    def open(self, path: Path, build: Path, authority: str) -> OpenIndex:
        """Return the index of a build below a directory, whose manifest claims the authority.

        Raises IndexRefused.
        """
        try:
            keys = self._keyrings.keyring(path)
            trust, keyring = self._keyrings.trust(path)
            floor = self._guard.floor(keyring, authority)
            index = OpenIndex.open(build, keys, trust, now=self._clock(), minimum_seq=floor)
            _read_trip_days(index)
            if index.manifest.authority != authority:
                raise Malformed("another manifest took its place while it was opened")
            if index.manifest.built_at > self._clock() + BUILT_AHEAD_MAX:
                raise IndexRefused("clock")  # whether it has expired cannot be told
            self._guard.remember(keyring, authority, index.manifest.seq)
        except Refused as error:
            raise IndexRefused(error.reason) from error
        except KeyFault as error:
            raise IndexRefused("key") from error
        except StateUnusable as error:
            raise IndexRefused("state") from error
        return index

    def keep_if_lost(self, served: Collection[ServedIndex]) -> None:
        """Keep anew who is served, where the state directory was emptied meanwhile.

        A fault of the state or of a trust.json is told of by the next look.
        """
        if not self._guard.is_lost():
            return
        for one in served:
            with suppress(StateUnusable, Malformed):
                _, keyring = self._keyrings.trust(one.path)
                manifest = one.index.manifest
                self._guard.remember(keyring, manifest.authority, manifest.seq)


def _read_trip_days(index: OpenIndex) -> None:
    """Read the days of all trips now, so that no request has to.

    A list that is damaged meanwhile stays: people are looked up all the same, and trips say so.
    """
    if index.trips is not None:
        with suppress(TripListDamaged):
            index.trips.days()


def present_build(path: Path) -> Path:
    """Return the directory of the build that an index directory points to. Raises IndexRefused."""
    try:
        return build_directory(path)
    except Refused as error:
        raise IndexRefused(error.reason) from error


def claimed_authority(build: Path) -> str:
    """Return the authority that the manifest of a build names, unverified.

    Raises IndexRefused.
    """
    try:
        return Manifest.load(build / MANIFEST_FILE).authority
    except Refused as error:
        raise IndexRefused(error.reason) from error


def unforeseen_refusal(error: Exception) -> str:
    """Log the class of an error that no check foresaw, never its words; return the refusal."""
    structlog.get_logger().error("index_unreadable", error=type(error).__name__)
    return UNREADABLE
