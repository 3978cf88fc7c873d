"""The builds whose private check is served: every one that an unexpired, signed manifest names.

Not the newest alone: whoever read a manifest a minute or a day ago asks for the buckets and the key
that it names. A build is served only whole, with its canary found as a client finds it; else its
private check says that it cannot answer, while the plain check, whose file is another, goes on.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog

from app.indexes.keyrings import Keyrings
from app.indexes.monotonic_clock import MonotonicClock
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.errors import ChecksumRefused, Malformed, Refused
from exposure_index.files.index_directory import index_directories
from exposure_index.files.manifest import MANIFEST_FILE, Manifest, PrivateFacts
from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.private.bucket_files import BUCKETS_FOLDER, bucket_path
from exposure_index.private.evaluation import (
    Evaluator,
    EvaluatorGone,
    KeyUnknown,
    RequestInvalid,
    requested_key,
)
from exposure_index.private.open_buckets import OpenBuckets

LOOK_AGAIN_SECONDS = 1.0
NEW_BUILD_WAIT_SECONDS = 2.0
MISSING = "private_missing"
DAMAGED = "private_checksum"
EVALUATOR_GONE = "private_evaluator"

Stamp = tuple[object, ...]


class PrivateCheckUnavailable(Exception):
    """The private check cannot answer now; the text is a short word for operators."""


class BucketUnknown(LookupError):
    """No unexpired manifest names such a bucket."""


@dataclass(frozen=True, slots=True)
class PrivateBuild:
    """A build with a private check; fault: why it is not served, "" where it is."""

    folder: Path
    manifest: Manifest
    facts: PrivateFacts
    stamp: Stamp
    buckets: OpenBuckets | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BucketFile:
    """Where a bucket lies and how long it must be, in bytes."""

    path: Path
    file_bytes: int


class PrivateBuilds:
    """Finds the builds under an index directory, and answers for them; safe for several threads."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        evaluator: Evaluator,
        clock: Callable[[], datetime] | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._keys = Keyrings(keys)
        self._evaluator = evaluator
        self._clock = clock or MonotonicClock()
        self._ticks = ticks
        self._looking = threading.Lock()
        self._look_again_at = 0.0
        self._builds: Mapping[str, PrivateBuild] = {}
        # nothing to serve there as long as nothing changes; with a time: from then on only
        self._without: dict[Path, tuple[Stamp, datetime | None]] = {}
        self._key_faults: Mapping[bytes, str] = {}
        self._faults: tuple[str, ...] = ()

    def reload(self) -> None:
        """Open what is new, let go what is over, and try again what had a fault."""
        with self._looking:
            self._look()

    def bucket(self, build_id: str, number: int) -> BucketFile:
        """Return the file of a bucket. Raises BucketUnknown or PrivateCheckUnavailable."""
        build = self._known(build_id)
        if build is None or build.manifest.expired(self._clock()):
            raise BucketUnknown
        if build.buckets is None:
            raise PrivateCheckUnavailable(build.fault)
        if number >= build.buckets.index.parameters.buckets:
            raise BucketUnknown
        return BucketFile(bucket_path(build.folder, number), build.buckets.index.file_bytes)

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request, 137 bytes.

        Raises RequestInvalid, also for a key that no manifest names, or PrivateCheckUnavailable.
        """
        key_id = requested_key(request)
        if key_id not in self._key_faults:
            self._look_again(NEW_BUILD_WAIT_SECONDS)
        elif self._key_faults[key_id] == EVALUATOR_GONE:
            self._look_again(0.0)  # whoever comes while another asks it is told at once
        fault = self._key_faults.get(key_id, MISSING)
        if fault == MISSING and self._key_faults:
            raise RequestInvalid("no manifest names this key")
        if fault:
            raise PrivateCheckUnavailable(fault)
        try:
            return self._evaluator.evaluate(request)
        except EvaluatorGone as error:
            # Threat: a silent evaluator holds every thread, of the plain check too. Limit: one.
            self._key_faults = dict.fromkeys(self._key_faults, EVALUATOR_GONE)
            self._look_again_at = self._ticks() + LOOK_AGAIN_SECONDS
            raise PrivateCheckUnavailable(EVALUATOR_GONE) from error
        except KeyUnknown as error:
            raise PrivateCheckUnavailable(MISSING) from error

    def quarantine(self, build_id: str) -> None:
        """Serve a build no longer whose bucket failed while it was read; the next look judges."""
        with self._looking:
            build = self._builds.get(build_id)
            if build is not None:
                damaged = replace(build, buckets=None, fault=DAMAGED)
                self._take_effect({**self._builds, build_id: damaged})

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong now, in short words, after looking every canary up."""
        found: dict[str, None] = {}
        for build in self._builds.values():
            if EVALUATOR_GONE not in found:  # asked once: it may be silent for a long time
                found[build.fault or self._canary_fault(build)] = None
        return tuple(fault for fault in found if fault)

    def _known(self, build_id: str) -> PrivateBuild | None:
        if build_id not in self._builds:
            self._look_again(NEW_BUILD_WAIT_SECONDS)
        return self._builds.get(build_id)

    def _look_again(self, wait_seconds: float) -> None:
        """Look now, where the last look is some time ago: another worker may have told of a build.

        wait_seconds: how long to wait for one who looks already.
        """
        if not self._looking.acquire(timeout=wait_seconds):
            return
        try:
            if self._ticks() >= self._look_again_at:
                self._look()
        finally:
            self._looking.release()

    def _look(self) -> None:
        now, keys = self._clock(), self._public_keys()
        builds: dict[str, PrivateBuild] = {}
        without: dict[Path, tuple[Stamp, datetime | None]] = {}
        for folder, trust, fingerprint in self._folders():
            stamp = _stamp(folder, fingerprint)
            known, over_at = self._without.get(folder, ((), None))
            if known == stamp and (over_at is None or over_at <= now):
                without[folder] = known, over_at
                continue
            build = self._kept(stamp) or _signed_build(folder, trust, stamp)
            if build is None:
                without[folder] = stamp, None
            elif build.manifest.expired(now):
                without[folder] = stamp, build.manifest.valid_until
            else:
                builds[build.manifest.build_id] = self._opened(build, keys)
        self._without = without
        self._take_effect(builds)
        self._look_again_at = self._ticks() + LOOK_AGAIN_SECONDS

    def _folders(self) -> Iterator[tuple[Path, Trust, str]]:
        """Yield the directory of each build, with whose signatures count for it."""
        for index in _listed(lambda: index_directories(self._root)):
            try:
                trust, served = self._keys.trust(index)
            except Malformed:
                continue  # the plain index tells of it
            alone = (index / MANIFEST_FILE).exists()
            for folder in [index.resolve()] if alone else _listed(index.iterdir):
                if not folder.is_symlink() and (folder / MANIFEST_FILE).is_file():
                    yield folder, trust, served.trust

    def _kept(self, stamp: Stamp) -> PrivateBuild | None:
        return next((build for build in self._builds.values() if build.stamp == stamp), None)

    def _opened(self, build: PrivateBuild, keys: Mapping[bytes, bytes] | None) -> PrivateBuild:
        """Return a build with its buckets checked, or with its fault; keys: None, nobody tells."""
        if build.manifest.identity != IDENTITY_HASH:
            return replace(build, fault="private_identity_table")
        buckets = build.buckets
        if buckets is None:
            try:
                buckets = OpenBuckets.of(build.folder, build.manifest)
            except ChecksumRefused:
                return replace(build, fault=DAMAGED)
        elif not build.fault and (keys or {}).get(build.facts.key_id) == build.facts.public_key:
            return build
        if keys is None:  # no bucket is any worse for it
            return replace(build, buckets=buckets, fault=EVALUATOR_GONE)
        fault = self._canary_fault(replace(build, buckets=buckets))
        whole = fault in ("", EVALUATOR_GONE)
        return replace(build, buckets=buckets if whole else None, fault=fault)

    def _canary_fault(self, build: PrivateBuild) -> str:
        if build.buckets is None:
            return build.fault
        try:
            build.buckets.require_canary(self._evaluator)
        except EvaluatorGone:
            return EVALUATOR_GONE
        except Refused as error:
            return f"private_{error.reason}"
        return ""

    def _public_keys(self) -> Mapping[bytes, bytes] | None:
        try:
            return self._evaluator.public_keys()
        except EvaluatorGone:
            return None

    def _take_effect(self, builds: Mapping[str, PrivateBuild]) -> None:
        key_faults: dict[bytes, str] = {}
        for build in builds.values():
            key_id = build.facts.key_id  # usable where any build of it is
            key_faults[key_id] = build.fault and key_faults.get(key_id, build.fault)
        self._builds, self._key_faults = builds, key_faults
        faults = tuple(dict.fromkeys(b.fault for b in builds.values() if b.fault))
        if faults != self._faults:
            for fault in faults:
                structlog.get_logger().warning("private_index_refused", reason=fault)
        self._faults = faults


def _signed_build(folder: Path, trust: Trust, stamp: Stamp) -> PrivateBuild | None:
    """Return a build that is signed and has a private check, not yet opened; else None."""
    try:
        manifest = Manifest.load(folder / MANIFEST_FILE)
        trust.check(manifest.signed_bytes(), manifest.signatures)
    except Refused:
        return None
    if manifest.private is None:
        return None
    return PrivateBuild(folder, manifest, manifest.private, stamp)


def _listed(listing: Callable[[], Iterable[Path]]) -> list[Path]:
    try:
        return sorted(listing())
    except OSError:
        return []


def _stamp(folder: Path, fingerprint: str) -> Stamp:
    """Return what changes whenever a build must be opened anew."""
    files: list[Stamp] = []
    for file in (folder / MANIFEST_FILE, folder / BUCKETS_FOLDER):
        try:
            status = file.stat()
        except OSError:
            files.append(())
        else:
            files.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return (str(folder), fingerprint, *files)
