"""The indexes that are answered from: the last good build of each authority, while valid.

A newer build is opened and verified in the background and takes the place of the old one between
two requests. A request holds the indexes it began with; the old ones are let go with the last
request that holds them. Whatever is wrong ends in CannotAnswer, never in "not found".
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import structlog

from app.highest_seq import HighestSeq, StateUnusable
from exposure_index.canonical_json import canonical
from exposure_index.keys import KeyFault, KeyRing
from exposure_index.manifest import MANIFEST_FILE, Manifest
from exposure_index.opened import OpenIndex, build_directory, index_directories
from exposure_index.refusals import Malformed, Refused
from exposure_index.trust import Trust

WATCHED_KEYS = ("root_plain", "trust.json")

Stamp = tuple[object, ...]


class CannotAnswer(Exception):
    """No index can be answered from now; ``reasons`` are short words for operators."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Serving:
    """What one request answers from; missing: authorities known but not among the indexes."""

    indexes: tuple[OpenIndex, ...]
    missing: int

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of the indexes."""
        return tuple(index.manifest for index in self.indexes)


@dataclass(frozen=True, slots=True)
class Readiness:
    """ready: it answers; complete: from every authority; reasons: what is wrong, in short words."""

    ready: bool
    complete: bool
    reasons: tuple[str, ...]


def utc_now() -> datetime:
    """Return the present time, UTC."""
    return datetime.now(UTC)


class CurrentIndex:
    """Holds the opened indexes and changes them without dropping a request."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        highest: HighestSeq,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._root = root
        self._keys = keys
        self._highest = highest
        self._clock = clock
        self._changing = threading.Lock()
        self._stop = threading.Event()
        self._opened: dict[str, OpenIndex] = {}
        self._seen: dict[Stamp, str | None] = {}
        self._reasons: tuple[str, ...] = ("not_loaded",)
        self._expected = 0
        self._serving = Serving((), 0)
        self._good_until = datetime.min.replace(tzinfo=UTC)

    def serving(self) -> Serving:
        """Return what to answer from now. Raises CannotAnswer."""
        now = self._clock()
        if now < self._good_until:
            return self._serving
        everything = tuple(self._opened.values())
        valid = tuple(index for index in everything if not index.manifest.expired(now))
        if not valid:
            expired = ("expired",) if everything else ()
            raise CannotAnswer(tuple(dict.fromkeys(expired + self._reasons)) or ("missing",))
        return Serving(valid, max(0, self._expected - len(valid)))

    def held(self) -> tuple[Manifest, ...]:
        """Return the manifests of every opened index, expired ones too."""
        return tuple(index.manifest for index in tuple(self._opened.values()))

    def readiness(self) -> Readiness:
        """Return whether it answers now; looks up the canary of every index."""
        try:
            serving = self.serving()
            lost = [index for index in serving.indexes if not index.canary_found()]
        except CannotAnswer as error:
            return Readiness(ready=False, complete=False, reasons=error.reasons)
        if lost:
            return Readiness(ready=False, complete=False, reasons=("canary", *self._reasons))
        reasons = self._reasons
        if serving.missing and not reasons:
            reasons = ("authority_missing",)
        return Readiness(ready=True, complete=serving.missing == 0, reasons=reasons)

    def put_aside(self, build_ids: Collection[str]) -> None:
        """Answer no longer from builds that failed while they were read."""
        with self._changing:
            for authority, index in list(self._opened.items()):
                if index.manifest.build_id not in build_ids:
                    continue
                del self._opened[authority]
                structlog.get_logger().error("index_damaged", authority=authority)
                self._reasons = tuple(dict.fromkeys(("damaged", *self._reasons)))
                self._seen.clear()  # the next look verifies everything again
            self._take_effect()

    def look_for_change(self) -> None:
        """Open what is new and good; keep what was good before; remember why the rest is not."""
        with self._changing:
            reasons = self._open_new()
            if reasons != self._reasons:
                for reason in reasons:
                    structlog.get_logger().warning("index_refused", reason=reason)
            self._reasons = reasons
            self._take_effect()

    def start_reloading(self, every_seconds: float) -> None:
        """Look for changes from a thread of its own until stop_reloading."""
        thread = threading.Thread(
            target=self._reload_forever, args=(every_seconds,), name="index-reload", daemon=True
        )
        thread.start()

    def stop_reloading(self) -> None:
        """Let the thread end."""
        self._stop.set()

    def _reload_forever(self, every_seconds: float) -> None:
        while not self._stop.wait(every_seconds):
            try:
                self.look_for_change()
            except Exception:  # the thread must outlive whatever one look meets
                structlog.get_logger().error("index_look_failed", exc_info=True)

    def _open_new(self) -> tuple[str, ...]:
        try:
            trust = Trust.load(self._keys.directory or Path())
            fingerprint = sha256(canonical(trust.as_document())).hexdigest()
            known = self._highest.known(fingerprint)
            directories = index_directories(self._root)
        except Malformed:
            return ("trust",)
        except StateUnusable:
            return ("state",)
        except OSError:
            return ("missing",)
        seen: dict[Stamp, str | None] = {}
        for path in directories:
            stamp = self._stamp(path)
            known_result = self._seen.get(stamp, "state")
            if known_result == "state":  # new, or nothing is wrong with the index itself
                known_result = self._open(path, trust, fingerprint)
            seen[stamp] = known_result
        self._seen = seen
        self._expected = max(len(directories), len(set(known) | set(self._opened)))
        if not directories:
            return ("missing",)
        return tuple(dict.fromkeys(reason for reason in seen.values() if reason))

    def _open(self, path: Path, trust: Trust, fingerprint: str) -> str | None:
        """Open one index and hold it; return why not, or None."""
        try:
            known = self._highest.known(fingerprint)
            claimed = Manifest.load(build_directory(path) / MANIFEST_FILE).authority
            index = OpenIndex.open(
                path, self._keys, trust, now=self._clock(), minimum_seq=known.get(claimed, 0)
            )
            manifest = index.manifest
            self._highest.remember(fingerprint, manifest.authority, manifest.seq)
        except Refused as error:
            return error.reason
        except KeyFault:
            return "key"
        except StateUnusable:
            return "state"
        held = self._opened.get(manifest.authority)
        if held is None or held.manifest.seq <= manifest.seq:
            self._opened[manifest.authority] = index
            structlog.get_logger().info(
                "index_opened",
                authority=manifest.authority,
                seq=manifest.seq,
                build_id=manifest.build_id,
            )
        return None

    def _take_effect(self) -> None:
        indexes = tuple(self._opened[name] for name in sorted(self._opened))
        self._serving = Serving(indexes, max(0, self._expected - len(indexes)))
        ends = [index.manifest.valid_until for index in indexes]
        self._good_until = min(ends, default=datetime.min.replace(tzinfo=UTC))

    def _stamp(self, path: Path) -> Stamp:
        """Return what changes whenever opening may end otherwise than before."""
        try:
            files = sorted(build_directory(path).iterdir())
        except (Malformed, OSError):
            files = []
        if self._keys.directory is not None:
            files += [self._keys.directory / name for name in WATCHED_KEYS]
        return (str(path), *(_file_stamp(file) for file in files))


def _file_stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return ()
    return (str(file), status.st_ino, status.st_mtime_ns, status.st_size)
