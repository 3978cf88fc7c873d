"""The index store: the last good build of each authority, answered from while it is valid.

A newer build is opened and verified in the background and takes the place of the old one between
two requests. A request holds the indexes it began with; the old ones are let go with the last
request that holds them. Whatever is wrong ends in CannotAnswer, never in "not found".
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import structlog

from app.indexes.discovery import DirectoryStamp, IndexDiscovery, NothingDiscovered
from app.indexes.expected_authorities import ExpectedAuthorities, named_missing
from app.indexes.keyrings import Keyrings
from app.indexes.look_log import LookLog
from app.indexes.look_watch import LookWatch
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.opening import (
    UNREADABLE,
    IndexOpener,
    IndexRefused,
    claimed_authority,
    present_build,
    unforeseen_refusal,
)
from app.indexes.readiness import Readiness, snapshot_readiness
from app.indexes.rollback_guard import RollbackGuard
from app.indexes.served_index import Outcome, Quarantine, ServedIndex, build_stamps
from app.indexes.serving_policy import ServingPolicy
from app.indexes.snapshot import IndexSnapshot, snapshot_at
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.manifest import Manifest
from exposure_index.files.published_places import PublishedPlaces
from exposure_index.lookup.result import Missing

DAMAGED, LOST_CANARY = "damaged", "canary"
# tried again though no file has changed: a state directory is mended, a clock is set right
NOT_OF_THE_FILES = ("state", "clock", "expired")


class CannotAnswer(Exception):
    """No index can be answered from now; ``reasons`` are short words for operators."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class IndexStore:
    """Hands each request its snapshot, and changes the indexes without dropping a request."""

    def __init__(
        self,
        root: Path,
        keys: KeyRing,
        guard: RollbackGuard,
        clock: Callable[[], datetime] | None = None,
        policy: ServingPolicy | None = None,
    ) -> None:
        self._keyrings = Keyrings(keys)
        self._clock = clock or MonotonicClock()
        self._policy = policy or ServingPolicy()
        self._discovery = IndexDiscovery(root, self._keyrings, guard)
        self._opener = IndexOpener(self._keyrings, guard, self._clock)
        self._looking = threading.Lock()  # for as long as files are verified
        self._changing = threading.Lock()  # for a moment: a request may have to wait for it
        self._indexes: dict[str, ServedIndex] = {}
        self._quarantines: dict[str, Quarantine] = {}
        self._outcomes: dict[DirectoryStamp, Outcome] = {}
        self._refusals: tuple[str, ...] = ("not_loaded",)
        self._expected = ExpectedAuthorities(self._policy.authorities)
        self._looks = LookWatch()
        self._log = LookLog()
        self._snapshot = IndexSnapshot()

    def snapshot(self) -> IndexSnapshot:
        """Return what to answer from now. Raises CannotAnswer."""
        now, snapshot = self._clock(), self._snapshot
        if now < snapshot.unchanged_until:
            return snapshot
        snapshot = self._snapshot_at(now)
        if not snapshot.indexes:
            expired = ("expired",) if self._indexes else ()
            raise CannotAnswer(tuple(dict.fromkeys(expired + self._reasons())) or ("missing",))
        return snapshot

    def open_manifests(self) -> tuple[Manifest, ...]:
        """Return the manifests of every open index, expired ones too."""
        return tuple(one.index.manifest for one in tuple(self._indexes.values()))

    def published_places(self) -> dict[str, PublishedPlaces]:
        """Return from and to of published trips by build, of every open index."""
        indexes = [one.index for one in tuple(self._indexes.values())]
        return {index.manifest.build_id: index.published_places() for index in indexes}

    def trust_documents(self) -> dict[str, dict[str, object]]:
        """Return whose signatures count for each authority served, as its trust.json says it.

        Raises Malformed where a trust.json went bad meanwhile.
        """
        paths = {name: one.path for name, one in dict(self._indexes).items()}
        return {name: self._keyrings.trust(path)[0].as_document() for name, path in paths.items()}

    def readiness(self) -> Readiness:
        """Return whether it answers now, as the last look found it; reads memory alone.

        Where that look is overdue it is not ready: nobody knows what has changed since.
        """
        try:
            snapshot = self.snapshot()
        except CannotAnswer as error:
            missing = self._snapshot_at(self._clock()).missing
            return Readiness(False, False, error.reasons, missing=self._named(missing))
        state = snapshot_readiness(snapshot, self._reasons(), self._named(snapshot.missing))
        overdue = self._looks.is_overdue(self._clock())
        return replace(state, ready=False) if overdue else state

    def quarantine(self, build_ids: Collection[str], reason: str = DAMAGED) -> None:
        """Stop serving builds; one is served again only after it was verified whole, as if new.

        reason: a short word for operators: a read failed, or the canary is lost.
        """
        with self._changing:
            for authority, one in list(self._indexes.items()):
                if one.index.manifest.build_id not in build_ids:
                    continue
                del self._indexes[authority]
                self._quarantines[authority] = Quarantine(reason, one.path)
                structlog.get_logger().error(
                    "index_quarantined", authority=authority, reason=reason
                )
                self._refusals = tuple(dict.fromkeys((reason, *self._refusals)))
            self._snapshot = self._snapshot_at(self._clock())

    def reload(self) -> None:
        """Open what is new and good; keep what was good before; remember why the rest is not.

        First the canary of what is served is looked up: where it is lost, nothing that the files
        tell is believed until all of them are verified anew.
        """
        with self._looking:
            try:
                self._look()
            except Exception:
                self._looks.fail()
                with self._changing:
                    self._snapshot = self._snapshot_at(self._clock())
                raise

    def expect_looks(self, every_seconds: float) -> None:
        """Make answers incomplete where no look comes to its end for long: somebody reloads."""
        with self._changing:
            self._looks.expect(every_seconds, self._clock())
            self._snapshot = self._snapshot_at(self._clock())

    def _look(self) -> None:
        begun_at, failure = self._clock(), ""
        self._quarantine_lost()
        try:
            refusals = self._open_changed()
        except NothingDiscovered as error:
            refusals = (failure := error.reason,)
        self._verify_rewritten()
        self._opener.keep_if_lost(tuple(self._indexes.values()))
        with self._changing:
            self._looks.fail(failure) if failure else self._looks.finish(begun_at)
            changed = refusals != self._refusals
            self._refusals = refusals
            self._snapshot = self._snapshot_at(self._clock())
        if changed:
            self._log.refusals(refusals)
        self._log.missing(self._snapshot.missing, self._named)

    def _quarantine_lost(self) -> None:
        """Quarantine every build whose canary an ordinary look-up does not find."""
        served = [one.index for one in tuple(self._indexes.values())]
        lost = [index.manifest.build_id for index in served if not index.canary_found()]
        if lost:
            self.quarantine(lost, LOST_CANARY)

    def _open_changed(self) -> tuple[str, ...]:
        """Open each directory that changed since the last reload; return why some are refused.

        Raises NothingDiscovered.
        """
        discovery = self._discovery.discover()
        paths = [directory.path for directory in discovery.directories]
        outcomes: dict[DirectoryStamp, Outcome] = {}
        for directory in discovery.directories:
            outcome = self._outcomes.get(directory.stamp)
            if outcome is None or self._must_be_tried_again(outcome):
                outcome = self._open(directory.path, paths)
            outcomes[directory.stamp] = outcome
        self._outcomes = outcomes
        self._log.shared_keyring(discovery.shared_keyring and not self._policy.authorities)
        named = self._policy.authorities
        claimed = frozenset(outcome.authority for outcome in outcomes.values())
        never_seen = named - claimed - discovery.known_authorities - frozenset(self._indexes)
        self._expected = ExpectedAuthorities(
            # in memory too: who empties the state directory makes nobody forgotten
            self._expected.known_authorities
            | discovery.known_authorities
            | frozenset(self._indexes),
            claimed,
            len(paths),
        ).with_keyrings(discovery.idle_keyrings, never_seen)
        if not paths:
            return ("missing",)
        refusals = dict.fromkeys(one.refusal for one in outcomes.values() if one.refusal)
        if discovery.idle_keyrings:
            refusals["keyring_without_index"] = None
        if named and not named >= self._indexes.keys():
            refusals["authority_unnamed"] = None
        return tuple(refusals)

    def _must_be_tried_again(self, outcome: Outcome) -> bool:
        if outcome.refusal is None:  # good when it was opened, and quarantined meanwhile
            return outcome.authority not in self._indexes
        return outcome.refusal in (*NOT_OF_THE_FILES, UNREADABLE)

    def _open(self, path: Path, present: Collection[Path]) -> Outcome:
        """Open one directory and serve it where it is good.

        present: every index directory that there is now.
        """
        authority, build = "", None
        try:
            build = present_build(path)
            stamps = build_stamps(build)
            authority = claimed_authority(build)
            earlier = self._indexes.get(authority) or self._quarantines.get(authority)
            if earlier is not None and self._is_of_another(earlier.path, path, present):
                return Outcome("authority_twice", "")  # nobody publishes in another's name
            index = self._opener.open(path, build, authority)
        except IndexRefused as error:
            return Outcome(error.reason, authority, build)
        except Exception as error:  # one bad directory must not end the look at the others
            return Outcome(unforeseen_refusal(error), authority, build)
        served = self._indexes.get(authority)
        if (
            served is None
            or served.index.manifest.seq <= index.manifest.seq
            or served.path not in present
        ):
            self._serve(authority, ServedIndex(index, path, build, stamps))
        return Outcome(None, authority, build)

    def _serve(self, authority: str, one: ServedIndex) -> None:
        with self._changing:
            self._indexes[authority] = one
            self._quarantines.pop(authority, None)
        manifest = one.index.manifest
        structlog.get_logger().info(
            "index_opened", authority=authority, seq=manifest.seq, build_id=manifest.build_id
        )

    def _verify_rewritten(self) -> None:
        """Verify builds anew that are served and whose files are not those that were opened.

        The build that a directory points to was opened anew with it. One that is served still
        because a newer one is refused is opened here.
        """
        refusals = {one.build: one.refusal for one in self._outcomes.values() if one.refusal}
        for authority, one in list(self._indexes.items()):
            if not one.was_rewritten():
                continue
            refusal = refusals.get(one.build)
            if refusal is None:
                refusal = self._verify(authority, one)
            if refusal and refusal not in NOT_OF_THE_FILES:
                self.quarantine({one.index.manifest.build_id})

    def _verify(self, authority: str, one: ServedIndex) -> str:
        """Open the build of an index anew and serve it; return why it is refused, "" if it is not.

        It was served before, so that its sequence is the highest of those that are not refused.
        """
        stamps = build_stamps(one.build)
        try:
            index = self._opener.open(one.path, one.build, authority)
        except IndexRefused as error:
            return error.reason
        except Exception as error:
            return unforeseen_refusal(error)
        self._serve(authority, ServedIndex(index, one.path, one.build, stamps))
        return ""

    def _reasons(self) -> tuple[str, ...]:
        """Return what is wrong, in short words; a lost canary until its build is served again."""
        lost = any(one.reason == LOST_CANARY for one in tuple(self._quarantines.values()))
        fault = self._looks.fault(self._clock())
        reasons = dict.fromkeys((LOST_CANARY if lost else "", *self._refusals, fault))
        return tuple(filter(None, reasons))

    def _is_of_another(self, before: Path, path: Path, present: Collection[Path]) -> bool:
        """Return whether an authority that is served from one directory is claimed by another's."""
        return before != path and before in present and not self._keyrings.same(before, path)

    def _named(self, missing: Collection[Missing]) -> tuple[Missing, ...]:
        not_looked = bool(self._looks.fault(self._clock()))
        return named_missing(missing, self._expected.idle_keyrings, not_looked)

    def _snapshot_at(self, now: datetime) -> IndexSnapshot:
        indexes = {name: one.index for name, one in dict(self._indexes).items()}
        expected = self._expected.with_damaged(self._quarantines)
        snapshot = snapshot_at(now, indexes, expected, self._policy.stale_after)
        return self._looks.watched(snapshot, now)
