"""The index store: the last good build of each authority, answered from while it is valid.

A newer build is opened and verified in the background and takes the place of the old one between
two requests. A request holds the indexes it began with; the old ones are let go with the last
request that holds them. Whatever is wrong ends in CannotAnswer, never in "not found".
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from app.indexes.discovery import DirectoryStamp, IndexDiscovery, NothingDiscovered
from app.indexes.keyrings import Keyrings
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.opening import IndexOpener, IndexRefused, claimed_authority
from app.indexes.readiness import Readiness, snapshot_readiness
from app.indexes.rollback_guard import RollbackGuard
from app.indexes.snapshot import ExpectedAuthorities, IndexSnapshot, snapshot_at
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.manifest import Manifest
from exposure_index.lookup.open_index import OpenIndex

# tried again though no file has changed: a state directory is mended, a clock is set right
NOT_OF_THE_FILES = ("state", "clock", "expired")


class CannotAnswer(Exception):
    """No index can be answered from now; ``reasons`` are short words for operators."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class _ServedIndex:
    """An open index, and the directory that it was opened from."""

    index: OpenIndex
    path: Path


class _Outcome(NamedTuple):
    """What came of opening one directory: why it is not served, and whose it says it is."""

    refusal: str | None
    authority: str


class IndexStore:
    """Hands each request its snapshot, and changes the indexes without dropping a request."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        guard: RollbackGuard,
        clock: Callable[[], datetime] | None = None,
        stale_after: timedelta | None = None,
    ) -> None:
        """stale_after: how old the oldest source may be; None: any age."""
        self._keyrings = Keyrings(keys)
        self._clock = clock or MonotonicClock()
        self._stale_after = stale_after
        self._discovery = IndexDiscovery(root, self._keyrings, guard)
        self._opener = IndexOpener(self._keyrings, guard, self._clock)
        self._changing = threading.Lock()
        self._indexes: dict[str, _ServedIndex] = {}
        self._outcomes: dict[DirectoryStamp, _Outcome] = {}
        self._refusals: tuple[str, ...] = ("not_loaded",)
        self._expected = ExpectedAuthorities()
        self._snapshot = IndexSnapshot()

    def snapshot(self) -> IndexSnapshot:
        """Return what to answer from now. Raises CannotAnswer."""
        now, snapshot = self._clock(), self._snapshot
        if now < snapshot.unchanged_until:
            return snapshot
        snapshot = self._snapshot_at(now)
        if not snapshot.indexes:
            expired = ("expired",) if self._indexes else ()
            raise CannotAnswer(tuple(dict.fromkeys(expired + self._refusals)) or ("missing",))
        return snapshot

    def open_manifests(self) -> tuple[Manifest, ...]:
        """Return the manifests of every open index, expired ones too."""
        return tuple(one.index.manifest for one in tuple(self._indexes.values()))

    def trust_documents(self) -> dict[str, dict[str, object]]:
        """Return whose signatures count for each authority served, as its trust.json says it.

        Raises Malformed where a trust.json went bad meanwhile.
        """
        paths = {name: one.path for name, one in dict(self._indexes).items()}
        return {name: self._keyrings.trust(path)[0].as_document() for name, path in paths.items()}

    def readiness(self) -> Readiness:
        """Return whether it answers now; looks up the canary of every index."""
        try:
            snapshot = self.snapshot()
        except CannotAnswer as error:
            return Readiness(ready=False, complete=False, reasons=error.reasons)
        return snapshot_readiness(snapshot, self._refusals)

    def quarantine(self, build_ids: Collection[str]) -> None:
        """Stop serving builds that failed a read; the next reload verifies them anew."""
        with self._changing:
            for authority, one in list(self._indexes.items()):
                if one.index.manifest.build_id not in build_ids:
                    continue
                del self._indexes[authority]
                structlog.get_logger().error("index_damaged", authority=authority)
                self._refusals = tuple(dict.fromkeys(("damaged", *self._refusals)))
                self._outcomes.clear()
            self._snapshot = self._snapshot_at(self._clock())

    def reload(self) -> None:
        """Open what is new and good; keep what was good before; remember why the rest is not."""
        with self._changing:
            refusals = self._open_changed()
            if refusals != self._refusals:
                for refusal in refusals:
                    structlog.get_logger().warning("index_refused", reason=refusal)
            self._refusals = refusals
            self._snapshot = self._snapshot_at(self._clock())

    def _open_changed(self) -> tuple[str, ...]:
        """Open each directory that changed since the last reload; return why some are refused."""
        try:
            discovery = self._discovery.discover()
        except NothingDiscovered as error:
            return (error.reason,)
        paths = [directory.path for directory in discovery.directories]
        outcomes: dict[DirectoryStamp, _Outcome] = {}
        for directory in discovery.directories:
            outcome = self._outcomes.get(directory.stamp)
            if outcome is None or outcome.refusal in NOT_OF_THE_FILES:
                outcome = self._open(directory.path, paths)
            outcomes[directory.stamp] = outcome
        self._outcomes = outcomes
        self._expected = ExpectedAuthorities(
            discovery.known_authorities | frozenset(self._indexes),
            frozenset(outcome.authority for outcome in outcomes.values()),
            len(paths),
        )
        if not paths:
            return ("missing",)
        return tuple(dict.fromkeys(one.refusal for one in outcomes.values() if one.refusal))

    def _open(self, path: Path, present: Collection[Path]) -> _Outcome:
        """Open one directory and serve it where it is good.

        present: every index directory that there is now.
        """
        authority = ""
        try:
            authority = claimed_authority(path)
            earlier = self._indexes.get(authority)
            if earlier is not None and self._is_of_another(earlier.path, path, present):
                return _Outcome("authority_twice", "")  # nobody publishes in another's name
            index = self._opener.open(path, authority)
        except IndexRefused as error:
            return _Outcome(error.reason, authority)
        manifest = index.manifest
        if (
            earlier is None
            or earlier.index.manifest.seq <= manifest.seq
            or earlier.path not in present
        ):
            self._indexes[authority] = _ServedIndex(index, path)
            structlog.get_logger().info(
                "index_opened",
                authority=authority,
                seq=manifest.seq,
                build_id=manifest.build_id,
            )
        return _Outcome(None, authority)

    def _is_of_another(self, before: Path, path: Path, present: Collection[Path]) -> bool:
        """Return whether an authority that is served from one directory is claimed by another's."""
        return before != path and before in present and not self._keyrings.same(before, path)

    def _snapshot_at(self, now: datetime) -> IndexSnapshot:
        indexes = {name: one.index for name, one in dict(self._indexes).items()}
        return snapshot_at(now, indexes, self._expected, self._stale_after)
