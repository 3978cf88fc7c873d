"""The indexes that are answered from: the last good build of each authority, while valid.

A newer build is opened and verified in the background and takes the place of the old one between
two requests. A request holds the indexes it began with; the old ones are let go with the last
request that holds them. Whatever is wrong ends in CannotAnswer, never in "not found". An index
that is gone from its directory is still answered from while it is valid, but counts as missing:
whoever took it away may know why.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from app.indexes.keyrings import Keyrings
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.rollback_guard import RollbackGuard, StateUnusable
from exposure_index.crypto.keys import KeyFault, KeyRing
from exposure_index.errors import Malformed, Refused
from exposure_index.files.index_directory import build_directory, index_directories
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import Missing

# tried again though no file has changed: a state directory is mended, a clock is set right
NOT_OF_THE_FILES = ("state", "clock", "expired")
WATCHED_KEYS = ("root_plain", "trust.json")
MISSING_REASONS = {
    "absent": "authority_missing",
    "expired": "expired",
    "stale": "stale",
    "damaged": "damaged",
}
BUILT_AHEAD_MAX = timedelta(hours=1)  # more, and one of the two clocks is wrong
LONG_AGO = datetime.min.replace(tzinfo=UTC)

Stamp = tuple[object, ...]


class CannotAnswer(Exception):
    """No index can be answered from now; ``reasons`` are short words for operators."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class IndexSnapshot:
    """What one request answers from; missing: what should be here and is not, or is stale."""

    indexes: tuple[OpenIndex, ...]
    missing: tuple[Missing, ...]

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of the indexes."""
        return tuple(index.manifest for index in self.indexes)


@dataclass(frozen=True, slots=True)
class Expected:
    """Who should be here, by the last look.

    known: served now or before; claimed: named by what stands in the directories.
    """

    known: frozenset[str] = frozenset()
    claimed: frozenset[str] = frozenset()
    directories: int = 0


class _Outcome(NamedTuple):
    """What came of opening one index: why not, and whose it says it is."""

    reason: str | None
    authority: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """ready: it answers; complete: from every authority; reasons: what is wrong, in short words."""

    ready: bool
    complete: bool
    reasons: tuple[str, ...]


class IndexStore:
    """Holds the opened indexes and changes them without dropping a request."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        highest: RollbackGuard,
        clock: Callable[[], datetime] | None = None,
        stale_after: timedelta | None = None,
    ) -> None:
        """stale_after: how old the oldest source may be; None: any age."""
        self._root = root
        self._keys = Keyrings(keys)
        self._highest = highest
        self._clock = clock or MonotonicClock()
        self._stale_after = stale_after
        self._changing = threading.Lock()
        self._opened: dict[str, OpenIndex] = {}
        self._opened_from: dict[str, Path] = {}
        self._seen: dict[Stamp, _Outcome] = {}
        self._reasons: tuple[str, ...] = ("not_loaded",)
        self._expected = Expected()
        self._serving = IndexSnapshot((), ())
        self._good_until = LONG_AGO

    def snapshot(self) -> IndexSnapshot:
        """Return what to answer from now. Raises CannotAnswer."""
        now = self._clock()
        if now < self._good_until:
            return self._serving
        snapshot = self._judged(now)
        if not snapshot.indexes:
            expired = ("expired",) if self._opened else ()
            raise CannotAnswer(tuple(dict.fromkeys(expired + self._reasons)) or ("missing",))
        return snapshot

    def open_manifests(self) -> tuple[Manifest, ...]:
        """Return the manifests of every opened index, expired ones too."""
        return tuple(index.manifest for index in tuple(self._opened.values()))

    def trusts(self) -> dict[str, dict[str, object]]:
        """Return whose signatures count for each authority held, as trust.json says it.

        Raises Malformed where a trust.json went bad meanwhile.
        """
        paths = dict(self._opened_from)
        return {name: self._keys.trust(path)[0].as_document() for name, path in paths.items()}

    def readiness(self) -> Readiness:
        """Return whether it answers now; looks up the canary of every index."""
        try:
            snapshot = self.snapshot()
            lost = [index for index in snapshot.indexes if not index.canary_found()]
        except CannotAnswer as error:
            return Readiness(ready=False, complete=False, reasons=error.reasons)
        if lost:
            return Readiness(ready=False, complete=False, reasons=("canary", *self._reasons))
        found = [MISSING_REASONS[missing.why] for missing in snapshot.missing]
        reasons = tuple(dict.fromkeys((*self._reasons, *found)))
        return Readiness(ready=True, complete=not snapshot.missing, reasons=reasons)

    def quarantine(self, build_ids: Collection[str]) -> None:
        """Answer no longer from builds that failed while they were read."""
        with self._changing:
            for authority, index in list(self._opened.items()):
                if index.manifest.build_id not in build_ids:
                    continue
                del self._opened[authority]
                del self._opened_from[authority]
                structlog.get_logger().error("index_damaged", authority=authority)
                self._reasons = tuple(dict.fromkeys(("damaged", *self._reasons)))
                self._seen.clear()  # the next look verifies everything again
            self._take_effect()

    def reload(self) -> None:
        """Open what is new and good; keep what was good before; remember why the rest is not."""
        with self._changing:
            reasons = self._open_new()
            if reasons != self._reasons:
                for reason in reasons:
                    structlog.get_logger().warning("index_refused", reason=reason)
            self._reasons = reasons
            self._take_effect()

    def _open_new(self) -> tuple[str, ...]:
        try:
            self._keys.check_trust()
            known = self._highest.authorities()
            directories = index_directories(self._root)
        except Malformed:
            return ("trust",)
        except StateUnusable:
            return ("state",)
        except OSError:
            return ("missing",)
        seen: dict[Stamp, _Outcome] = {}
        for path in directories:
            stamp = self._stamp(path)
            outcome = self._seen.get(stamp)
            if outcome is None or outcome.reason in NOT_OF_THE_FILES:
                outcome = self._open(path, directories)
            seen[stamp] = outcome
        self._seen = seen
        self._expected = Expected(
            frozenset(known) | frozenset(self._opened),
            frozenset(outcome.authority for outcome in seen.values()),
            len(directories),
        )
        if not directories:
            return ("missing",)
        return tuple(dict.fromkeys(o.reason for o in seen.values() if o.reason))

    def _open(self, path: Path, present: Collection[Path]) -> _Outcome:
        """Open one index and hold it; tell why not, and whose it says it is."""
        claimed = ""
        try:
            claimed = Manifest.load(build_directory(path) / MANIFEST_FILE).authority
            before = self._opened_from.get(claimed, path)
            if before != path and before in present and not self._keys.same(before, path):
                return _Outcome("authority_twice", "")  # nobody publishes in another's name
            keys = self._keys.ring(path)
            trust, served = self._keys.trust(path)
            floor = self._highest.floor(served, claimed)
            index = OpenIndex.open(path, keys, trust, now=self._clock(), minimum_seq=floor)
            manifest = index.manifest
            if manifest.authority != claimed:
                raise Malformed("another manifest took its place while it was opened")
            if manifest.built_at > self._clock() + BUILT_AHEAD_MAX:
                return _Outcome("clock", claimed)  # whether it has expired cannot be told
            self._highest.remember(served, manifest.authority, manifest.seq)
        except Refused as error:
            return _Outcome(error.reason, claimed)
        except KeyFault:
            return _Outcome("key", claimed)
        except StateUnusable:
            return _Outcome("state", claimed)
        held = self._opened.get(manifest.authority)
        if held is None or held.manifest.seq <= manifest.seq or before not in present:
            self._opened[manifest.authority] = index
            self._opened_from[manifest.authority] = path
            structlog.get_logger().info(
                "index_opened",
                authority=manifest.authority,
                seq=manifest.seq,
                build_id=manifest.build_id,
            )
        return _Outcome(None, manifest.authority)

    def _take_effect(self) -> None:
        now = self._clock()
        self._serving = self._judged(now)
        ends = [index.manifest.valid_until for index in self._serving.indexes]
        ends += [moment for moment in map(self._stale_at, self._serving.indexes) if moment > now]
        self._good_until = min(ends, default=LONG_AGO)

    def _judged(self, now: datetime) -> IndexSnapshot:
        """Return what may be answered from at a time, and what is missing then."""
        opened, expected = dict(self._opened), self._expected
        valid = {name: one for name, one in opened.items() if not one.manifest.expired(now)}
        missing = []
        for name in sorted(expected.known | opened.keys()):
            if name not in opened or (name in valid and name not in expected.claimed):
                missing.append(Missing(name, "absent"))
            elif name not in valid:
                missing.append(Missing(name, "expired"))
            elif self._stale_at(valid[name]) <= now:
                missing.append(Missing(name, "stale"))
        nameless = max(0, expected.directories - len(expected.known | opened.keys()))
        return IndexSnapshot(
            tuple(valid[name] for name in sorted(valid)),
            (*missing, *[Missing("", "absent")] * nameless),
        )

    def _stale_at(self, index: OpenIndex) -> datetime:
        """Return when the index counts as stale; a time without end where none does."""
        if self._stale_after is None:
            return datetime.max.replace(tzinfo=UTC)
        return index.manifest.oldest_source + self._stale_after

    def _stamp(self, path: Path) -> Stamp:
        """Return what changes whenever opening may end otherwise than before."""
        try:
            files = sorted(build_directory(path).iterdir())
        except (Malformed, OSError):
            files = []
        directory = self._keys.ring(path).directory
        if directory is not None:
            files += [directory / name for name in WATCHED_KEYS]
        return (str(path), *(_file_stamp(file) for file in files))


def _file_stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return ()
    return (str(file), status.st_ino, status.st_mtime_ns, status.st_size)
