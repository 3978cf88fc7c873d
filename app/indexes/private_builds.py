"""The builds whose private check is served.

A build is served only whole, with its canary found as a client finds it; else its private check
says that it cannot answer, while the plain check, whose file is another, goes on.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from app.indexes.keyrings import Keyrings
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.private_discovery import PrivateDiscovery
from app.indexes.private_opening import (
    DAMAGED,
    EVALUATOR_GONE,
    PrivateBuild,
    open_private_build,
)
from exposure_index.crypto.keys import KeyRing
from exposure_index.private.bucket_files import bucket_path
from exposure_index.private.evaluation import (
    Evaluator,
    EvaluatorGone,
    KeyUnknown,
    RequestInvalid,
    requested_key,
)

RELOAD_AGAIN_SECONDS = 1.0
NEW_BUILD_WAIT_SECONDS = 2.0
MISSING = "private_missing"


class PrivateCheckUnavailable(Exception):
    """The private check cannot answer now; the text is a short word for operators."""


class BucketUnknown(LookupError):
    """No unexpired manifest names such a bucket."""


@dataclass(frozen=True, slots=True)
class BucketFile:
    """Where a bucket lies and how long it must be, in bytes."""

    path: Path
    file_bytes: int


class PrivateBuilds:
    """Holds the builds under an index directory, and answers for them; safe for several threads."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        evaluator: Evaluator,
        clock: Callable[[], datetime] | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._discovery = PrivateDiscovery(root, Keyrings(keys))
        self._evaluator = evaluator
        self._clock = clock or MonotonicClock()
        self._ticks = ticks
        self._changing = threading.Lock()
        self._reload_again_at = 0.0
        self._builds: Mapping[str, PrivateBuild] = {}
        self._key_faults: Mapping[bytes, str] = {}
        self._faults: tuple[str, ...] = ()

    def reload(self) -> None:
        """Open what is new, let go what is over, and try again what had a fault."""
        with self._changing:
            self._reload()

    def bucket(self, build_id: str, number: int) -> BucketFile:
        """Return the file of a bucket. Raises BucketUnknown or PrivateCheckUnavailable."""
        if build_id not in self._builds:
            self._reload_again(NEW_BUILD_WAIT_SECONDS)
        return self._known_bucket(build_id, number)

    def bucket_at_hand(self, build_id: str, number: int) -> BucketFile | None:
        """Return the file of a bucket; None where ``bucket`` would look for builds, or raise."""
        try:
            return self._known_bucket(build_id, number)
        except (BucketUnknown, PrivateCheckUnavailable):
            return None

    def _known_bucket(self, build_id: str, number: int) -> BucketFile:
        build = self._builds.get(build_id)
        if build is None or build.signed.manifest.expired(self._clock()):
            raise BucketUnknown
        if build.buckets is None:
            raise PrivateCheckUnavailable(build.fault)
        if number >= build.buckets.index.parameters.buckets:
            raise BucketUnknown
        path = bucket_path(build.signed.folder, number)
        return BucketFile(path, build.buckets.index.file_bytes)

    def evaluates_at_once(self, request: bytes) -> bool:
        """Return whether ``evaluate`` would look neither for builds nor for keys, and ask nobody.

        Raises RequestInvalid where the request is none.
        """
        known = self._key_faults.get(requested_key(request), MISSING) == ""
        return known and self._evaluator.is_at_hand()

    def evaluate(self, request: bytes) -> bytes:
        """Return the response to a request, 169 bytes.

        Raises RequestInvalid, also for a key that no manifest names, or PrivateCheckUnavailable.
        """
        key_id = requested_key(request)
        if key_id not in self._key_faults:
            self._reload_again(NEW_BUILD_WAIT_SECONDS)
        elif self._key_faults[key_id] == EVALUATOR_GONE:
            self._reload_again(0.0)  # whoever comes while another asks it is told at once
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
            self._reload_again_at = self._ticks() + RELOAD_AGAIN_SECONDS
            raise PrivateCheckUnavailable(EVALUATOR_GONE) from error
        except KeyUnknown as error:
            raise PrivateCheckUnavailable(MISSING) from error

    def quarantine(self, build_id: str, fault: str = DAMAGED) -> None:
        """Stop serving a build, for a fault that was found; the next reload verifies it anew."""
        with self._changing:
            build = self._builds.get(build_id)
            if build is not None:
                self._serve({**self._builds, build_id: build.with_fault(fault)})

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong, in short words: as of the last reload, or noticed since."""
        of_builds = (build.fault for build in tuple(self._builds.values()))
        faults = dict.fromkeys((*of_builds, *self._key_faults.values()))
        return tuple(filter(None, faults))

    def _reload_again(self, wait_seconds: float) -> None:
        """Reload now, where the last time is a while ago: another worker may have told of a build.

        wait_seconds: how long to wait for one who reloads already.
        """
        if not self._changing.acquire(timeout=wait_seconds):
            return
        try:
            if self._ticks() >= self._reload_again_at:
                self._reload()
        finally:
            self._changing.release()

    def _reload(self) -> None:
        """Open every build that there is now, and look the canary of each up."""
        evaluator = self._evaluator if self._evaluator_answers() else None
        before = {build.signed.stamp: build for build in self._builds.values()}
        builds: dict[str, PrivateBuild] = {}
        for signed in self._discovery.discover(self._clock()):
            build = open_private_build(before.get(signed.stamp) or PrivateBuild(signed), evaluator)
            if build.fault == EVALUATOR_GONE:
                evaluator = None  # asked once: it may be silent for a long time
            builds[signed.manifest.build_id] = build
        self._serve(builds)
        self._reload_again_at = self._ticks() + RELOAD_AGAIN_SECONDS

    def _evaluator_answers(self) -> bool:
        try:
            self._evaluator.public_keys()
        except EvaluatorGone:
            return False
        return True

    def _serve(self, builds: Mapping[str, PrivateBuild]) -> None:
        key_faults: dict[bytes, str] = {}
        for build in builds.values():
            key_id = build.signed.facts.key_id  # usable where any build of it is
            key_faults[key_id] = build.fault and key_faults.get(key_id, build.fault)
        self._builds, self._key_faults = builds, key_faults
        faults = tuple(dict.fromkeys(b.fault for b in builds.values() if b.fault))
        if faults != self._faults:
            for fault in faults:
                structlog.get_logger().warning("private_index_refused", reason=fault)
        self._faults = faults
