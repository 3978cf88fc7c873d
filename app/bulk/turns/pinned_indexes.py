"""Pinned indexes: every row of a job is answered from one set of builds, and with one set missing.

A set that was replaced meanwhile serves the job on, for as long as it is valid, in the processes
that have it open. Where one has it no more, or an authority of it is missing by now, the whole job
is checked anew: answers are never mixed, and nobody is "not found" by what was taken away.

Threat: of two processes one has an index open that is gone from its directory; each would let the
other's work be done anew without end. Limit: such an index is in no set.
"""

import json
from dataclasses import replace
from datetime import datetime

from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore

KEPT_MAX = 4
ABSENT = "absent"


def pin_of(snapshot: IndexSnapshot) -> str:
    """Return what names a set of builds and of missing ones, as JSON."""
    value = {
        "indexes": sorted([each.build_id, each.authority] for each in snapshot.manifests),
        "missing": sorted([each.authority, each.why] for each in snapshot.missing),
    }
    return json.dumps(value, ensure_ascii=False)


def builds_of(pin: str) -> frozenset[str]:
    """Return the build ids of a set, by its name."""
    return frozenset(build for build, _ in json.loads(pin).get("indexes", ()))


class PinnedIndexes:
    """The sets that this process may answer from."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._kept: dict[str, IndexSnapshot] = {}

    def present(self) -> tuple[str, IndexSnapshot]:
        """Return the set of now and its name. Raises CannotAnswer."""
        snapshot = _without_absent(self._store.snapshot())
        pin = pin_of(snapshot)
        self._kept.pop(pin, None)
        self._kept[pin] = snapshot
        for oldest in list(self._kept)[:-KEPT_MAX]:
            del self._kept[oldest]
        return pin, snapshot

    def pinned(self, pin: str, now: datetime) -> IndexSnapshot | None:
        """Return the set of that name, None where it may not be answered from any more.

        Raises CannotAnswer where nothing may.
        """
        name, snapshot = self.present()
        if name != pin:
            self._store.reload()  # another process may have seen a newer build first
            name, snapshot = self.present()
        if name == pin:
            return snapshot
        kept = self._kept.get(pin)
        if kept is None or now >= kept.unchanged_until or self._is_doubted(kept, snapshot):
            self._kept.pop(pin, None)
            return None
        return kept

    def _is_doubted(self, kept: IndexSnapshot, present: IndexSnapshot) -> bool:
        missing = {each.authority for each in present.missing}
        missing -= {each.authority for each in kept.missing}
        return any(
            index.manifest.authority in missing or not index.canary_found()
            for index in kept.indexes
        )


def _without_absent(snapshot: IndexSnapshot) -> IndexSnapshot:
    """Return a set without the indexes that are gone from their directories: they are missing.

    Raises CannotAnswer where none is left.
    """
    absent = {each.authority for each in snapshot.missing if each.why == ABSENT}
    indexes = tuple(one for one in snapshot.indexes if one.manifest.authority not in absent)
    if not indexes:
        raise CannotAnswer((ABSENT,))
    return replace(snapshot, indexes=indexes)
